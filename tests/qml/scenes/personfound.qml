// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Chats
import QtQuick

Item {
    NewChatDialog {
        people: People {
            find: People.Found
            result: ({
                    userId: "aiko",
                    name: "Aiko Tanaka",
                    userName: "aiko",
                    hue: 7,
                    avatarKey: ""
                })
        }
        visible: true
    }
}
