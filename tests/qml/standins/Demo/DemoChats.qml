// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley

ChatListModel {
    selectedId: "ridge"
    records: [
        {
            chatId: "ridge",
            title: "Ridge Walkers",
            isGroup: true,
            hue: 3,
            timeText: "09:21",
            previewSender: "Noor",
            previewText: "That light! I'm setting two alarms 😄",
            unread: 3
        },
        {
            chatId: "tomas",
            title: "Tomás Ferreira",
            hue: 1,
            timeText: "09:05",
            previewText: "The floor plan is on its way",
            unread: 1,
            presence: ChatListModel.Online
        },
        {
            chatId: "aiko",
            title: "Aiko Tanaka",
            hue: 7,
            timeText: "08:47",
            typingNames: ["Aiko"],
            presence: ChatListModel.Online
        },
        {
            chatId: "design",
            title: "Design critique",
            isGroup: true,
            hue: 5,
            timeText: "08:30",
            previewSender: "Priya",
            previewText: "could you share the new icons before lunch?",
            unread: 12
        },
        {
            chatId: "jonas",
            title: "Jonas Weber",
            hue: 6,
            timeText: "Yesterday",
            previewMine: true,
            status: ChatListModel.Read,
            previewText: "See you at the station then!",
            presence: ChatListModel.Away
        },
        {
            chatId: "ewa",
            title: "Ewa Kowalska",
            hue: 9,
            timeText: "Yesterday",
            draft: "Hi Ewa, about the invoice from last week"
        },
        {
            chatId: "books",
            title: "Book club",
            isGroup: true,
            hue: 8,
            timeText: "Tue",
            previewSender: "Sam",
            previewText: "Chapter nine broke me 😭",
            unread: 48,
            muted: true
        },
        {
            chatId: "noor",
            title: "Noor Haddad",
            hue: 4,
            timeText: "Tue",
            previewMine: true,
            status: ChatListModel.Failed,
            failed: true,
            previewText: "Here are the keys, top drawer",
            presence: ChatListModel.Online
        },
        {
            chatId: "priya",
            title: "Priya Raman",
            hue: 0,
            timeText: "Mon",
            previewKind: ChatListModel.Deleted
        },
        {
            chatId: "samuel",
            title: "Samuel Okafor",
            hue: 2,
            timeText: "12 May",
            previewMine: true,
            status: ChatListModel.Delivered,
            previewText: "Thanks! I'll read it tonight."
        },
        {
            chatId: "neighbours",
            title: "Neighbours, Building C",
            isGroup: true,
            hue: 1,
            timeText: "9 May",
            previewSender: "Lena",
            previewText: "The lift is working again",
            muted: true
        },
        {
            chatId: "lena",
            title: "Lena Fischer",
            hue: 5,
            timeText: "7 May",
            previewText: "Hello, are you the one with the spare key?",
            request: true,
            unread: 1
        }
    ]
}
