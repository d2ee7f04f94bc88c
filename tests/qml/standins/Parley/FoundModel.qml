// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Scenes

RecordsModel {
    enum Kind { Chat, Person, Message, NewChat, SwitchTheme }
    enum Section { Names, Messages, Actions }

    readonly property int results: records.filter(line => (line.section ?? FoundModel.Names) !== FoundModel.Actions).length

    defaults: ({
            kind: FoundModel.Chat,
            section: FoundModel.Names,
            chatId: "",
            userId: "",
            messageId: "",
            title: "",
            userName: "",
            chatTitle: "",
            isGroup: false,
            memberCount: 0,
            isMine: false,
            hue: 0,
            avatarKey: "",
            markup: "",
            plain: "",
            rtl: false,
            timeText: ""
        })
}
