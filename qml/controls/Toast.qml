// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// One line that says what was just done, with at most one action. Waits while the pointer is on it.
Rectangle {
    id: toast

    property string text
    property string action
    property bool shown: false

    signal triggered

    /// Shows a sentence for four seconds, or eight when there is something to do about it.
    function show(sentence: string, actionText: string) {
        text = sentence;
        action = actionText;
        shown = true;
        timer.restart();
    }

    antialiasing: true
    color: Theme.inverse
    height: Math.max(44, message.implicitHeight + 24)
    opacity: shown ? 1 : 0
    radius: Theme.menuRadius
    visible: opacity > 0
    width: Math.min(parent ? parent.width - 32 : implicitWidth, message.implicitWidth + (button.visible ? button.implicitWidth + 8 : 0) + 36)

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.fade
        }
    }

    Timer {
        id: timer

        interval: toast.action === "" ? 4000 : 8000
        running: toast.shown && !hover.hovered && !button.activeFocus

        onTriggered: toast.shown = false
    }

    HoverHandler {
        id: hover
    }

    Shadow {
        level: 2
        radius: toast.radius
    }

    Label {
        id: message

        anchors.left: parent.left
        anchors.leftMargin: 18
        anchors.right: button.visible ? button.left : parent.right
        anchors.rightMargin: button.visible ? 0 : 18
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textOnInverse
        font.weight: Font.Medium
        text: toast.text
        textStyle: Theme.label
        wrapMode: Text.Wrap

        Accessible.ignored: true
    }

    LinkButton {
        id: button

        anchors.right: parent.right
        anchors.rightMargin: 10
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.inverseAction
        objectName: "toastAction"
        text: toast.action
        underlined: false
        visible: text !== ""

        onClicked: {
            toast.shown = false;
            toast.triggered();
        }
    }
}
