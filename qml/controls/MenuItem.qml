// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

T.MenuItem {
    id: item

    property string iconName
    property bool danger: false
    property string shortcutText
    property bool mirrorIcon: false
    property bool touch: Theme.compact

    readonly property color ink: danger ? Theme.dangerText : Theme.textPrimary

    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(touch ? 52 : 36, label.implicitHeight + 12)
    width: parent ? parent.width : implicitWidth

    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.description: shortcutText

    Keys.onDownPressed: item.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onEnterPressed: item.clicked()
    Keys.onReturnPressed: item.clicked()
    Keys.onUpPressed: item.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

    background: Rectangle {
        antialiasing: true
        color: item.down ? Theme.bgPressed : item.hovered || item.visualFocus ? Theme.bgHover : "transparent"
        radius: item.touch ? 0 : 9

        FocusRing {
            radius: parent.radius
            shown: item.visualFocus
        }
    }

    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: item.touch ? 24 : 10
        anchors.verticalCenter: parent.verticalCenter
        color: item.danger ? Theme.dangerText : Theme.textSecondary
        mirrorInRtl: item.mirrorIcon
        name: item.iconName
        size: item.touch ? 22 : 18
    }

    Label {
        id: label

        anchors.left: icon.right
        anchors.leftMargin: item.touch ? 16 : 11
        anchors.right: shortcut.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        color: item.ink
        font.weight: Font.Medium
        text: item.text
        textStyle: item.touch ? Theme.body : Theme.label
        wrapMode: Text.Wrap

        Accessible.ignored: true
    }

    Label {
        id: shortcut

        anchors.right: parent.right
        anchors.rightMargin: 10
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        font.weight: Font.Normal
        text: item.touch ? "" : item.shortcutText
        textStyle: Theme.overline

        Accessible.ignored: true
    }
}
