// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// Looks like a field; what is typed goes into the palette that it opens.
T.AbstractButton {
    id: button

    readonly property string keys: Qt.platform.os === "osx" ? qsTr("⌘K") : qsTr("Ctrl K")

    focusPolicy: Qt.TabFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 44 : 36, label.implicitHeight + 16)
    text: qsTr("Search")

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: keys

    Keys.onEnterPressed: button.clicked()
    Keys.onReturnPressed: button.clicked()

    background: Rectangle {
        antialiasing: true
        color: button.down ? Theme.bgPressed : button.hovered ? Theme.bgHover : Theme.bgSunken
        radius: Theme.touch ? 14 : 12

        FocusRing {
            radius: parent.radius
            shown: button.visualFocus
        }
    }

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: 11
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        name: "search"
        size: Theme.touch ? 20 : 18
    }

    Label {
        id: label

        anchors.left: parent.left
        anchors.leftMargin: 38
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        font.weight: Font.Normal
        text: button.text
        textStyle: Theme.label

        Accessible.ignored: true
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        antialiasing: true
        border.color: Theme.borderSubtle
        border.width: 1
        color: "transparent"
        height: hint.implicitHeight + 4
        radius: 6
        visible: !Theme.touch && button.width >= 220
        width: hint.implicitWidth + 12

        Label {
            id: hint

            anchors.centerIn: parent
            color: Theme.textSecondary
            text: button.keys
            textStyle: Theme.micro

            Accessible.ignored: true
        }
    }
}
