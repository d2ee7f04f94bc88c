// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml
import Parley.Scenes

RecordsModel {
    enum Kind { Message, System, Hole, Loading, LoadFailed, Start }
    enum SystemKind { NoSystem, Created, Added, Removed, Left, TitleChanged, RoleChanged, Accepted, OtherSystem }

    property bool atStart: true
    property bool atEnd: true
    property bool loading: false
    property bool loaded: true
    property int firstUnreadRow: -1
    property int newBelow: 0

    signal jumped(int row)

    function loadEarlier() {}

    function loadLater() {}

    function fillHole(row: int) {}

    function rowOf(messageId: string): int {
        return records.findIndex(message => message.messageId === messageId);
    }

    function jumpTo(messageId: string) {
        jumped(rowOf(messageId));
    }

    function jumpToLatest() {
        jumped(0);
    }

    defaults: ({
            messageId: "",
            kind: TimelineModel.Message,
            outgoing: false,
            senderId: "",
            senderName: "",
            hue: 0,
            avatarKey: "",
            firstInGroup: true,
            lastInGroup: true,
            dayLabel: "",
            unreadLine: false,
            markup: "",
            plain: "",
            marked: false,
            rtl: false,
            tallScript: false,
            bigEmoji: 0,
            unreadable: false,
            timeText: "09:00",
            timeExact: "",
            edited: false,
            deleted: false,
            status: ChatListModel.None,
            failReason: 0,
            quoteSender: "",
            quoteHue: 0,
            quoteText: "",
            quoteId: "",
            quoteGone: false,
            reactions: [],
            accessibleText: "A message",
            systemKind: TimelineModel.NoSystem,
            systemActor: "",
            systemSubject: "",
            systemText: "",
            systemMine: false,
            systemMe: false,
            systemRole: 0,
            canEdit: false,
            canDelete: false
        })
}
