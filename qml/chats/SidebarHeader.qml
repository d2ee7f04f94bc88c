// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley
import Parley.Controls
import Parley.Theme

Item {
    id: head

    required property Session session
    property color ground: Theme.bgSidebar

    signal newChatRequested
    signal settingsRequested

    implicitHeight: Math.max(Theme.touch ? 56 : 60, title.implicitHeight + 24)

    T.AbstractButton {
        id: me

        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        focusPolicy: Qt.TabFocus
        height: width
        objectName: "ownAvatar"
        text: qsTr("Settings")
        width: 44

        Accessible.role: Accessible.Button
        Accessible.name: text

        onClicked: head.settingsRequested()

        background: Item {
            FocusRing {
                radius: width / 2
                shown: me.visualFocus
            }
        }

        contentItem: Item {
            Avatar {
                anchors.centerIn: parent
                hue: head.session.hue
                name: head.session.displayName
                online: head.session.link === Session.Online
                picture: head.session.avatarKey
                ringColor: head.ground
                size: Theme.touch ? 34 : 32
            }
        }
    }

    Heading {
        id: title

        anchors.left: me.right
        anchors.leftMargin: 6
        anchors.right: compose.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        elide: Text.ElideRight
        text: qsTr("Chats")
    }

    IconButton {
        id: compose

        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        iconColor: Theme.textPrimary
        iconName: "square-pen"
        objectName: "newChat"
        text: qsTr("New chat")

        onClicked: head.newChatRequested()
    }
}
