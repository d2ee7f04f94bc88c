// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    property string title
    property bool isGroup: false
    property bool isRequest: false
    property bool isMuted: false
    property bool isBlocked: false
    property bool canMarkRead: false
    property bool canMarkUnread: false
    property bool canLeave: false
    property var calls: []

    function note(...words) {
        calls = [...calls, words.join(" ")];
    }

    function aim(chatId: string): bool {
        note("aim", chatId);
        return true;
    }

    function markRead() {
        note("markRead");
    }

    function markUnread() {
        note("markUnread");
    }

    function setMuted(muted: bool) {
        note("setMuted", muted);
    }

    function accept() {
        note("accept");
    }

    function leave() {
        note("leave");
    }

    function block() {
        note("block");
    }

    function unblock() {
        note("unblock");
    }
}
