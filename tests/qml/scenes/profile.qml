// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Chats

DetailsPane {
    chat: Chat {
        hue: 6
        isBlocked: true
        lastSeenText: "today at 09:12"
        title: "Jonas Weber"
    }
    people: People {}
}
