// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// A chosen person; a click takes them out again.
T.AbstractButton {
    id: chip

    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 44 : 32, contentItem.implicitHeight + 10)
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    leftPadding: 12
    objectName: "chosenPerson"
    rightPadding: 10

    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Don't add %1").arg(text)

    background: Rectangle {
        antialiasing: true
        color: chip.hovered ? Theme.bgPressed : Theme.accentTint
        radius: height / 2

        FocusRing {
            radius: parent.radius
            shown: chip.visualFocus
        }
    }

    contentItem: Row {
        spacing: 6

        Label {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.accentText
            text: chip.text
            textStyle: Theme.small

            Accessible.ignored: true
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.accentText
            name: "x"
            size: 14
        }
    }
}
