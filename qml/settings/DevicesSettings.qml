// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// Where the account is signed in.
Column {
    id: section

    required property Settings settings

    spacing: 14

    Component.onCompleted: settings.refreshDevices()

    Row {
        spacing: 8
        visible: section.settings.devices.count === 0 && section.settings.loadingDevices

        Spinner {
            anchors.verticalCenter: parent.verticalCenter
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textSecondary
            text: qsTr("Loading…")
            textStyle: Theme.label
        }
    }

    Banner {
        action: qsTr("Try again")
        kind: Banner.Problem
        objectName: "devicesFailed"
        text: qsTr("Couldn't load your devices.")
        visible: section.settings.devicesFailed
        width: parent.width

        onTriggered: section.settings.refreshDevices()
    }

    Card {
        visible: section.settings.devices.count > 0
        width: parent.width

        Repeater {
            model: section.settings.devices

            DeviceRow {
                last: index === section.settings.devices.count - 1

                onRevokeRequested: {
                    revokeDialog.deviceId = deviceId;
                    revokeDialog.deviceName = name;
                    revokeDialog.open();
                }
            }
        }
    }

    RevokeDialog {
        id: revokeDialog

        onConfirmed: deviceId => section.settings.revoke(deviceId)
    }
}
