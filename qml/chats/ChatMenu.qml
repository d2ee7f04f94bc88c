// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import Parley
import Parley.Controls

/// What can be done with a chat from the list.
Menu {
    id: chatMenu

    required property ChatActions actions

    signal leaveChosen
    signal blockChosen

    objectName: "chatMenu"

    component Action: MenuItem {
        signal chosen

        onClicked: {
            chatMenu.close();
            chosen();
        }
    }

    Action {
        iconName: "check"
        objectName: "menuAccept"
        text: qsTr("Accept")
        visible: chatMenu.actions.isRequest

        onChosen: chatMenu.actions.accept()
    }

    Action {
        iconName: "check-check"
        objectName: "menuMarkRead"
        text: qsTr("Mark as read")
        visible: chatMenu.actions.canMarkRead

        onChosen: chatMenu.actions.markRead()
    }

    Action {
        iconName: "message-circle"
        objectName: "menuMarkUnread"
        text: qsTr("Mark as unread")
        visible: chatMenu.actions.canMarkUnread

        onChosen: chatMenu.actions.markUnread()
    }

    Action {
        iconName: "bell-off"
        objectName: "menuMute"
        text: chatMenu.actions.isMuted ? qsTr("Unmute") : qsTr("Mute")

        onChosen: chatMenu.actions.setMuted(!chatMenu.actions.isMuted)
    }

    MenuSeparator {}

    Action {
        danger: true
        iconName: "log-out"
        mirrorIcon: true
        objectName: "menuLeave"
        text: qsTr("Leave group…")
        visible: chatMenu.actions.canLeave

        onChosen: chatMenu.leaveChosen()
    }

    Action {
        danger: true
        iconName: "x"
        objectName: "menuDecline"
        text: qsTr("Decline")
        visible: chatMenu.actions.isRequest && chatMenu.actions.isGroup

        onChosen: chatMenu.actions.leave()
    }

    Action {
        danger: true
        iconName: "circle-alert"
        objectName: "menuBlock"
        text: qsTr("Block…")
        visible: !chatMenu.actions.isGroup && !chatMenu.actions.isBlocked

        onChosen: chatMenu.blockChosen()
    }

    Action {
        iconName: "circle-alert"
        objectName: "menuUnblock"
        text: qsTr("Unblock")
        visible: !chatMenu.actions.isGroup && chatMenu.actions.isBlocked

        onChosen: chatMenu.actions.unblock()
    }
}
