// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// React, reply, more: beside the bubble under the pointer. One for the whole timeline.
Rectangle {
    id: toolbar

    property bool canReact: true

    readonly property bool hovered: hover.hovered

    signal reactRequested
    signal replyRequested
    signal moreRequested

    antialiasing: true
    border.color: Theme.increasedContrast ? Theme.borderStrong : Theme.borderSubtle
    border.width: 1
    color: Theme.bgRaised
    implicitHeight: 32
    implicitWidth: buttons.implicitWidth + 4
    radius: 10

    component Action: IconButton {
        focusPolicy: Qt.NoFocus
        iconSize: 17
        size: 28
    }

    HoverHandler {
        id: hover
    }

    Shadow {
        level: 1
        radius: toolbar.radius
    }

    Row {
        id: buttons

        anchors.centerIn: parent

        Action {
            iconName: "smile-plus"
            objectName: "hoverReact"
            text: qsTr("React")
            visible: toolbar.canReact

            onClicked: toolbar.reactRequested()
        }

        Action {
            iconName: "reply"
            mirrorIcon: true
            objectName: "hoverReply"
            text: qsTr("Reply")
            visible: toolbar.canReact

            onClicked: toolbar.replyRequested()
        }

        Action {
            iconName: "ellipsis"
            objectName: "hoverMore"
            text: qsTr("More")

            onClicked: toolbar.moreRequested()
        }
    }
}
