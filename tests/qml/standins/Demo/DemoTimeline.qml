// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley

TimelineModel {
    firstUnreadRow: 2
    records: [
        {
            messageId: "m10",
            senderName: "Noor Haddad",
            hue: 4,
            timeText: "09:21",
            markup: "That light! I'm setting two alarms <font size=\"4\">😄</font>"
        },
        {
            messageId: "m9",
            senderName: "Maya Lindqvist",
            hue: 5,
            timeText: "09:20",
            firstInGroup: false,
            markup: "I'll pack the first-aid kit <font size=\"4\">🩹</font>",
            reactions: [{ emoji: "👍", count: 1, mine: false, names: ["Noor"] }]
        },
        {
            messageId: "m8",
            senderName: "Maya Lindqvist",
            hue: 5,
            timeText: "09:20",
            unreadLine: true,
            lastInGroup: false,
            markup: "6:30 works for me. Timetable: <a href=\"https://transit.example/42\">https://transit.example/42</a>"
        },
        {
            messageId: "m7",
            outgoing: true,
            timeText: "09:14",
            status: ChatListModel.Delivered,
            firstInGroup: false,
            canEdit: true,
            canDelete: true,
            markup: "Meet at the station at 6:30? The first bus drops us right at the trailhead, so we would be on the ridge before nine."
        },
        {
            messageId: "m6",
            outgoing: true,
            timeText: "09:14",
            status: ChatListModel.Read,
            lastInGroup: false,
            canEdit: true,
            canDelete: true,
            markup: "Wow. OK, early start then <font size=\"4\">😅</font>"
        },
        {
            messageId: "m5",
            senderName: "Aiko Tanaka",
            hue: 7,
            timeText: "09:12",
            dayLabel: "Today",
            edited: true,
            markup: "From last time: the light up there at seven is unreal."
        },
        {
            messageId: "m4s",
            kind: TimelineModel.System,
            systemKind: TimelineModel.Added,
            systemActor: "Maya Lindqvist",
            systemSubject: "Samuel Okafor"
        },
        {
            messageId: "m4",
            senderName: "Jonas Weber",
            hue: 6,
            timeText: "18:51",
            quoteId: "m2",
            quoteSender: "Maya Lindqvist",
            quoteHue: 5,
            quoteText: "It's about 14 km, roughly five hours with breaks.",
            markup: "Count me in. I'll bring the stove and proper coffee <font size=\"4\">☕</font>",
            reactions: [{ emoji: "❤️", count: 3, mine: true, names: ["Maya", "Aiko", "You"] }, { emoji: "🙌", count: 2, mine: false, names: ["Maya", "Noor"] }]
        },
        {
            messageId: "m3",
            outgoing: true,
            timeText: "18:45",
            status: ChatListModel.Read,
            markup: "I'm in! I can take three people in the car."
        },
        {
            messageId: "m2",
            senderName: "Maya Lindqvist",
            hue: 5,
            timeText: "18:42",
            firstInGroup: false,
            markup: "It's about 14 km, roughly five hours with breaks."
        },
        {
            messageId: "m1",
            senderName: "Maya Lindqvist",
            hue: 5,
            timeText: "18:42",
            dayLabel: "Yesterday",
            lastInGroup: false,
            markup: "Forecast looks clear for Saturday <font size=\"4\">☀️</font> Shall we do the ridge loop?"
        },
        {
            messageId: "start",
            kind: TimelineModel.Start
        }
    ]
}
