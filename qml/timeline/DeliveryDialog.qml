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
            height: words.height + 16
            tailLeft: Theme.mirrored
            tailRight: !Theme.mirrored
            width: words.width + 24

            Label {
                id: words

                anchors.centerIn: parent
                color: Theme.bubbleOutText
                elide: Text.ElideRight
                elideAllowed: true
                maximumLineCount: 3
                text: dialog.delivery.plain
                width: Math.min(implicitWidth, dialog.width - 120)
                wrapMode: Text.Wrap
            }
        }
    }

    Column {
        spacing: 4
        width: parent.width

        DeliveryFact {
            name: qsTr("Written on this device")
            value: dialog.delivery.writtenText
        }

        DeliveryFact {
            name: qsTr("Kept by the server")
            value: dialog.delivery.sentText === "" ? qsTr("Not yet") : dialog.delivery.sentText
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

    Row {
        leftPadding: 24
        spacing: 8
        visible: !dialog.delivery.complete

        Spinner {
            anchors.verticalCenter: parent.verticalCenter
            size: 16
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textSecondary
            text: qsTr("Asking the server for the rest…")
            textStyle: Theme.small
        }
    }
}
