// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley

/// The quick actions of a chat.
Item {
    id: actions

    required property Chat chat

    readonly property int buttons: 1 + (add.visible ? 1 : 0) + (leave.visible ? 1 : 0) + (block.visible ? 1 : 0)
    readonly property real buttonWidth: Math.min(140, Math.floor((width - 40 - 8 * (buttons - 1)) / buttons))

    signal addRequested
    signal leaveRequested
    signal blockRequested

    implicitHeight: row.implicitHeight

    Row {
        id: row

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 8

        QuickAction {
            iconName: "bell-off"
            objectName: "toggleMute"
            text: actions.chat.isMuted ? qsTr("Unmute") : qsTr("Mute")
            width: actions.buttonWidth

            onClicked: actions.chat.setMuted(!actions.chat.isMuted)
        }

        QuickAction {
            id: add

            iconName: "plus"
            objectName: "addMember"
            text: qsTr("Add")
            visible: actions.chat.isGroup && actions.chat.canWrite && actions.chat.myRole !== Chat.Member
            width: actions.buttonWidth

            onClicked: actions.addRequested()
        }

        QuickAction {
            id: leave

            iconName: "log-out"
            mirrorIcon: true
            objectName: "leaveGroup"
            text: qsTr("Leave")
            visible: actions.chat.isGroup && actions.chat.canWrite
            width: actions.buttonWidth

            onClicked: actions.leaveRequested()
        }

        QuickAction {
            id: block

            iconName: "circle-alert"
            objectName: "toggleBlock"
            text: actions.chat.isBlocked ? qsTr("Unblock") : qsTr("Block")
            visible: !actions.chat.isGroup
            width: actions.buttonWidth

            onClicked: {
                if (actions.chat.isBlocked)
                    actions.chat.unblock();
                else
                    actions.blockRequested();
            }
        }
    }
}
