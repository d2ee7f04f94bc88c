// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// A row of the timeline that is no message: loading, a hole, the beginning.
Item {
    id: line

    property string text
    property string action
    property bool busy: false

    signal triggered

    implicitHeight: Math.max(48, flow.implicitHeight + 16)

    Row {
        id: flow

        anchors.centerIn: parent
        spacing: 8

        Spinner {
            anchors.verticalCenter: parent.verticalCenter
            size: 16
            visible: line.busy
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textSecondary
            text: line.text
            textStyle: Theme.small
            width: Math.min(implicitWidth, line.width - 48 - (button.visible ? button.width : 0))
            wrapMode: Text.Wrap
        }

        LinkButton {
            id: button

            anchors.verticalCenter: parent.verticalCenter
            focusPolicy: Qt.NoFocus
            objectName: "noticeAction"
            text: line.action
            visible: text !== ""

            onClicked: line.triggered()
        }
    }
}
