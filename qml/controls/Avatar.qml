// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Window
import Parley.Theme

/// A person or a group: the picture or the initials, and a badge for presence.
/// Decorative for assistive technology: its owner has the name.
Item {
    id: avatar

    property string name
    property int hue: 0
    property int size: 48
    /// The key of the picture for the image provider; empty: initials.
    property string picture
    property bool online: false
    property bool away: false
    /// The colour of whatever lies behind, for the cut-out around the badge.
    property color ringColor: Theme.bgSidebar

    readonly property int pixels: Math.ceil(size * Screen.devicePixelRatio)
    readonly property color background: Theme.personBackground(hue)
    readonly property color foreground: Theme.personForeground(hue)
    readonly property int badge: Math.max(10, Math.round(size * 0.27))

    implicitHeight: size
    implicitWidth: size

    Accessible.ignored: true

    Image {
        anchors.fill: parent
        source: "image://avatar/" + avatar.background.toString().slice(-6) + "/"
            + avatar.foreground.toString().slice(-6) + "/" + encodeURIComponent(avatar.name)
            + (avatar.picture === "" ? "" : "/" + avatar.picture)
        sourceSize.height: avatar.pixels
        sourceSize.width: avatar.pixels

        Accessible.ignored: true
    }

    Rectangle {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: -2
        anchors.right: parent.right
        anchors.rightMargin: -2
        antialiasing: true
        color: avatar.ringColor
        height: width
        radius: width / 2
        visible: avatar.online || avatar.away
        width: avatar.badge + 5

        Rectangle {
            anchors.centerIn: parent
            antialiasing: true
            border.color: Theme.presenceAway
            border.width: avatar.away ? Math.max(2.5, width * 0.24) : 0
            color: avatar.away ? "transparent" : Theme.presenceOnline
            height: width
            radius: width / 2
            width: avatar.badge
        }
    }
}
