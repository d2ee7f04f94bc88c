// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml
import Parley.Scenes

RecordsModel {
    id: model

    enum Filter { All, Unread, Groups }
    enum PreviewKind { Text, Deleted, System, Nothing }
    enum Presence { Unknown, Offline, Away, Online }
    enum Delivery { None, Sending, Sent, Delivered, Read, Failed }

    property string selectedId
    property int filter: ChatListModel.All
    property int unreadChats: 4
    property int total: count
    property bool loaded: true

    function rowOf(chatId: string): int {
        return records.findIndex(chat => chat.chatId === chatId);
    }

    function idAt(row: int): string {
        return records[row]?.chatId ?? "";
    }

    defaults: ({
            chatId: "",
            title: "",
            hue: 0,
            avatarKey: "",
            isGroup: false,
            presence: ChatListModel.Unknown,
            previewKind: ChatListModel.Text,
            previewSender: "",
            previewMine: false,
            previewText: "",
            previewSystem: 0,
            timeText: "",
            status: ChatListModel.None,
            draft: "",
            failed: false,
            typingNames: [],
            unread: 0,
            markedUnread: false,
            muted: false,
            request: false,
            accessibleText: "A chat"
        })
}
