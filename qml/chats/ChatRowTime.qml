// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme
import Parley.Timeline

/// The time of the last message, after the ticks of one's own.
Row {
    id: row

    required property string timeText
    required property int delivery
    property bool calls: false

    spacing: 3

    DeliveryTicks {
        anchors.verticalCenter: parent.verticalCenter
        delivery: row.delivery
    }

    Label {
        anchors.verticalCenter: parent.verticalCenter
        color: row.calls ? Theme.accentText : Theme.textSecondary
        font.weight: row.calls ? Font.DemiBold : Font.Normal
        text: row.timeText
        textStyle: Theme.caption

        Accessible.ignored: true
    }
}
