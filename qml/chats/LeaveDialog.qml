// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Controls

/// Asks first.
Dialog {
    id: dialog

    required property Chat chat

    objectName: "leaveDialog"
    text: qsTr("You won't get new messages. You can come back if someone invites you.")
    title: qsTr("Leave %1?").arg(chat.title)

    onAboutToShow: cancel.forceActiveFocus()

    footer: [
        Button {
            kind: Button.Danger
            objectName: "confirmLeave"
            text: qsTr("Leave group")

            onClicked: {
                dialog.close();
                dialog.chat.leave();
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
