// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// Who has a message, who has read it, and for whom it still waits.
Dialog {
    id: dialog

    required property DeliveryDetails delivery

    closable: true
    objectName: "deliveryDialog"
    sheetOnCompact: true
    title: qsTr("Delivery details")

    Item {
        height: bubble.height + 4
        width: parent.width

        BubbleShape {
            id: bubble

            anchors.right: parent.right
            anchors.rightMargin: 28
            color: Theme.bubbleOut
            height: sentText.height + 16
            tailLeft: Theme.mirrored
            tailRight: !Theme.mirrored
            width: sentText.width + 24

            Label {
                id: sentText

                anchors.centerIn: parent
                color: Theme.bubbleOutText
                elide: Text.ElideRight
                elideAllowed: true
                maximumLineCount: 3
                text: dialog.delivery.sentText
                width: Math.min(implicitWidth, dialog.width - 120)
                wrapMode: Text.Wrap
            }
        }
    }

    Column {
        width: parent.width

        Repeater {
            model: dialog.delivery

            DeliveryRow {
                delivery: dialog.delivery
                width: parent ? parent.width : 0
            }
        }
    }
}
