// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// One person in the delivery details, with the heading of the group when it is the first of it.
Column {
    id: row

    required property int index
    required property string name
    required property int hue
    required property string avatarKey
    required property int state
    required property string timeText
    required property bool receiptsOff
    required property DeliveryDetails delivery

    readonly property string note: receiptsOff && state === DeliveryDetails.Delivered ? qsTr("Receipts are off") : timeText
    readonly property bool first: {
        switch (state) {
        case DeliveryDetails.Read:
            return index === 0;
        case DeliveryDetails.Delivered:
            return index === delivery.readCount;
        default:
            return index === delivery.readCount + delivery.deliveredCount;
        }
    }

    function heading(): string {
        switch (state) {
        case DeliveryDetails.Read:
            return qsTr("Read by %n", "", delivery.readCount);
        case DeliveryDetails.Delivered:
            return qsTr("Delivered to %n", "", delivery.deliveredCount);
        default:
            return qsTr("Waiting for %n", "", delivery.waitingCount);
        }
    }

    Item {
        height: Math.max(36, words.implicitHeight + 16)
        visible: row.first
        width: parent.width

        StatusTicks {
            id: ticks

            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            size: 17
            status: row.state === DeliveryDetails.Read ? "read" : row.state === DeliveryDetails.Delivered ? "delivered" : "sending"
        }

        Heading {
            id: words

            anchors.left: ticks.right
            anchors.leftMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textSecondary
            font.weight: Font.DemiBold
            text: row.heading()
            textStyle: Theme.small
        }
    }

    Item {
        height: Math.max(46, nameLabel.implicitHeight + 20)
        width: parent.width

        Accessible.role: Accessible.ListItem
        Accessible.name: row.note === "" ? row.name : qsTr("%1, %2", "person, time").arg(row.name).arg(row.note)

        Avatar {
            id: avatar

            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            hue: row.hue
            name: row.name
            picture: row.avatarKey
            size: 34
        }

        Label {
            id: nameLabel

            anchors.left: avatar.right
            anchors.leftMargin: 12
            anchors.right: time.left
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.Medium
            text: row.name

            Accessible.ignored: true
        }

        Label {
            id: time

            anchors.right: parent.right
            anchors.rightMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textSecondary
            text: row.note
            textStyle: Theme.caption

            Accessible.ignored: true
        }
    }
}
