// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// The thumb of a long list. Its place comes from the index, since the list's height is an estimate.
Item {
    id: indicator

    required property ListView list
    /// 0 at the top, 1 at the bottom.
    property real position: 0
    property bool needed: false

    readonly property int thumbLength: 36
    readonly property real track: height - thumbLength

    signal draggedTo(real position)

    implicitWidth: 12
    opacity: needed && (list.moving || hover.hovered || grip.active || linger.running) ? 1 : 0
    visible: needed

    Accessible.ignored: true

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.fade
        }
    }

    onPositionChanged: linger.restart()

    HoverHandler {
        id: hover
    }

    DragHandler {
        id: grip

        target: null

        onCentroidChanged: {
            if (active)
                indicator.draggedTo(Math.max(0, Math.min(1, (centroid.position.y - indicator.thumbLength / 2) / indicator.track)));
        }
    }

    Timer {
        id: linger

        interval: 1000
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: 3
        antialiasing: true
        color: Theme.borderStrong
        height: indicator.thumbLength
        opacity: 0.7
        radius: 3
        width: 6
        y: Math.round(indicator.track * Math.max(0, Math.min(1, indicator.position)))
    }
}
