// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import QtQuick.Templates as T
import Parley.Theme

/// A list of actions: beside the pointer, or on phones a sheet at the bottom of the window.
T.Popup {
    id: menu

    default property alias content: column.data
    property alias header: head.data

    readonly property bool sheet: Theme.compact
    readonly property real roomWidth: parent ? parent.width : 0
    readonly property real roomHeight: parent ? parent.height : 0
    property real wantedX: 0
    property real wantedY: 0
    /// What had the focus gets it back.
    property Item focusBefore: null

    /// Opens at a place of an item, inside the window.
    function openAt(item: Item, place: point) {
        const position = item.mapToItem(parent, place);
        wantedX = position.x;
        wantedY = position.y;
        open();
    }

    bottomPadding: sheet ? 24 : 6
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    dim: sheet
    focus: true
    height: implicitHeight
    implicitHeight: body.implicitHeight + topPadding + bottomPadding
    leftPadding: sheet ? 0 : 6
    modal: true
    parent: T.Overlay.overlay
    rightPadding: leftPadding
    topPadding: sheet ? 24 : 6
    width: sheet ? roomWidth : 236
    x: sheet ? 0 : Math.max(8, Math.min(wantedX, roomWidth - width - 8))
    y: sheet ? roomHeight - height : Math.max(8, Math.min(wantedY, roomHeight - height - 8))

    T.Overlay.modal: Rectangle {
        color: menu.sheet ? Theme.scrimFill : "transparent"
    }

    onAboutToShow: focusBefore = parent?.Window.activeFocusItem ?? null
    onClosed: {
        // Unless what was done has moved it on.
        const now = parent?.Window.activeFocusItem ?? null;
        if (focusBefore !== null && (now === null || !now.activeFocusOnTab))
            focusBefore.forceActiveFocus();
    }

    enter: Transition {
        NumberAnimation {
            duration: Theme.fade
            from: 0
            property: "opacity"
            to: 1
        }
    }
    exit: Transition {
        NumberAnimation {
            duration: Theme.fade
            property: "opacity"
            to: 0
        }
    }

    background: RaisedSurface {
        radius: menu.sheet ? Theme.sheetRadius : Theme.menuRadius

        Rectangle {
            anchors.bottom: parent.bottom
            color: parent.color
            height: parent.radius
            visible: menu.sheet
            width: parent.width
        }

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            antialiasing: true
            color: Theme.borderStrong
            height: 5
            opacity: 0.5
            radius: 2.5
            visible: menu.sheet
            width: 36
            y: 8
        }
    }

    FocusScope {
        id: body

        anchors.fill: parent
        focus: true
        implicitHeight: head.height + column.implicitHeight
        LayoutMirroring.enabled: Theme.mirrored
        LayoutMirroring.childrenInherit: true

        // The first one to the keyboard; each item knows the way on.
        Keys.onDownPressed: body.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onUpPressed: body.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

        Accessible.role: Accessible.PopupMenu
        Accessible.name: qsTr("Actions")

        Item {
            id: head

            height: childrenRect.height
            width: parent.width
        }

        Column {
            id: column

            anchors.top: head.bottom
            width: parent.width
        }
    }
}
