// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls

/// The server's address, and what was found there.
FocusScope {
    id: server

    required property SignIn signIn

    readonly property alias text: field.text
    readonly property bool found: signIn.lookUp === SignIn.Found || signIn.lookUp === SignIn.FoundLocal

    signal certificateRequested

    function help(): string {
        switch (signIn.lookUp) {
        case SignIn.Found:
            return qsTr("Found it. The connection is encrypted.");
        case SignIn.FoundLocal:
            return qsTr("Found it on this computer. Nothing leaves it, so the connection isn't encrypted.");
        case SignIn.Checking:
            return qsTr("Looking for the server…");
        default:
            return "";
        }
    }

    function problem(): string {
        switch (signIn.lookUp) {
        case SignIn.NotFound:
            return qsTr("There's no chat server at that address. Check the spelling.");
        case SignIn.NotEncrypted:
            return qsTr("That server doesn't offer an encrypted connection, so %1 won't sign in.").arg(Qt.application.name);
        case SignIn.CertificateUnknown:
            return qsTr("%1 can't confirm this server's identity.").arg(Qt.application.name);
        case SignIn.CertificateChanged:
            return qsTr("This server's identity has changed since you trusted it, so %1 won't sign in. Ask its administrator.").arg(Qt.application.name);
        case SignIn.CertificateInvalid:
            return qsTr("This server's certificate isn't valid, so %1 won't sign in. Tell its administrator.").arg(Qt.application.name);
        case SignIn.Unreachable:
            return qsTr("Can't reach that server. Check your network, then try again.");
        case SignIn.TooOld:
            return qsTr("That server and this version of %1 don't fit together. One of them needs an update.").arg(Qt.application.name);
        default:
            return "";
        }
    }

    implicitHeight: column.implicitHeight

    Column {
        id: column

        spacing: 2
        width: parent.width

        Field {
            id: field

            busy: server.signIn.lookUp === SignIn.Checking
            error: server.problem()
            focus: true
            help: server.help()
            inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
            inputName: "serverAddress"
            label: qsTr("Server address")
            placeholder: qsTr("chat.example.org")
            success: server.found
            text: server.signIn.serverAddress
            width: parent.width

            onAccepted: server.signIn.checkServer()
            onEdited: {
                server.signIn.serverAddress = text.trim();
                typing.restart();
            }
            onFocusLost: server.check()
        }

        LinkButton {
            leftPadding: 0
            objectName: "certificateDetails"
            text: qsTr("Details")
            visible: server.signIn.lookUp === SignIn.CertificateUnknown || server.signIn.lookUp === SignIn.CertificateChanged

            onClicked: server.certificateRequested()
        }
    }

    function check() {
        typing.stop();
        if (field.text.trim() !== "" && signIn.lookUp === SignIn.Unchecked)
            signIn.checkServer();
    }

    Timer {
        id: typing

        interval: 600

        onTriggered: server.check()
    }
}
