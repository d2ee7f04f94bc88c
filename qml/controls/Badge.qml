// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// A small pill with a number, at most "999+".
Rectangle {
    id: badge

    property int count: 0
    property bool muted: false

    antialiasing: true
    color: muted ? Theme.badgeMuted : Theme.accent
    implicitHeight: Theme.px(20)
    implicitWidth: Math.max(implicitHeight, number.implicitWidth + 12)
    radius: height / 2

    Accessible.ignored: true

    Label {
        id: number

        anchors.centerIn: parent
        color: badge.muted ? Theme.textOnBadgeMuted : Theme.textOnAccent
        text: badge.count > 999 ? qsTr("999+", "more unread messages than fit") : badge.count.toString()
        textStyle: Theme.overline
    }
}
