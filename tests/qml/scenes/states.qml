// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Window

/// Every kind of row of the timeline.
MainView {
    app: DemoApp {
        chat: DemoGroup {
            typingNames: []
            timeline: TimelineModel {
                newBelow: 3
                records: [
                    {
                        messageId: "s1",
                        outgoing: true,
                        status: ChatListModel.Failed,
                        markup: "Here are the keys, top drawer"
                    },
                    {
                        messageId: "s2",
                        outgoing: true,
                        status: ChatListModel.Sending,
                        markup: "On my way"
                    },
                    {
                        messageId: "s3",
                        outgoing: true,
                        status: ChatListModel.Sent,
                        quoteId: "q",
                        quoteGone: true,
                        quoteSender: "Noor Haddad",
                        markup: "Never mind then"
                    },
                    {
                        messageId: "s4",
                        senderName: "Noor Haddad",
                        hue: 4,
                        deleted: true
                    },
                    {
                        messageId: "s5",
                        senderName: "ليلى حداد",
                        hue: 5,
                        rtl: true,
                        tallScript: true,
                        markup: "الطقس صافٍ يوم السبت، هل نصعد إلى القمة؟",
                        reactions: [{ emoji: "👍", count: 1, mine: true, names: ["You"] }, { emoji: "🎉", count: 12, mine: false, names: [] }]
                    },
                    {
                        messageId: "s6",
                        senderName: "Aiko Tanaka",
                        hue: 7,
                        bigEmoji: 2,
                        plain: "🎉🙌"
                    },
                    {
                        messageId: "s7",
                        kind: TimelineModel.Hole
                    },
                    {
                        messageId: "s8",
                        outgoing: true,
                        status: ChatListModel.Read,
                        edited: true,
                        markup: "One line<br>and another that is a good deal longer than the first, so that it wraps in every width that there is."
                    },
                    {
                        messageId: "s9",
                        senderName: "Jonas Weber",
                        hue: 6,
                        unreadable: true
                    },
                    {
                        messageId: "s10",
                        kind: TimelineModel.LoadFailed
                    },
                    {
                        messageId: "s11",
                        kind: TimelineModel.Loading
                    },
                    {
                        messageId: "s12",
                        kind: TimelineModel.System,
                        systemKind: TimelineModel.Created,
                        systemActor: "Maya Lindqvist"
                    },
                    {
                        messageId: "s13",
                        kind: TimelineModel.Start
                    }
                ]
            }
        }
    }
}
