// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley

Chat {
    chatId: "ridge"
    hue: 3
    isGroup: true
    memberCount: 6
    myRole: Chat.Admin
    onlineCount: 3
    title: "Ridge Walkers"
    typingNames: ["Noor"]

    delivery: DeliveryDetails {
        deliveredCount: 2
        plain: "Meet at the station at 6:30?"
        readCount: 2
        sentText: "Today, 09:14"
        waitingCount: 1
        writtenText: "Today, 09:14"
        records: [
            {
                name: "Maya Lindqvist",
                hue: 5,
                state: DeliveryDetails.Read
            },
            {
                name: "Noor Haddad",
                hue: 4,
                state: DeliveryDetails.Read
            },
            {
                name: "Aiko Tanaka",
                hue: 7,
                state: DeliveryDetails.Delivered
            },
            {
                name: "Samuel Okafor",
                hue: 2,
                state: DeliveryDetails.Delivered
            },
            {
                name: "Jonas Weber",
                hue: 6,
                state: DeliveryDetails.Waiting
            }
        ]
    }

    members: MembersModel {
        records: [
            {
                userId: "maya",
                name: "Maya Lindqvist",
                hue: 5,
                role: Chat.Owner,
                presence: ChatListModel.Online
            },
            {
                userId: "robin",
                name: "Robin Sandberg",
                hue: 8,
                role: Chat.Admin,
                presence: ChatListModel.Online,
                isMe: true
            },
            {
                userId: "aiko",
                name: "Aiko Tanaka",
                hue: 7,
                presence: ChatListModel.Online
            },
            {
                userId: "jonas",
                name: "Jonas Weber",
                hue: 6,
                presence: ChatListModel.Away
            },
            {
                userId: "noor",
                name: "Noor Haddad",
                hue: 4,
                presence: ChatListModel.Online
            },
            {
                userId: "samuel",
                name: "Samuel Okafor",
                hue: 2,
                invited: true
            }
        ]
    }

    timeline: DemoTimeline {}
}
