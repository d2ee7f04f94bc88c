// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley.Theme

/// Stands above the first message that was unread when the chat was opened.
Item {
    id: line

    implicitHeight: label.implicitHeight

    Accessible.role: Accessible.Separator
    Accessible.name: label.text

    component Hairline: Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.accentText
        height: 1
        opacity: 0.45
    }

    Hairline {
        anchors.left: parent.left
        anchors.right: label.left
        anchors.rightMargin: 12
    }

    Label {
        id: label

        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.accentText
        text: qsTr("New messages")
        textStyle: Theme.overline

        Accessible.ignored: true
    }

    Hairline {
        anchors.left: label.right
        anchors.leftMargin: 12
        anchors.right: parent.right
    }
}
