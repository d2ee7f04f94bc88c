// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley

Search {
    completeFromText: "12 May 2025"
    query: "ridge"
    found: FoundModel {
        records: [
            {
                chatId: "ridge",
                title: "Ridge Walkers",
                isGroup: true,
                memberCount: 6,
                hue: 3
            },
            {
                kind: FoundModel.Person,
                userId: "bridget",
                title: "Bridget Moreau",
                userName: "bridget",
                hue: 9
            },
            {
                kind: FoundModel.Message,
                section: FoundModel.Messages,
                chatId: "ridge",
                messageId: "m2",
                title: "Robin Sandberg",
                isMine: true,
                chatTitle: "Ridge Walkers",
                isGroup: true,
                hue: 8,
                markup: "…so we would be on the <b><font color=\"mark\">ridge</font></b> before nine.",
                plain: "…so we would be on the ridge before nine.",
                timeText: "09:14"
            },
            {
                kind: FoundModel.Message,
                section: FoundModel.Messages,
                chatId: "ridge",
                messageId: "m1",
                title: "Maya Lindqvist",
                chatTitle: "Ridge Walkers",
                isGroup: true,
                hue: 5,
                markup: "…☀️ Shall we do the <b><font color=\"mark\">ridge</font></b> loop?",
                plain: "…☀️ Shall we do the ridge loop?",
                timeText: "Yesterday"
            },
            {
                kind: FoundModel.Message,
                section: FoundModel.Messages,
                chatId: "samuel",
                messageId: "m0",
                title: "Samuel Okafor",
                hue: 2,
                markup: "The <b><font color=\"mark\">ridge</font></b> path is closed until the end of the month, they say, so take the one along the lake",
                plain: "The ridge path is closed until the end of the month, they say, so take the one along the lake",
                timeText: "12 May"
            },
            {
                kind: FoundModel.NewChat,
                section: FoundModel.Actions
            }
        ]
    }
}
