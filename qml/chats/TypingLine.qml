// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// Who types. Keeps its height for three seconds afterwards, so that the timeline does not jump.
Item {
    id: line

    property var names: []

    readonly property bool typing: names.length > 0

    function sentence(): string {
        switch (names.length) {
        case 0:
            return "";
        case 1:
            return qsTr("%1 is typing…").arg(names[0]);
        case 2:
            return qsTr("%1 and %2 are typing…").arg(names[0]).arg(names[1]);
        default:
            return qsTr("%n people are typing…", "", names.length);
        }
    }

    implicitHeight: typing || linger.running ? Math.max(22, label.implicitHeight + 6) : 0

    onTypingChanged: {
        if (typing)
            linger.stop();
        else
            linger.restart();
    }

    Timer {
        id: linger

        interval: 3000
    }

    TypingDots {
        id: dots

        anchors.left: parent.left
        anchors.leftMargin: Theme.touch ? 20 : 32
        anchors.verticalCenter: parent.verticalCenter
        visible: line.typing
    }

    Label {
        id: label

        anchors.left: dots.right
        anchors.leftMargin: 8
        anchors.right: parent.right
        anchors.rightMargin: 20
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        elide: Text.ElideRight
        elideAllowed: true
        font.weight: Font.Normal
        objectName: "typingLine"
        text: line.sentence()
        textStyle: Theme.small
        visible: line.typing
    }
}
