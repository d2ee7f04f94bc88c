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
    /// One more, beneath the words with the first: there is no room for two beside them.
    property string otherAction

    readonly property bool stacked: otherAction !== ""
    readonly property color ink: kind === Banner.Problem ? Theme.dangerText : kind === Banner.Warning ? Theme.warningText : Theme.textSecondary

    signal triggered
    signal otherTriggered

    color: kind === Banner.Problem ? Theme.dangerTint : kind === Banner.Warning ? Theme.warningTint : Theme.bgBanner
    implicitHeight: stacked ? message.implicitHeight + actions.implicitHeight + 12 : Math.max(36, message.implicitHeight + 16, action === "" ? 0 : button.implicitHeight)

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
        anchors.right: parent.right
        anchors.rightMargin: banner.stacked || banner.action === "" ? 12 : button.implicitWidth + 20
        color: banner.ink
        text: banner.text
        textStyle: Theme.small
        wrapMode: Text.Wrap
        y: banner.stacked ? 8 : Math.round((parent.height - height) / 2)

        Accessible.ignored: true
    }

    Flow {
        id: actions

        anchors.right: parent.right
        anchors.rightMargin: 8
        width: banner.stacked ? parent.width - icon.width - 24 : button.implicitWidth
        y: banner.stacked ? message.y + message.height : Math.round((parent.height - height) / 2)

        LinkButton {
            id: button

            ink: banner.ink
            objectName: "bannerAction"
            text: banner.action
            visible: text !== ""

            onClicked: banner.triggered()
        }

        LinkButton {
            ink: banner.ink
            objectName: "bannerOtherAction"
            text: banner.otherAction
            visible: text !== ""

            onClicked: banner.otherTriggered()
        }
    }
}
