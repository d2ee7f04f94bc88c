// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// One kind of reaction. A click gives or takes back one's own.
T.AbstractButton {
    id: chip

    property string emoji
    property int count: 1
    property bool mine: false
    property string who

    focusPolicy: Qt.NoFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Theme.px(Theme.touch ? 28 : 26)
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    leftPadding: 8
    rightPadding: 8

    Accessible.role: Accessible.Button
    Accessible.name: mine ? qsTr("%1, %2, including you").arg(emoji).arg(count) : qsTr("%1, %2", "emoji, number of people").arg(emoji).arg(count)
    Accessible.checkable: true
    Accessible.checked: mine

    background: Rectangle {
        antialiasing: true
        color: Theme.bgTimeline
        radius: height / 2

        Rectangle {
            anchors.fill: parent
            anchors.margins: 2
            antialiasing: true
            border.color: chip.mine ? Theme.accentText : Theme.borderStrong
            border.width: chip.mine || Theme.increasedContrast ? 1 : 0
            color: chip.mine ? Theme.accentTint : chip.hovered ? Theme.bgPressed : Theme.bgSunken
            radius: height / 2
        }
    }

    contentItem: Row {
        spacing: 4

        Label {
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: Theme.px(Theme.touch ? 14 : 13)
            text: chip.emoji

            Accessible.ignored: true
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            color: chip.mine ? Theme.accentText : Theme.textSecondary
            text: chip.count.toString()
            textStyle: Theme.overline
            visible: chip.count > 1

            Accessible.ignored: true
        }
    }

    Hint {
        text: chip.who
        visible: chip.hovered && !Theme.touch && chip.who !== ""
    }
}
