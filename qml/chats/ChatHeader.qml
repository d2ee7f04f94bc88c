// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley
import Parley.Controls
import Parley.Theme

Rectangle {
    id: head

    required property Chat chat
    required property Session session
    property bool detailsOpen: false

    signal backRequested
    signal detailsRequested
    signal searchRequested

    function presence(): string {
        if (session.link === Session.Offline)
            return qsTr("waiting for network");
        if (chat.typingNames.length > 0)
            return chat.isGroup ? qsTr("%1 is typing…").arg(chat.typingNames[0]) : qsTr("typing…");
        if (chat.isGroup) {
            const members = qsTr("%n member(s)", "", chat.memberCount);
            return chat.onlineCount > 0 ? qsTr("%1, %2 online", "members, number of them online").arg(members).arg(chat.onlineCount) : members;
        }
        if (chat.presence === ChatListModel.Online)
            return qsTr("online");
        if (chat.presence === ChatListModel.Away)
            return qsTr("away");
        return chat.lastSeenText;
    }

    color: Theme.bgTimeline
    implicitHeight: Math.max(Theme.touch ? 56 : 60, lines.implicitHeight + 20)

    IconButton {
        id: back

        anchors.left: parent.left
        anchors.leftMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        iconColor: Theme.accentText
        iconName: "chevron-left"
        iconSize: 26
        mirrorIcon: true
        objectName: "backToChats"
        text: qsTr("Back to chats")
        visible: Theme.compact

        onClicked: head.backRequested()
    }

    T.AbstractButton {
        id: title

        anchors.bottom: parent.bottom
        anchors.left: back.visible ? back.right : parent.left
        anchors.leftMargin: back.visible ? 0 : 12
        anchors.right: search.left
        anchors.rightMargin: 8
        anchors.top: parent.top
        focusPolicy: Qt.TabFocus
        objectName: "chatTitle"
        text: head.chat.title

        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.description: qsTr("Shows the details of the chat")

        Keys.onReturnPressed: title.clicked()

        onClicked: head.detailsRequested()

        background: Item {
            FocusRing {
                anchors.bottomMargin: 4
                anchors.topMargin: 4
                radius: Theme.rowRadius
                shown: title.visualFocus
            }
        }

        Avatar {
            id: avatar

            anchors.left: parent.left
            anchors.leftMargin: Theme.compact ? 2 : 8
            anchors.verticalCenter: parent.verticalCenter
            away: !head.chat.isGroup && head.chat.presence === ChatListModel.Away
            hue: head.chat.hue
            name: head.chat.title
            online: !head.chat.isGroup && head.chat.presence === ChatListModel.Online
            picture: head.chat.avatarKey
            ringColor: head.color
            size: 38
        }

        Column {
            id: lines

            anchors.left: avatar.right
            anchors.leftMargin: 12
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: 1

            Heading {
                elide: Text.ElideRight
                elideAllowed: true
                text: head.chat.title
                textStyle: Theme.chatTitle
                width: parent.width
            }

            Label {
                color: Theme.textSecondary
                elide: Text.ElideRight
                elideAllowed: true
                font.weight: Font.Normal
                objectName: "chatSubtitle"
                text: head.presence()
                textStyle: Theme.small
                visible: text !== ""
                width: parent.width
            }
        }
    }

    IconButton {
        id: search

        anchors.right: details.left
        anchors.verticalCenter: parent.verticalCenter
        iconName: "search"
        objectName: "openChatSearch"
        text: qsTr("Search in this chat")

        onClicked: head.searchRequested()
    }

    IconButton {
        id: details

        anchors.right: parent.right
        anchors.rightMargin: Theme.touch ? 6 : 14
        anchors.verticalCenter: parent.verticalCenter
        checked: head.detailsOpen
        iconName: Theme.compact ? "info" : "panel-right"
        mirrorIcon: !Theme.compact
        objectName: "toggleDetails"
        text: head.chat.isGroup ? qsTr("Group info") : qsTr("Profile")

        onClicked: head.detailsRequested()
    }

    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.borderSubtle
        height: 1
        width: parent.width
    }
}
