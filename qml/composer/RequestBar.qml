// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// Stands in the composer's place while a stranger waits for an answer.
Item {
    id: bar

    required property Chat chat
    property real safeBottom: 0

    implicitHeight: column.implicitHeight + 32 + safeBottom

    Column {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 12
        width: Math.min(parent.width - 40, 520)
        y: 16

        Paragraph {
            color: Theme.textSecondary
            horizontalAlignment: Text.AlignHCenter
            text: bar.chat.isGroup ? qsTr("You were invited to %1. Nobody sees that you read this until you accept.").arg(bar.chat.title) : qsTr("%1 wants to write to you. They don't see that you read this until you accept.").arg(bar.chat.title)
            width: parent.width
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 8

            Button {
                objectName: "acceptRequest"
                text: qsTr("Accept")

                onClicked: bar.chat.accept()
            }

            Button {
                kind: Button.DangerText
                objectName: "blockRequest"
                text: bar.chat.isGroup ? qsTr("Decline") : qsTr("Block")

                onClicked: {
                    if (bar.chat.isGroup)
                        bar.chat.leave();
                    else
                        bar.chat.block();
                }
            }
        }
    }
}
