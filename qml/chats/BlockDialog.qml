// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Controls

/// Asks first.
Dialog {
    id: dialog

    required property Chat chat

    objectName: "blockDialog"
    text: qsTr("They can't write to you any more, and they aren't told. You can unblock them at any time.")
    title: qsTr("Block %1?").arg(chat.title)

    onAboutToShow: cancel.forceActiveFocus()

    footer: [
        Button {
            kind: Button.Danger
            objectName: "confirmBlock"
            text: qsTr("Block")

            onClicked: {
                dialog.close();
                dialog.chat.block();
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
