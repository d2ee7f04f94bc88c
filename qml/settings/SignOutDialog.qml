// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Controls

/// Asks before the profile on this device is wiped.
Dialog {
    id: dialog

    signal confirmed

    objectName: "signOutDialog"
    text: qsTr("Chats and drafts are deleted from this device. Messages that are not sent yet are lost. Your account stays on the server.")
    title: qsTr("Sign out of this device?")

    onAboutToShow: cancel.forceActiveFocus()

    footer: [
        Button {
            kind: Button.Danger
            objectName: "confirmSignOut"
            text: qsTr("Sign out")

            onClicked: {
                dialog.close();
                dialog.confirmed();
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
