// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    enum WhyNot { None, Removed, Left, Blocked, RequestPending }
    enum MyRole { Member, Admin, Owner }

    property string chatId
    property string title
    property int hue: 0
    property string avatarKey
    property bool isGroup: false
    property int presence: ChatListModel.Unknown
    property string lastSeenText
    property int memberCount: 0
    property int onlineCount: 0
    property var typingNames: []
    property bool request: false
    property bool canWrite: whyNot === Chat.None
    property int whyNot: Chat.None
    property bool isBlocked: false
    property bool isMuted: false
    property bool isMarkedUnread: false
    property int myRole: Chat.Member
    property TimelineModel timeline: TimelineModel {}
    property Composer composer: Composer {}
    property MembersModel members: MembersModel {}
    property DeliveryDetails delivery: DeliveryDetails {}
    property ChatSearch search: ChatSearch {}
    property var calls: []

    signal sent

    function note(...words) {
        calls = [...calls, words.join(" ")];
    }

    function accept() {
        note("accept");
    }

    function block() {
        note("block");
    }

    function unblock() {
        note("unblock");
    }

    function setMuted(muted: bool) {
        isMuted = muted;
    }

    function setTitle(words: string) {
        title = words;
    }

    function addMember(userId: string) {
        note("addMember", userId);
    }

    function removeMember(userId: string) {
        note("removeMember", userId);
    }

    function setRole(userId: string, role: int) {
        note("setRole", userId, role);
    }

    function leave() {
        note("leave");
    }

    function toggleReaction(messageId: string, emoji: string) {
        note("toggleReaction", messageId, emoji);
    }

    function remove(messageId: string) {
        note("remove", messageId);
    }

    function retry(messageId: string) {
        note("retry", messageId);
    }

    function discard(messageId: string) {
        note("discard", messageId);
    }

    function copyText(messageId: string) {
        note("copyText", messageId);
    }

    function showDelivery(messageId: string) {
        note("showDelivery", messageId);
    }

    function hideDelivery() {}

    function setVisibleRange(first: int, last: int, windowActive: bool) {}
}
