// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

/// The tooltip: names the action.
T.ToolTip {
    id: hint

    delay: 500
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    bottomPadding: 6
    leftPadding: 10
    margins: 8
    rightPadding: 10
    topPadding: 6
    x: parent ? Math.round((parent.width - implicitWidth) / 2) : 0
    y: parent ? parent.height + 6 : 0

    background: Rectangle {
        antialiasing: true
        color: Theme.inverse
        radius: 8
    }

    contentItem: Label {
        color: Theme.textOnInverse
        text: hint.text
        textStyle: Theme.small
    }
}
