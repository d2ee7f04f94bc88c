// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// Back to the newest message, with the number of those that came meanwhile.
T.AbstractButton {
    id: button

    property int newCount: 0

    focusPolicy: Qt.TabFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Theme.touch ? 44 : 40
    implicitWidth: implicitHeight
    text: newCount > 0 ? qsTr("Jump to latest, %n new message(s)", "", newCount) : qsTr("Jump to latest")

    Accessible.role: Accessible.Button
    Accessible.name: text

    background: RaisedSurface {
        color: button.down ? Theme.bgPressed : button.hovered ? Theme.bgHover : Theme.bgRaised
        level: 2
        radius: width / 2

        FocusRing {
            radius: parent.radius
            shown: button.visualFocus
        }
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            color: Theme.textPrimary
            name: "chevron-down"
            size: 22
        }
    }

    Badge {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.top
        count: button.newCount
        height: implicitHeight
        visible: count > 0
        width: implicitWidth
    }
}
