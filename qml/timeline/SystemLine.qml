// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// What happened to the chat, in one centred sentence.
Paragraph {
    required property SystemWords words

    color: Theme.textSecondary
    font.weight: Font.Medium
    horizontalAlignment: Text.AlignHCenter
    text: words.sentence()
    textStyle: Theme.overline

    Accessible.ignored: true
}
