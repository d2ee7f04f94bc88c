// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Theme

/// The list below the timeline: newest at the bottom, rows recycled, nothing that is being read is
/// ever moved. Whoever changes its place by hand calls placed() afterwards.
ListView {
    id: list

    required property TimelineModel timeline

    /// Stays with the newest message, until the reader scrolls away.
    property bool following: true

    readonly property int nearEnd: 48
    readonly property real distanceToEnd: originY + contentHeight - height - contentY

    /// The rows that are at least half visible, newest first; -1 when there are none.
    property int firstVisible: -1
    property int lastVisible: -1

    /// The place of the newest row. The list's own height is an estimate; the row's is not.
    function lowest(): real {
        const newest = itemAtIndex(0);
        return (newest ? newest.y + newest.height : originY + contentHeight) - height;
    }

    function bounded(place: real): real {
        return Math.min(lowest(), Math.max(originY - topMargin, place));
    }

    function toEnd() {
        glide.stop();
        following = true;
        positionViewAtBeginning();
        placed();
    }

    function placed() {
        following = lowest() - contentY <= nearEnd;
        look();
    }

    function scrollBy(distance: real) {
        glide.stop();
        contentY = bounded(contentY + distance);
        placed();
    }

    /// A notch of the wheel: a short glide, added to the one that is still running.
    function glideBy(distance: real) {
        const from = glide.running ? glide.to : contentY;
        glide.stop();
        glide.from = contentY;
        glide.to = bounded(from + distance);
        glide.start();
    }

    /// Puts a row into the middle. Twice, since the first time goes by estimated heights.
    function showRow(row: int) {
        following = false;
        positionViewAtIndex(row, ListView.Center);
        forceLayout();
        positionViewAtIndex(row, ListView.Center);
        placed();
    }

    /// Puts the top of a row at a third of the view, unless that would leave room under the newest.
    function showRowAtThird(row: int) {
        positionViewAtIndex(row, ListView.Center);
        forceLayout();
        const item = itemAtIndex(row);
        if (item)
            contentY = bounded(item.y - height / 3);
        placed();
    }

    /// A visible row became taller: at the end it grows upwards, else the reader's line stays.
    function rowResized(row: int, by: real) {
        if (following) {
            positionViewAtBeginning();
            return;
        }
        const anchor = topRow();
        if (anchor < 0 || row >= anchor)
            return;
        forceLayout();
        contentY -= by;
    }

    function topRow(): int {
        return indexAt(width / 2, contentY + 1);
    }

    function bottomRow(): int {
        return indexAt(width / 2, contentY + height - 1);
    }

    function look() {
        let first = bottomRow();
        let last = topRow();
        if (first < 0 && last >= 0)
            first = 0;
        if (last < 0 && first >= 0)
            last = count - 1;
        if (first >= 0 && first < last && !isHalfVisible(first))
            first += 1;
        if (last > first && !isHalfVisible(last))
            last -= 1;
        firstVisible = first;
        lastVisible = last;
    }

    function isHalfVisible(row: int): bool {
        const item = itemAtIndex(row);
        if (!item)
            return false;
        const shown = Math.min(item.y + item.height, contentY + height) - Math.max(item.y, contentY);
        return shown >= item.height / 2;
    }

    boundsBehavior: Theme.touch ? Flickable.DragOverBounds : Flickable.StopAtBounds
    cacheBuffer: Math.max(200, height)
    clip: true
    currentIndex: -1
    highlightFollowsCurrentItem: false
    interactive: Theme.touch
    keyNavigationEnabled: false
    model: timeline
    reuseItems: true
    topMargin: 8
    verticalLayoutDirection: ListView.BottomToTop

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages")

    onContentYChanged: look()
    onCountChanged: {
        if (following)
            positionViewAtBeginning();
        looking.restart();
    }
    onHeightChanged: {
        if (following)
            positionViewAtBeginning();
        looking.restart();
    }
    onMovementEnded: placed()

    Timer {
        id: looking

        interval: 0

        onTriggered: list.look()
    }

    NumberAnimation {
        id: glide

        duration: Theme.reducedMotion ? 0 : 80
        easing.type: Easing.OutQuad
        property: "contentY"
        target: list

        onFinished: list.placed()
    }

    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        enabled: !Theme.touch

        onWheel: event => {
            const linesPerNotch = 3;
            if (event.pixelDelta.y !== 0)
                list.scrollBy(-event.pixelDelta.y);
            else
                list.glideBy(-event.angleDelta.y / 120 * linesPerNotch * Theme.body.line);
        }
    }
}
