// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

T.AbstractButton {
    id: control

    checkable: true
    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 44 : 28, contentItem.implicitHeight)
    implicitWidth: contentItem.implicitWidth + leftPadding
    leftPadding: text === "" ? 22 : 32
    opacity: enabled ? 1 : 0.45

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked

    contentItem: Label {
        text: control.text
        wrapMode: Text.Wrap
    }

    CheckMark {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        checked: control.checked

        FocusRing {
            anchors.margins: -3
            radius: 9
            shown: control.visualFocus
        }
    }
}
