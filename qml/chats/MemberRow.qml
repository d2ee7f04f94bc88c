// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

Item {
    id: row

    required property string userId
    required property string name
    required property int hue
    required property string avatarKey
    required property int role
    required property int presence
    required property bool isMe
    required property bool invited

    property bool manageable: false
    property color ringColor: Theme.bgSidebar

    signal menuRequested

    function roleText(): string {
        if (invited)
            return qsTr("Invited");
        switch (role) {
        case Chat.Owner:
            return qsTr("Owner");
        case Chat.Admin:
            return qsTr("Admin");
        default:
            return "";
        }
    }

    implicitHeight: Math.max(50, nameLabel.implicitHeight + 20)
    objectName: "memberRow"

    Accessible.role: Accessible.ListItem
    Accessible.name: roleLabel.text === "" ? nameLabel.text : qsTr("%1, %2", "person, role").arg(nameLabel.text).arg(roleLabel.text)

    Avatar {
        id: avatar

        anchors.left: parent.left
        anchors.leftMargin: 20
        anchors.verticalCenter: parent.verticalCenter
        away: row.presence === ChatListModel.Away
        hue: row.hue
        name: row.name
        online: row.presence === ChatListModel.Online
        picture: row.avatarKey
        ringColor: row.ringColor
        size: 36
    }

    Label {
        id: nameLabel

        anchors.left: avatar.right
        anchors.leftMargin: 12
        anchors.right: roleLabel.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        elide: Text.ElideRight
        elideAllowed: true
        font.weight: Font.Medium
        text: row.isMe ? qsTr("%1 (you)").arg(row.name) : row.name

        Accessible.ignored: true
    }

    Label {
        id: roleLabel

        anchors.right: more.visible ? more.left : parent.right
        anchors.rightMargin: more.visible ? 4 : 20
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        font.weight: Font.Normal
        text: row.roleText()
        textStyle: Theme.overline

        Accessible.ignored: true
    }

    IconButton {
        id: more

        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        iconName: "ellipsis"
        objectName: "memberMenu"
        text: qsTr("Actions for %1").arg(row.name)
        visible: row.manageable

        onClicked: row.menuRequested()
    }
}
