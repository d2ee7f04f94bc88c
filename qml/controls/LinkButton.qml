// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Theme

/// A button that looks like a link: "Try again", "See all".
T.AbstractButton {
    id: button

    property color ink: Theme.accentText
    property bool underlined: true

    focusPolicy: Qt.StrongFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 44 : 28, contentItem.implicitHeight)
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    leftPadding: 8
    rightPadding: 8

    Accessible.role: Accessible.Button
    Accessible.name: text

    Keys.onEnterPressed: button.clicked()
    Keys.onReturnPressed: button.clicked()

    background: Item {
        FocusRing {
            radius: 8
            shown: button.visualFocus
        }
    }

    contentItem: Label {
        color: button.ink
        font.underline: button.underlined || button.hovered
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        text: button.text
        textStyle: Theme.small
    }
}
