// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Parley
import Parley.Controls
import Parley.Theme

/// The messages of the open chat, with what lies over them: toolbar, menu, jump button, indicator.
FocusScope {
    id: timeline

    required property Chat chat

    readonly property bool windowActive: Window.active
    readonly property alias list: list

    signal replyRequested(string messageId)
    signal editRequested(string messageId)
    signal detailsRequested(string messageId)
    signal deleteRequested(string messageId)
    /// A printable key: belongs to the composer.
    signal typed(string text)
    signal escaped
    signal linkActivated(string link)

    function toEnd() {
        if (chat.timeline.atEnd)
            list.toEnd();
        else
            chat.timeline.jumpToLatest();
    }

    property bool placing: true

    function openPlace() {
        placing = list.height <= 0 || list.count === 0 || !chat.timeline.loaded;
        if (placing)
            return;
        list.currentIndex = -1;
        hoverBar.row = null;
        if (chat.timeline.firstUnreadRow >= 0)
            list.showRowAtThird(chat.timeline.firstUnreadRow);
        else
            list.toEnd();
    }

    function placeLater() {
        if (placing)
            placingLater.restart();
    }

    function reportVisible() {
        if (list.firstVisible >= 0)
            chat.setVisibleRange(list.firstVisible, list.lastVisible, windowActive);
    }

    function rowAt(index: int): TimelineRow {
        return list.itemAtIndex(index) as TimelineRow;
    }

    function openMenu(row: TimelineRow, position: point) {
        menu.messageId = row.messageId;
        menu.canEdit = row.canEdit;
        menu.canDelete = row.canDelete;
        menu.deleted = row.deleted;
        menu.failed = row.failed;
        menu.mine = row.outgoing;
        menu.openAt(row, position);
    }

    function openMenuOfCurrent() {
        const row = rowAt(list.currentIndex);
        if (row && row.isMessage)
            openMenu(row, Qt.point(row.bubble.x + 24, row.height));
    }

    function moveCurrent(by: int) {
        const from = list.currentIndex < 0 ? list.firstVisible - by : list.currentIndex;
        const to = Math.max(0, Math.min(list.count - 1, from + by));
        list.currentIndex = to;
        list.positionViewAtIndex(to, ListView.Contain);
        list.placed();
    }

    function goTo(messageId: string) {
        chat.timeline.jumpTo(messageId);
    }

    activeFocusOnTab: true

    Keys.onUpPressed: moveCurrent(1)
    Keys.onDownPressed: moveCurrent(-1)
    Keys.onReturnPressed: openMenuOfCurrent()
    Keys.onEnterPressed: openMenuOfCurrent()
    Keys.onMenuPressed: openMenuOfCurrent()
    Keys.onEscapePressed: {
        list.currentIndex = -1;
        escaped();
    }
    Keys.onPressed: event => {
        const asksForMenu = event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier;
        if (asksForMenu)
            openMenuOfCurrent();
        event.accepted = asksForMenu || keys.handle(event);
    }

    onActiveFocusChanged: {
        if (!activeFocus)
            list.currentIndex = -1;
        else if (list.currentIndex < 0 && list.count > 0)
            list.currentIndex = Math.max(0, list.firstVisible);
    }
    onChatChanged: {
        placing = true;
        placeLater();
    }
    onWindowActiveChanged: reportVisible()
    Component.onCompleted: openPlace()

    QtObject {
        id: keys

        readonly property var quick: ["👍", "❤️", "😂", "😮", "🎉"]

        function handle(event): bool {
            switch (event.key) {
            case Qt.Key_PageUp:
                list.scrollBy(-list.height);
                return true;
            case Qt.Key_PageDown:
                list.scrollBy(list.height);
                return true;
            case Qt.Key_End:
                timeline.toEnd();
                return true;
            case Qt.Key_Home:
                list.showRow(list.count - 1);
                return true;
            }
            const row = timeline.rowAt(list.currentIndex);
            if (row && row.isMessage && !row.deleted && (event.modifiers & ~Qt.KeypadModifier) === 0 && actOn(row, event.key))
                return true;
            if (event.text.length === 1 && event.text >= " " && (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)) === 0) {
                timeline.typed(event.text);
                return true;
            }
            return false;
        }

        function actOn(row: TimelineRow, key: int): bool {
            if (key >= Qt.Key_1 && key < Qt.Key_1 + quick.length) {
                timeline.chat.toggleReaction(row.messageId, quick[key - Qt.Key_1]);
                return true;
            }
            switch (key) {
            case Qt.Key_R:
                timeline.replyRequested(row.messageId);
                return true;
            case Qt.Key_C:
                timeline.chat.copyText(row.messageId);
                return true;
            case Qt.Key_E:
                if (row.canEdit)
                    timeline.editRequested(row.messageId);
                return row.canEdit;
            case Qt.Key_Delete:
                if (row.canDelete)
                    timeline.deleteRequested(row.messageId);
                return row.canDelete;
            default:
                return false;
            }
        }
    }

    Connections {
        target: timeline.chat.timeline

        function onLoadedChanged() {
            timeline.openPlace();
        }

        function onJumped(row: int) {
            if (row === 0) {
                list.toEnd();
                return;
            }
            list.showRow(row);
            timeline.rowAt(row)?.flash();
        }
    }

    Connections {
        target: timeline.chat

        function onSent() {
            timeline.toEnd();
        }
    }

    TimelineList {
        id: list

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        objectName: "timeline"
        timeline: timeline.chat.timeline
        width: Math.min(parent.width, 920)

        delegate: TimelineRow {
            id: row

            current: list.activeFocus && list.currentIndex === index
            found: messageId !== "" && messageId === timeline.chat.search.currentId
            inGroup: timeline.chat.isGroup
            width: list.width

            onEarlierRequested: timeline.chat.timeline.loadEarlier()
            onHoleRequested: timeline.chat.timeline.fillHole(index)
            onHoveredChanged: {
                if (hovered)
                    hoverBar.row = row;
            }
            onLinkActivated: link => timeline.linkActivated(link)
            onMenuRequested: position => timeline.openMenu(row, position)
            onQuoteActivated: timeline.goTo(quoteId)
            onReactionToggled: emoji => timeline.chat.toggleReaction(messageId, emoji)
            onReplyRequested: timeline.replyRequested(messageId)
            onResized: by => list.rowResized(index, by)
            onRetryRequested: timeline.chat.retry(messageId)
        }

        onContentYChanged: hoverBar.row = null
        onCountChanged: timeline.placeLater()
        onHeightChanged: timeline.placeLater()
        onFirstVisibleChanged: reporting.restart()
        onLastVisibleChanged: reporting.restart()
    }

    Timer {
        id: placingLater

        interval: 0

        onTriggered: timeline.openPlace()
    }

    // At most twenty reports in a second while scrolling; what counts as read is decided below.
    Timer {
        id: reporting

        interval: 50

        onTriggered: timeline.reportVisible()
    }

    EmptyState {
        anchors.centerIn: parent
        iconName: "message-circle"
        title: timeline.chat.isGroup ? qsTr("Say hello to the group") : qsTr("Say hello to %1").arg(timeline.chat.title)
        visible: timeline.chat.timeline.loaded && list.count === 0 && timeline.chat.timeline.atStart
        width: parent.width
    }

    HoverToolbar {
        id: hoverBar

        property TimelineRow row: null

        readonly property real besideX: row === null ? 0 : row.atRight ? row.bubble.x - width - 8 : row.bubble.x + row.bubble.width + 8
        readonly property real bubbleTop: row === null ? 0 : row.y + row.bubbleTop - list.contentY

        canReact: timeline.chat.canWrite && row !== null && !row.failed && !row.deleted
        visible: !Theme.touch && row !== null && (row.hovered || hovered)
        x: list.x + Math.max(4, Math.min(besideX, list.width - width - 4))
        y: list.y + bubbleTop + (row === null ? 0 : Math.max(0, row.bubble.height - height))

        onMoreRequested: timeline.openMenu(row, mapToItem(row, Qt.point(0, height + 4)))
        onReactRequested: timeline.openMenu(row, mapToItem(row, Qt.point(0, height + 4)))
        onReplyRequested: timeline.replyRequested(row.messageId)
    }

    ScrollIndicator {
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        anchors.top: parent.top
        list: list
        needed: list.count > list.lastVisible - list.firstVisible + 1
        position: 1 - list.firstVisible / Math.max(1, list.count - (list.lastVisible - list.firstVisible) - 1)

        onDraggedTo: position => list.showRow(Math.round((1 - position) * (list.count - 1)))
    }

    JumpButton {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        anchors.right: parent.right
        anchors.rightMargin: Theme.touch ? 12 : 24
        newCount: timeline.chat.timeline.newBelow
        objectName: "jumpToLatest"
        visible: (!list.following || !timeline.chat.timeline.atEnd) && (!timeline.chat.timeline.atEnd || list.distanceToEnd > list.height || newCount > 0)

        onClicked: timeline.toEnd()
    }

    MessageMenu {
        id: menu

        canWrite: timeline.chat.canWrite

        onCopyChosen: timeline.chat.copyText(messageId)
        onDetailsChosen: timeline.detailsRequested(messageId)
        onDiscardChosen: timeline.chat.discard(messageId)
        onEditChosen: timeline.editRequested(messageId)
        onReacted: emoji => timeline.chat.toggleReaction(messageId, emoji)
        onRemoveChosen: timeline.deleteRequested(messageId)
        onReplyChosen: timeline.replyRequested(messageId)
        onRetryChosen: timeline.chat.retry(messageId)
    }
}
