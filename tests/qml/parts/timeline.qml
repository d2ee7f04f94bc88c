// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Timeline

/// A timeline of two hundred messages of different heights.
Item {
    id: root

    readonly property Chat chat: Chat {
        isGroup: true
        title: "Ridge Walkers"

        timeline: TimelineModel {
            records: root.messages(0, 200)
        }
    }
    readonly property alias timeline: timeline

    function message(number: int): var {
        return {
            messageId: "m" + number,
            outgoing: number % 3 === 0,
            senderName: "Maya Lindqvist",
            markup: "Message " + number + " " + "word ".repeat(number % 7 * 6),
            canEdit: number % 3 === 0,
            canDelete: number % 3 === 0
        };
    }

    /// Row 0 is the newest, so numbers fall.
    function messages(from: int, count: int): var {
        return Array.from({
            length: count
        }, (unused, at) => message(from + at));
    }

    function arrive(number: int) {
        chat.timeline.insertRecord(0, message(number));
    }

    function loadOlder(count: int) {
        chat.timeline.appendRecords(messages(1000, count));
    }

    function makeLonger(row: int) {
        chat.timeline.changeRecord(row, {
            markup: "Longer now. " + "word ".repeat(120)
        });
    }

    Timeline {
        id: timeline

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        chat: root.chat
    }
}
