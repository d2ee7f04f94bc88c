// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

/// One of a few choices. In touch density the area that can be hit is larger than the drawing.
T.RadioButton {
    id: chip

    property int count: 0

    bottomInset: topInset
    focusPolicy: Qt.TabFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 34 : 28, Theme.px(14) + 14) + topInset + bottomInset
    implicitWidth: Math.max(Theme.touch ? 44 : 28, contentItem.implicitWidth + leftPadding + rightPadding)
    leftPadding: 12
    rightPadding: 12
    topInset: Theme.touch ? 5 : 0

    Accessible.role: Accessible.RadioButton
    Accessible.name: count > 0 ? qsTr("%1, %2", "filter and its number of chats").arg(text).arg(count) : text
    Accessible.checked: checked

    background: Rectangle {
        antialiasing: true
        border.color: chip.checked ? Theme.accentTint : Theme.increasedContrast ? Theme.borderStrong : Theme.borderSubtle
        border.width: 1
        color: chip.checked ? Theme.accentTint : chip.hovered ? Theme.bgHover : "transparent"
        radius: height / 2

        FocusRing {
            radius: parent.radius
            shown: chip.visualFocus
        }
    }

    contentItem: Row {
        spacing: 5

        Label {
            anchors.verticalCenter: parent.verticalCenter
            color: chip.checked ? Theme.accentText : Theme.textSecondary
            text: chip.text
            textStyle: Theme.small

            Accessible.ignored: true
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            color: chip.checked ? Theme.accentText : Theme.textSecondary
            text: chip.count.toString()
            textStyle: Theme.overline
            visible: chip.count > 0

            Accessible.ignored: true
        }
    }
}
