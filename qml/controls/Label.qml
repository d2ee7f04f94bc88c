// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// Text of the interface. Plain: what comes from others is never markup.
Text {
    property TextStyle textStyle: Theme.body
    /// Read by the text audit: only names, titles, previews and quotes may be cut.
    property bool elideAllowed: false

    color: Theme.textPrimary
    font.pixelSize: textStyle.size
    font.weight: textStyle.weight
    font.letterSpacing: textStyle.tracking
    horizontalAlignment: Text.AlignLeft
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
}
