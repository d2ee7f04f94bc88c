// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Scenes

RecordsModel {
    defaults: ({
            userId: "",
            name: "",
            userName: "",
            hue: 0,
            avatarKey: "",
            presence: ChatListModel.Offline,
            isChosen: false
        })
}
