// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Controls

/// Asks first.
Dialog {
    id: dialog

    required property string chatTitle

    signal confirmed

    objectName: "leaveDialog"
    text: qsTr("You won't get new messages. You can come back if someone invites you.")
    title: qsTr("Leave %1?").arg(chatTitle)

    onAboutToShow: cancel.forceActiveFocus()

    footer: [
        Button {
            kind: Button.Danger
            objectName: "confirmLeave"
            text: qsTr("Leave group")

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
