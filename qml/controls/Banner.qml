// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// A strip that says what is wrong with the connection.
Rectangle {
    id: banner

    enum Kind { Neutral, Warning, Problem }

    property int kind: Banner.Neutral
    property string text
    property string action

    readonly property color ink: kind === Banner.Problem ? Theme.dangerText : kind === Banner.Warning ? Theme.warningText : Theme.textSecondary

    signal triggered

    color: kind === Banner.Problem ? Theme.dangerTint : kind === Banner.Warning ? Theme.warningTint : Theme.bgBanner
    implicitHeight: Math.max(36, message.implicitHeight + 16, action === "" ? 0 : button.implicitHeight)

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        color: banner.ink
        name: banner.kind === Banner.Neutral ? "refresh-cw" : banner.kind === Banner.Warning ? "cloud-off" : "circle-alert"
        size: 16
    }

    Label {
        id: message

        anchors.left: icon.right
        anchors.leftMargin: 8
        anchors.right: button.visible ? button.left : parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        color: banner.ink
        text: banner.text
        textStyle: Theme.small
        wrapMode: Text.Wrap

        Accessible.ignored: true
    }

    LinkButton {
        id: button

        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        ink: banner.ink
        objectName: "bannerAction"
        text: banner.action
        visible: text !== ""

        onClicked: banner.triggered()
    }
}
