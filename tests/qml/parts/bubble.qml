// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme
import Parley.Timeline

/// One bubble in a row, as the property test fills it.
Item {
    id: root

    property string markup: "a"
    property bool rtl: false
    property bool tallScript: false
    property bool outgoing: false

    readonly property alias bubble: bubble
    readonly property int line: Theme.body.line

    MessageBubble {
        id: bubble

        delivery: 4
        edited: false
        height: implicitHeight
        hue: 1
        markup: root.markup
        maximumWidth: Math.min(Theme.touch ? 320 : 520, Math.round((root.width - 2 * Theme.gutter - 42) * (Theme.touch ? 0.84 : 0.76)))
        outgoing: root.outgoing
        plain: root.markup
        rtl: root.rtl
        senderName: "Maya Lindqvist"
        showsSender: !root.outgoing
        tallScript: root.tallScript
        timeText: "23:59"
        width: implicitWidth
        x: root.outgoing ? root.width - width - Theme.gutter : Theme.gutter + 42
    }
}
