// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

Column {
    id: head

    required property Chat chat

    signal renameRequested

    function about(): string {
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

    spacing: 6
    topPadding: 8

    Avatar {
        anchors.horizontalCenter: parent.horizontalCenter
        hue: head.chat.hue
        name: head.chat.title
        picture: head.chat.avatarKey
        size: 96
    }

    Item {
        height: 4
        width: 1
    }

    Heading {
        horizontalAlignment: Text.AlignHCenter
        leftPadding: 20
        objectName: "detailsTitle"
        rightPadding: 20
        text: head.chat.title
        width: parent.width
        wrapMode: Text.Wrap
    }

    Label {
        color: Theme.textSecondary
        horizontalAlignment: Text.AlignHCenter
        text: head.about()
        textStyle: Theme.label
        visible: text !== ""
        width: parent.width
        wrapMode: Text.Wrap
    }

    LinkButton {
        anchors.horizontalCenter: parent.horizontalCenter
        objectName: "renameGroup"
        text: qsTr("Change the name")
        underlined: false
        visible: head.chat.isGroup && head.chat.canWrite && head.chat.myRole !== Chat.Member

        onClicked: head.renameRequested()
    }
}
