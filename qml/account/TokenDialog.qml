// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Controls
import QtQuick.Templates as T

/// There is no keychain: says so, and asks whether a file will do.
Dialog {
    id: dialog

    required property SignIn signIn

    closePolicy: T.Popup.NoAutoClose
    objectName: "tokenDialog"
    text: qsTr("This computer has no keychain that %1 can use. It can keep your sign-in in a file that only your account on this computer can read (%2). Without it, you sign in again each time you start %1.").arg(Qt.application.name).arg(signIn.tokenFile)
    title: qsTr("Keep your sign-in in a file?")

    footer: [
        Button {
            objectName: "allowTokenFile"
            text: qsTr("Keep it in a file")

            onClicked: dialog.signIn.allowFileToken(true)
        },
        Button {
            kind: Button.Tonal
            objectName: "refuseTokenFile"
            text: qsTr("Don't keep it")

            onClicked: dialog.signIn.allowFileToken(false)
        }
    ]
}
