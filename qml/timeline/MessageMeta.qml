// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// The small line at a message's end: edited, time, ticks. The row's name says it in words.
Row {
    id: meta

    property string timeText
    property bool edited: false
    property int delivery: 0
    property color color: Theme.bubbleInMeta
    property color readColor: Theme.accentText

    spacing: 3

    Label {
        anchors.verticalCenter: parent.verticalCenter
        color: meta.color
        rightPadding: 2
        text: qsTr("edited", "beside the time of a changed message")
        textStyle: Theme.micro
        visible: meta.edited

        Accessible.ignored: true
    }

    Label {
        anchors.verticalCenter: parent.verticalCenter
        color: meta.color
        text: meta.timeText
        textStyle: Theme.micro

        Accessible.ignored: true
    }

    DeliveryTicks {
        anchors.verticalCenter: parent.verticalCenter
        delivery: meta.delivery
        readTint: meta.readColor
        size: 15
        tint: meta.color
    }
}
