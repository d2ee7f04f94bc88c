// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// A small picture of a theme, to choose it by.
T.RadioButton {
    id: card

    property bool dark: false
    /// Half light, half dark: as the system has it.
    property bool split: false

    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: 104 + 8 + label.implicitHeight

    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checked: checked

    Colours {
        id: first

        accentName: Theme.accentName
        dark: card.dark
    }

    Colours {
        id: second

        accentName: Theme.accentName
        dark: card.dark || card.split
    }

    Rectangle {
        id: picture

        antialiasing: true
        border.color: card.checked ? Theme.accentText : Theme.borderSubtle
        border.width: card.checked ? 2 : 1
        color: first.dark ? first.bgTimeline : first.bgSidebar
        height: 104
        radius: 16
        width: parent.width

        Rectangle {
            anchors.bottom: parent.bottom
            anchors.bottomMargin: parent.border.width
            anchors.right: parent.right
            anchors.rightMargin: parent.border.width
            anchors.top: parent.top
            anchors.topMargin: parent.border.width
            antialiasing: true
            color: second.bgTimeline
            radius: 14
            visible: card.split
            width: parent.width / 2

            Rectangle {
                color: parent.color
                height: parent.height
                width: 16
            }
        }

        Rectangle {
            antialiasing: true
            color: first.bubbleIn.hslLightness > 0.5 ? first.bgPressed : first.bubbleIn
            height: 24
            radius: 12
            width: parent.width * (card.split ? 0.3 : 0.48)
            x: 14
            y: 20
        }

        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: 14
            antialiasing: true
            color: second.bubbleOut
            height: 24
            radius: 12
            width: parent.width * (card.split ? 0.3 : 0.42)
            y: 54
        }

        FocusRing {
            anchors.margins: -3
            radius: parent.radius + 3
            shown: card.visualFocus
        }
    }

    Label {
        id: label

        anchors.top: picture.bottom
        anchors.topMargin: 8
        color: card.checked ? Theme.accentText : Theme.textPrimary
        font.weight: card.checked ? Font.DemiBold : Font.Medium
        horizontalAlignment: Text.AlignHCenter
        text: card.text
        textStyle: Theme.label
        width: parent.width
        wrapMode: Text.Wrap

        Accessible.ignored: true
    }
}
