// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// The chats: head, filters, list.
Rectangle {
    id: sidebar

    required property ChatActions actions
    required property ChatListModel chats
    required property Session session

    /// Where no chat is open that says it.
    property bool showsConnection: false

    readonly property alias list: list

    signal chosen(string chatId)
    signal newChatRequested
    signal searchRequested
    signal settingsRequested
    signal signInRequested

    color: Theme.compact ? Theme.bgTimeline : Theme.bgSidebar

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Chats")

    SidebarHeader {
        id: head

        anchors.top: parent.top
        ground: sidebar.color
        session: sidebar.session
        width: parent.width

        onNewChatRequested: sidebar.newChatRequested()
        onSettingsRequested: sidebar.settingsRequested()
    }

    SearchButton {
        id: search

        anchors.left: parent.left
        anchors.leftMargin: 16
        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.top: head.bottom
        anchors.topMargin: 4
        objectName: "openSearch"

        onClicked: sidebar.searchRequested()
    }

    OnDemand {
        id: connection

        active: sidebar.showsConnection
        anchors.top: search.bottom
        anchors.topMargin: 10
        height: item?.height ?? 0
        width: parent.width

        content: ConnectionBanner {
            session: sidebar.session
            width: sidebar.width

            onSignInRequested: sidebar.signInRequested()
        }
    }

    ChatFilters {
        id: filters

        anchors.top: connection.bottom
        anchors.topMargin: connection.height > 0 ? 8 : 0
        chats: sidebar.chats
        width: parent.width
    }

    ChatList {
        id: list

        anchors.bottom: parent.bottom
        anchors.top: filters.bottom
        anchors.topMargin: Theme.touch ? 3 : 8
        chats: sidebar.chats
        ground: sidebar.color
        visible: count > 0
        width: parent.width

        onChosen: chatId => sidebar.chosen(chatId)
        onMenuRequested: (row, chatId, position) => {
            if (sidebar.actions.aim(chatId))
                menu.openAt(row, position);
        }
    }

    ChatMenu {
        id: menu

        actions: sidebar.actions

        onBlockChosen: blockDialog.open()
        onLeaveChosen: leaveDialog.open()
    }

    LeaveDialog {
        id: leaveDialog

        chatTitle: sidebar.actions.title

        onConfirmed: sidebar.actions.leave()
    }

    BlockDialog {
        id: blockDialog

        chatTitle: sidebar.actions.title

        onConfirmed: sidebar.actions.block()
    }

    Skeleton {
        anchors.top: list.top
        visible: !sidebar.chats.loaded
        width: parent.width
    }

    EmptyState {
        action: qsTr("New chat")
        actionName: "emptyNewChat"
        anchors.centerIn: list
        iconName: "message-circle"
        text: qsTr("Find people by their username, or create a group.")
        title: qsTr("Start your first chat")
        visible: sidebar.chats.loaded && sidebar.chats.total === 0
        width: parent.width

        onTriggered: sidebar.newChatRequested()
    }

    EmptyState {
        action: qsTr("Show all")
        actionName: "showAll"
        anchors.centerIn: list
        iconName: "check"
        title: sidebar.chats.filter === ChatListModel.Groups ? qsTr("No groups") : qsTr("No unread chats")
        visible: sidebar.chats.total > 0 && sidebar.chats.count === 0
        width: parent.width

        onTriggered: sidebar.chats.filter = ChatListModel.All
    }

    Rectangle {
        anchors.right: parent.right
        color: Theme.borderSubtle
        height: parent.height
        visible: !Theme.compact
        width: 1
    }
}
