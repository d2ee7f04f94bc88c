// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick

QtObject {
    enum Stage { Starting, SignedOut, SignedIn }
    enum Notice { Copied, ActionFailed, ServerSaid, NotAllowed, TooLarge, TooMany, NotReachable, PictureUnusable, ProfileSaved }

    property int stage: App.SignedIn
    property SignIn signIn: SignIn {}
    property ChatListModel chats: ChatListModel {}
    property ChatActions chatActions: ChatActions {}
    property Chat chat: null
    property Session session: Session {}
    property People people: People {}
    property Search search: Search {}
    property Settings settings: Settings {}
    property string version: "0.1.0"
    /// What openChat opens.
    property Chat chatToOpen: null

    property string openedMessage

    signal notice(int kind, string detail)
    signal openFailed(string sentence)

    function openChat(chatId: string) {
        chats.selectedId = chatId;
        chat = chatToOpen;
    }

    function openMessage(chatId: string, messageId: string) {
        openChat(chatId);
        openedMessage = messageId;
    }

    function closeChat() {
        chats.selectedId = "";
        chat = null;
    }

    function setActive(active: bool) {}

    function openLink(link: string): bool {
        return true;
    }
}
