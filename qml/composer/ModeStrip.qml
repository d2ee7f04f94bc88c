// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// Says which message is being answered or changed.
Item {
    id: strip

    property bool editing: false
    property string sender
    property string text

    signal cancelled

    implicitHeight: Math.max(cancel.height + 8, lines.implicitHeight + 20)

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: 18
        anchors.verticalCenter: parent.verticalCenter
        antialiasing: true
        color: Theme.accentText
        height: lines.height
        radius: 1.5
        width: 3
    }

    Column {
        id: lines

        anchors.left: parent.left
        anchors.leftMargin: 30
        anchors.right: cancel.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        Label {
            color: Theme.accentText
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.DemiBold
            text: strip.editing ? qsTr("Edit message") : strip.sender === "" ? qsTr("Reply") : qsTr("Reply to %1").arg(strip.sender)
            textStyle: Theme.small
            width: parent.width
        }

        Label {
            color: Theme.textSecondary
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.Normal
            maximumLineCount: 1
            text: strip.text
            textStyle: Theme.small
            visible: text !== ""
            width: parent.width
        }
    }

    IconButton {
        id: cancel

        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        iconName: "x"
        iconSize: 18
        objectName: "cancelMode"
        size: Theme.touch ? 44 : 32
        text: strip.editing ? qsTr("Cancel editing") : qsTr("Cancel reply")

        onClicked: strip.cancelled()
    }
}
