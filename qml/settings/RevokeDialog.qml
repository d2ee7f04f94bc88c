// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Controls

/// Asks before a device loses its sign-in.
Dialog {
    id: dialog

    property string deviceId
    property string deviceName

    signal confirmed(string deviceId)

    objectName: "revokeDialog"
    text: qsTr("It needs the password to sign in again. Messages that it holds stay on it.")
    title: qsTr("Sign out %1?").arg(deviceName)

    onAboutToShow: cancel.forceActiveFocus()

    footer: [
        Button {
            kind: Button.Danger
            objectName: "confirmRevoke"
            text: qsTr("Sign out")

            onClicked: {
                dialog.close();
                dialog.confirmed(dialog.deviceId);
            }
        },
        Button {
            id: cancel

            kind: Button.Tonal
            text: qsTr("Cancel")

            onClicked: dialog.close()
        }
    ]
}
