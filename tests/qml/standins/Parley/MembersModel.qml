// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Scenes

RecordsModel {
    property int onlineCount: 3

    defaults: ({
            userId: "",
            name: "",
            hue: 0,
            avatarKey: "",
            role: Chat.Member,
            presence: ChatListModel.Offline,
            isMe: false,
            invited: false
        })
}
