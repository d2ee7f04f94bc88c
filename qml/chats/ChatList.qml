// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Theme

/// The list of chats: one tab stop, arrows inside.
ListView {
    id: list

    required property ChatListModel chats
    property color ground: Theme.bgSidebar

    signal chosen(string chatId)
    signal menuRequested(Item row, string chatId, point position)

    /// The chat so many rows further down than the selected one; empty at the end.
    function neighbour(by: int): string {
        const row = chats.rowOf(chats.selectedId);
        return row < 0 ? chats.idAt(0) : chats.idAt(row + by);
    }

    activeFocusOnTab: true
    boundsBehavior: Theme.touch ? Flickable.DragOverBounds : Flickable.StopAtBounds
    clip: true
    currentIndex: -1
    highlightFollowsCurrentItem: false
    interactive: Theme.touch
    keyNavigationEnabled: true
    model: chats
    objectName: "chatList"
    reuseItems: true

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Chats")

    Keys.onEnterPressed: openCurrent()
    Keys.onReturnPressed: openCurrent()
    Keys.onSpacePressed: openCurrent()
    Keys.onMenuPressed: askForMenu()
    Keys.onPressed: event => {
        event.accepted = event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier;
        if (event.accepted)
            askForMenu();
    }

    function askForMenu() {
        const row = currentItem as ChatRow;
        if (row)
            menuRequested(row, row.chatId, Qt.point(row.width / 2, row.height / 2));
    }

    function openCurrent() {
        const chatId = chats.idAt(currentIndex);
        if (chatId !== "")
            chosen(chatId);
    }

    onActiveFocusChanged: {
        if (activeFocus && currentIndex < 0 && count > 0)
            currentIndex = Math.max(0, chats.rowOf(chats.selectedId));
    }
    onCurrentIndexChanged: positionViewAtIndex(currentIndex, ListView.Contain)

    delegate: ChatRow {
        id: row

        current: list.activeFocus && list.currentIndex === index
        ground: list.ground
        selected: chatId === list.chats.selectedId
        width: list.width

        onClicked: list.chosen(chatId)
        onMenuRequested: position => list.menuRequested(row, chatId, position)
    }

    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        enabled: !Theme.touch

        onWheel: event => {
            const distance = event.pixelDelta.y !== 0 ? event.pixelDelta.y : event.angleDelta.y / 120 * Theme.body.line * 3;
            list.contentY = Math.max(list.originY, Math.min(list.originY + Math.max(0, list.contentHeight - list.height), list.contentY - distance));
        }
    }
}
