// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick

/// Text of the interface that wraps, with the line height of its style.
Label {
    lineHeight: textStyle.line
    lineHeightMode: Text.FixedHeight
    wrapMode: Text.Wrap
}
