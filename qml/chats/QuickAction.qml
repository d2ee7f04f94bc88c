// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// An icon over a word, in a small card.
T.AbstractButton {
    id: button

    property string iconName
    property bool mirrorIcon: false

    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(58, label.y + label.implicitHeight + 10)

    Accessible.role: Accessible.Button
    Accessible.name: text

    Keys.onEnterPressed: button.clicked()
    Keys.onReturnPressed: button.clicked()

    background: Rectangle {
        antialiasing: true
        border.color: Theme.increasedContrast ? Theme.borderStrong : Theme.borderSubtle
        border.width: 1
        color: button.down ? Theme.bgPressed : button.hovered ? Theme.bgHover : Theme.bgRaised
        radius: Theme.rowRadius

        FocusRing {
            radius: parent.radius
            shown: button.visualFocus
        }
    }

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.accentText
        mirrorInRtl: button.mirrorIcon
        name: button.iconName
        y: 10
    }

    Label {
        id: label

        elide: Text.ElideRight
        elideAllowed: true
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
        text: button.text
        textStyle: Theme.overline
        width: parent.width - 8
        x: 4
        y: 35

        Accessible.ignored: true
    }
}
