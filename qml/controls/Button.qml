// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

/// A button with words. Its width never changes while it is busy.
T.AbstractButton {
    id: button

    enum Kind { Filled, Tonal, Text, Danger, DangerText }

    property int kind: Button.Filled
    property bool busy: false

    readonly property color fill: {
        switch (kind) {
        case Button.Filled:
            return down ? Theme.accentPressed : hovered ? Theme.accentHover : Theme.accent;
        case Button.Danger:
            return hovered || down ? Theme.dangerHover : Theme.danger;
        case Button.Tonal:
            return hovered || down ? Theme.bgPressed : Theme.bgSunken;
        default:
            return down ? Theme.bgPressed : hovered ? Theme.bgHover : "transparent";
        }
    }
    readonly property color ink: {
        switch (kind) {
        case Button.Filled:
            return Theme.textOnAccent;
        case Button.Danger:
            return Theme.textOnDanger;
        case Button.Tonal:
            return Theme.textPrimary;
        case Button.DangerText:
            return Theme.dangerText;
        default:
            return Theme.accentText;
        }
    }

    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 48 : 40, contentItem.implicitHeight + 16)
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    leftPadding: kind === Button.Text || kind === Button.DangerText ? 14 : 20
    opacity: enabled || busy ? 1 : 0.45
    rightPadding: leftPadding

    Accessible.role: Accessible.Button
    Accessible.name: text

    Keys.onEnterPressed: button.clicked()
    Keys.onReturnPressed: button.clicked()

    background: Rectangle {
        antialiasing: true
        color: button.fill
        radius: Theme.controlRadius

        FocusRing {
            anchors.margins: -3
            radius: Theme.controlRadius + 3
            shown: button.visualFocus
        }
    }

    contentItem: Label {
        color: button.busy ? "transparent" : button.ink
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        text: button.text
        wrapMode: Text.Wrap

        Spinner {
            anchors.centerIn: parent
            color: button.ink
            visible: button.busy
        }
    }
}
