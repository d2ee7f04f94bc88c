// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Controls

/// Asks first.
Dialog {
    id: dialog

    required property string chatTitle

    signal confirmed

    objectName: "blockDialog"
    text: qsTr("They can't write to you any more, and they aren't told. You can unblock them at any time.")
    title: qsTr("Block %1?").arg(chatTitle)

    onAboutToShow: cancel.forceActiveFocus()

    footer: [
        Button {
            kind: Button.Danger
            objectName: "confirmBlock"
            text: qsTr("Block")

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
