// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// One person to write to, or to choose.
T.AbstractButton {
    id: row

    required property string name
    required property string userName
    required property int hue
    property string picture
    /// Draws a check mark; what is checked is decided by the model.
    property bool choosing: false

    checkable: choosing
    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 60 : 52, lines.implicitHeight + 16)
    text: name

    Accessible.role: choosing ? Accessible.CheckBox : Accessible.Button
    Accessible.name: qsTr("%1, %2", "display name, username").arg(name).arg(userName)
    Accessible.checked: checked

    Keys.onEnterPressed: row.clicked()
    Keys.onReturnPressed: row.clicked()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: 12
            anchors.rightMargin: 12
            antialiasing: true
            color: row.down ? Theme.bgPressed : row.hovered || row.visualFocus ? Theme.bgHover : "transparent"
            radius: Theme.controlRadius

            FocusRing {
                radius: parent.radius
                shown: row.visualFocus
            }
        }
    }

    Avatar {
        id: avatar

        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        hue: row.hue
        name: row.name
        picture: row.picture
        size: 36
    }

    Column {
        id: lines

        anchors.left: avatar.right
        anchors.leftMargin: 12
        anchors.right: mark.visible ? mark.left : parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter

        Label {
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.Medium
            text: row.name
            width: parent.width

            Accessible.ignored: true
        }

        Label {
            color: Theme.textSecondary
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.Normal
            text: row.userName
            textStyle: Theme.small
            width: parent.width

            Accessible.ignored: true
        }
    }

    CheckMark {
        id: mark

        anchors.right: parent.right
        anchors.rightMargin: 28
        anchors.verticalCenter: parent.verticalCenter
        checked: row.checked
        visible: row.choosing
    }
}
