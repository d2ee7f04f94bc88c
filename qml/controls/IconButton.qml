// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

/// A round button with an icon. Its text is its name for assistive technology and its tooltip.
T.AbstractButton {
    id: button

    property string iconName
    property color iconColor: Theme.textSecondary
    property int iconSize: 20
    property int size: Theme.target
    property bool mirrorIcon: false

    /// Whoever has just clicked knows what it does, and may be looking at what came of it.
    property bool used: false

    onClicked: used = true
    onHoveredChanged: {
        if (!hovered)
            used = false;
    }

    hoverEnabled: !Theme.touch
    focusPolicy: Qt.TabFocus
    implicitHeight: size
    implicitWidth: size
    opacity: enabled ? 1 : 0.45

    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: text

    background: Rectangle {
        antialiasing: true
        color: button.down ? Theme.bgPressed : button.hovered || button.checked ? Theme.bgHover : "transparent"
        radius: width / 2

        FocusRing {
            radius: parent.radius
            shown: button.visualFocus
        }
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            color: button.checked ? Theme.accentText : button.iconColor
            mirrorInRtl: button.mirrorIcon
            name: button.iconName
            size: button.iconSize
        }
    }

    Hint {
        text: button.text
        visible: button.hovered && !button.used && !Theme.touch && text !== ""
    }
}
