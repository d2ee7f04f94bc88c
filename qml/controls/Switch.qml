// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

/// Turns something on at once. Its text is its name for assistive technology; it is not drawn.
T.AbstractButton {
    id: control

    checkable: true
    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Theme.touch ? 44 : 28
    implicitWidth: 44
    opacity: enabled ? 1 : 0.45

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked

    background: Rectangle {
        antialiasing: true
        border.color: Theme.borderStrong
        border.width: control.checked ? 0 : 2
        color: control.checked ? (control.hovered ? Theme.accentHover : Theme.accent) : "transparent"
        height: 26
        radius: height / 2
        y: Math.round((control.height - height) / 2)

        Rectangle {
            readonly property int inset: control.checked ? 3 : 6

            anchors.verticalCenter: parent.verticalCenter
            antialiasing: true
            color: control.checked ? Theme.textOnAccent : Theme.borderStrong
            height: width
            radius: width / 2
            width: control.checked ? 20 : 14
            x: control.checked !== control.mirrored ? parent.width - width - inset : inset
        }

        FocusRing {
            anchors.margins: -3
            radius: parent.radius + 3
            shown: control.visualFocus
        }
    }
}
