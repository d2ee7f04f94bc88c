// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// One accent colour to choose.
T.RadioButton {
    id: button

    property string accent

    readonly property int size: Theme.touch ? 44 : 30

    function accentTitle(): string {
        switch (accent) {
        case "blue":
            return qsTr("Blue");
        case "indigo":
            return qsTr("Indigo");
        case "violet":
            return qsTr("Violet");
        case "rose":
            return qsTr("Rose");
        case "green":
            return qsTr("Green");
        default:
            return qsTr("Petrol");
        }
    }

    focusPolicy: Qt.StrongFocus
    height: size
    hoverEnabled: !Theme.touch
    text: accentTitle()
    width: size

    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checked: checked

    Colours {
        id: colours

        accentName: button.accent
        dark: Theme.dark
    }

    Rectangle {
        anchors.centerIn: parent
        antialiasing: true
        border.color: colours.accentText
        border.width: button.checked ? 2 : 0
        color: "transparent"
        height: width
        radius: width / 2
        width: 30

        Rectangle {
            anchors.centerIn: parent
            antialiasing: true
            color: colours.accent
            height: width
            radius: width / 2
            width: 22
        }

        FocusRing {
            anchors.margins: -3
            radius: parent.radius + 3
            shown: button.visualFocus
        }
    }

    Hint {
        text: button.text
        visible: button.hovered && !Theme.touch
    }
}
