// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

T.TabButton {
    id: tab

    property string iconName

    readonly property color ink: checked ? Theme.accentText : Theme.textSecondary

    focusPolicy: Qt.TabFocus
    implicitHeight: Math.max(56, label.y + label.implicitHeight + 5)

    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selected: checked

    Rectangle {
        id: pill

        anchors.horizontalCenter: parent.horizontalCenter
        antialiasing: true
        color: tab.checked ? Theme.accentTint : "transparent"
        height: 28
        radius: height / 2
        width: 56
        y: 5

        Icon {
            anchors.centerIn: parent
            color: tab.ink
            name: tab.iconName
        }

        FocusRing {
            radius: parent.radius
            shown: tab.visualFocus
        }
    }

    Label {
        id: label

        anchors.horizontalCenter: parent.horizontalCenter
        color: tab.ink
        font.weight: tab.checked ? Font.DemiBold : Font.Medium
        text: tab.text
        textStyle: Theme.overline
        y: 35

        Accessible.ignored: true
    }
}
