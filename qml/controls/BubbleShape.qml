// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley.Theme

/// A rounded rectangle whose corners may differ, with a tail. Needs an opaque colour.
/// Its geometry is decided by the inputs alone, so it does not mirror by itself.
Item {
    id: shape

    property color color
    property real radius: Theme.bubbleRadius
    property bool tightTopLeft: false
    property bool tightTopRight: false
    property bool tightBottomLeft: false
    property bool tightBottomRight: false
    property bool tailLeft: false
    property bool tailRight: false

    readonly property int tailWidth: 7
    readonly property int tailHeight: 15

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    Accessible.ignored: true

    component Corner: Rectangle {
        antialiasing: true
        color: shape.color
        height: width
        radius: Theme.tightRadius
        width: Math.min(shape.radius + 2, shape.height / 2 + 1)
    }

    component Tail: Image {
        anchors.bottom: parent.bottom
        height: shape.tailHeight
        source: "image://icon/bubble-tail/" + shape.color.toString().slice(-6)
        sourceSize.height: 4 * shape.tailHeight
        sourceSize.width: 4 * shape.tailWidth
        width: shape.tailWidth
    }

    Rectangle {
        anchors.fill: parent
        antialiasing: true
        color: shape.color
        radius: Math.min(shape.radius, height / 2)
    }

    Corner {
        anchors.left: parent.left
        anchors.top: parent.top
        visible: shape.tightTopLeft
    }

    Corner {
        anchors.right: parent.right
        anchors.top: parent.top
        visible: shape.tightTopRight
    }

    Corner {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        radius: shape.tailLeft ? 0 : Theme.tightRadius
        visible: shape.tightBottomLeft || shape.tailLeft
    }

    Corner {
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        radius: shape.tailRight ? 0 : Theme.tightRadius
        visible: shape.tightBottomRight || shape.tailRight
    }

    Tail {
        visible: shape.tailLeft
        x: -shape.tailWidth
    }

    Tail {
        mirror: true
        visible: shape.tailRight
        x: shape.width
    }
}
