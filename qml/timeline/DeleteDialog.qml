// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls

/// Asks before a message disappears for everyone.
Dialog {
    id: dialog

    property string messageId

    signal confirmed(string messageId)

    objectName: "deleteDialog"
    text: qsTr("It disappears for everyone in the chat. Copies already seen can't be taken back.")
    title: qsTr("Delete this message?")

    onAboutToShow: cancel.forceActiveFocus()

    footer: [
        Button {
            kind: Button.Danger
            objectName: "confirmDelete"
            text: qsTr("Delete for everyone")

            onClicked: {
                dialog.close();
                dialog.confirmed(dialog.messageId);
            }
        },
        Button {
            id: cancel

            kind: Button.Tonal
            objectName: "cancelDelete"
            text: qsTr("Cancel")

            onClicked: dialog.close()
        }
    ]
}
