// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import QtQuick.Templates as T
import Parley.Theme

/// A modal card in the middle of the window; with sheetOnCompact a sheet at its bottom on phones.
/// Its children stand under each other; what does not fit scrolls.
T.Popup {
    id: dialog

    default property alias content: column.data
    property alias footer: foot.data
    property string title
    property string text
    property int preferredWidth: 440
    property bool sheetOnCompact: false
    property bool closable: false
    /// A dialog with a list of its own gives it the space that is left.
    property bool fillsHeight: false
    /// What had the focus gets it back.
    property Item focusBefore: null

    readonly property bool sheet: sheetOnCompact && Theme.compact
    readonly property real roomWidth: parent ? parent.width : 0
    readonly property real roomHeight: parent ? parent.height : 0
    readonly property real mostHeight: roomHeight - (sheet ? 24 : 48)

    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    dim: true
    focus: true
    height: fillsHeight ? Math.min(mostHeight, sheet ? mostHeight : 640) : Math.min(implicitHeight, mostHeight)
    implicitHeight: head.height + column.implicitHeight + foot.height + (foot.visible ? 24 : 0) + 20 + (sheet ? 12 : 0)
    modal: true
    padding: 0
    parent: T.Overlay.overlay
    width: sheet ? roomWidth : Math.min(preferredWidth, roomWidth - 32)
    x: Math.round((roomWidth - width) / 2)
    y: sheet ? roomHeight - height : Math.round((roomHeight - height) / 2)

    T.Overlay.modal: Rectangle {
        color: Theme.scrimFill
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
        level: 4
        radius: dialog.sheet ? Theme.sheetRadius : Theme.dialogRadius

        Rectangle {
            anchors.bottom: parent.bottom
            color: parent.color
            height: parent.radius
            visible: dialog.sheet
            width: parent.width
        }
    }

    FocusScope {
        anchors.fill: parent
        focus: true
        LayoutMirroring.enabled: Theme.mirrored
        LayoutMirroring.childrenInherit: true

        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title

        Item {
            id: head

            height: Math.max(60, heading.implicitHeight + 32)
            width: parent.width

            Heading {
                id: heading

                anchors.left: parent.left
                anchors.leftMargin: 24
                anchors.right: close.visible ? close.left : parent.right
                anchors.rightMargin: 16
                anchors.verticalCenter: parent.verticalCenter
                text: dialog.title
                textStyle: Theme.headline
                wrapMode: Text.Wrap
            }

            IconButton {
                id: close

                anchors.right: parent.right
                anchors.rightMargin: 14
                anchors.verticalCenter: parent.verticalCenter
                iconName: "x"
                objectName: "dialogClose"
                text: qsTr("Close")
                visible: dialog.closable

                onClicked: dialog.close()
            }
        }

        Flickable {
            id: scroll

            anchors.bottom: foot.visible ? foot.top : parent.bottom
            anchors.bottomMargin: 20
            anchors.top: head.bottom
            boundsBehavior: Flickable.StopAtBounds
            clip: contentHeight > height
            contentHeight: column.implicitHeight
            contentWidth: width
            interactive: contentHeight > height
            width: parent.width

            Column {
                id: column

                spacing: 16
                width: parent.width

                Paragraph {
                    color: Theme.textSecondary
                    leftPadding: 24
                    rightPadding: 24
                    text: dialog.text
                    visible: text !== ""
                    width: parent.width
                }
            }
        }

        Flow {
            id: foot

            anchors.bottom: parent.bottom
            anchors.bottomMargin: dialog.sheet ? 32 : 20
            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.right: parent.right
            anchors.rightMargin: 24
            layoutDirection: Qt.RightToLeft
            spacing: 8
            visible: children.length > 0
        }
    }
}
