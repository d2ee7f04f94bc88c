// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// The facts of a certificate that nobody known has signed. Trusting it is never the default.
Dialog {
    id: dialog

    required property SignIn signIn

    readonly property bool mayTrust: signIn.lookUp === SignIn.CertificateUnknown

    objectName: "certificateDialog"
    text: mayTrust ? qsTr("Compare the fingerprint with the one that the server's administrator gave you. Trust it only if they are the same.") : qsTr("Someone may be between you and the server. Ask its administrator before you go on.")
    title: mayTrust ? qsTr("Trust this server?") : qsTr("This server's identity has changed")

    onAboutToShow: cancel.forceActiveFocus()

    component Fact: Column {
        id: fact

        property string name
        property string value

        leftPadding: 24
        spacing: 2
        visible: value !== ""
        width: parent ? parent.width : 0

        Label {
            color: Theme.textSecondary
            text: fact.name
            textStyle: Theme.small
        }

        Label {
            text: fact.value
            width: fact.width - 48
            wrapMode: Text.WrapAnywhere
        }
    }

    Fact {
        name: qsTr("Fingerprint (SHA-256)")
        objectName: "fingerprint"
        value: dialog.signIn.certificateFingerprint
    }

    Fact {
        name: qsTr("Issued by")
        value: dialog.signIn.certificateIssuer
    }

    Fact {
        name: qsTr("Valid")
        value: dialog.signIn.certificateValidity
    }

    footer: [
        Button {
            id: cancel

            kind: Button.Filled
            objectName: "cancelTrust"
            text: qsTr("Cancel")

            onClicked: dialog.close()
        },
        Button {
            kind: Button.DangerText
            objectName: "trustCertificate"
            text: qsTr("Trust this server")
            visible: dialog.mayTrust

            onClicked: {
                dialog.close();
                dialog.signIn.trustCertificate();
            }
        }
    ]
}
