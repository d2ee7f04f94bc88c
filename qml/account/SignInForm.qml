// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// The fields of the first page, for signing in or for a new account.
FocusScope {
    id: form

    required property SignIn signIn
    /// Whose account it is stands fast.
    property bool again: false

    readonly property bool submitting: signIn.state === SignIn.Submitting || signIn.state === SignIn.NeedsTokenConsent
    readonly property bool serverFound: signIn.lookUp === SignIn.Found || signIn.lookUp === SignIn.FoundLocal
    readonly property bool creating: !again && signIn.creatingAccount
    readonly property bool filled: signIn.userName !== "" && signIn.password !== "" && (!creating || (signIn.inviteCode !== "" && signIn.displayName !== ""))
    readonly property bool ready: serverFound && filled && !submitting && signIn.state !== SignIn.RateLimited

    signal certificateRequested

    function submit() {
        if (ready)
            signIn.submit();
    }

    /// What concerns none of the fields.
    function problem(): string {
        switch (signIn.state) {
        case SignIn.Offline:
            return qsTr("You're offline. Connect to a network, then try again.");
        case SignIn.TooManyDevices:
            return qsTr("You have too many devices. Sign out on one of them, or ask your admin to remove one.");
        case SignIn.Refused:
            return qsTr("The server didn't accept that. Try again later.");
        default:
            return "";
        }
    }

    implicitHeight: column.implicitHeight

    Keys.onEscapePressed: event => {
        event.accepted = submitting;
        if (submitting)
            signIn.cancel();
    }

    Component.onCompleted: {
        if (again) {
            password.forceActiveFocus();
            if (!serverFound)
                signIn.checkServer();
        } else if (server.text === "")
            server.forceActiveFocus();
        else
            userName.forceActiveFocus();
    }

    Connections {
        target: form.signIn

        function onStateChanged() {
            if (form.signIn.state === SignIn.WrongCredentials) {
                password.forceActiveFocus();
                password.selectAll();
            }
        }
    }

    Column {
        id: column

        spacing: 18
        width: parent.width

        Rectangle {
            antialiasing: true
            color: Theme.accent
            height: width
            radius: 18
            width: 56

            Icon {
                anchors.centerIn: parent
                color: Theme.textOnAccent
                name: "messages-square"
                size: 30
            }
        }

        Column {
            spacing: 6
            width: parent.width

            Heading {
                lineHeight: textStyle.line
                lineHeightMode: Text.FixedHeight
                text: form.creating ? qsTr("Create an account") : form.again ? qsTr("Sign in again") : qsTr("Sign in to %1").arg(Qt.application.name)
                textStyle: Theme.display
                width: parent.width
                wrapMode: Text.Wrap
            }

            Paragraph {
                color: Theme.textSecondary
                text: form.creating ? qsTr("You need an invite from someone on the server.") : form.again ? qsTr("Everything on this device stays. What you have written is sent once you're back.") : qsTr("Your server keeps your account. Ask its administrator if you don't have one yet.")
                width: parent.width
            }
        }

        ServerField {
            id: server

            enabled: !form.submitting && !form.again
            signIn: form.signIn
            width: parent.width

            onCertificateRequested: form.certificateRequested()
        }

        Field {
            enabled: !form.submitting
            error: form.signIn.state === SignIn.InviteInvalid ? qsTr("That invite isn't valid any more. Ask for a new one.") : ""
            inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
            inputName: "inviteCode"
            label: qsTr("Invite code")
            text: form.signIn.inviteCode
            visible: form.creating
            width: parent.width

            onAccepted: form.submit()
            onEdited: form.signIn.inviteCode = text.trim()
        }

        Field {
            enabled: !form.submitting
            help: qsTr("How others see you.")
            inputName: "displayName"
            label: qsTr("Name")
            text: form.signIn.displayName
            visible: form.creating
            width: parent.width

            onAccepted: form.submit()
            onEdited: form.signIn.displayName = text
        }

        Field {
            id: userName

            enabled: !form.submitting && !form.again
            error: {
                switch (form.signIn.state) {
                case SignIn.NameTaken:
                    return qsTr("That username is taken. Choose another one.");
                case SignIn.InvalidName:
                    return qsTr("A username has small letters, digits, dots, dashes and underscores.");
                default:
                    return "";
                }
            }
            inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
            inputName: "userName"
            label: qsTr("Username")
            text: form.signIn.userName
            width: parent.width

            onAccepted: form.submit()
            onEdited: form.signIn.userName = text.trim()
        }

        Field {
            id: password

            enabled: !form.submitting
            error: {
                switch (form.signIn.state) {
                case SignIn.WrongCredentials:
                    return qsTr("That username or password isn't right.");
                case SignIn.WeakPassword:
                    return qsTr("That password is too easy to guess. Use a longer one.");
                default:
                    return "";
                }
            }
            inputMethodHints: Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
            inputName: "password"
            label: qsTr("Password")
            password: true
            text: form.signIn.password
            width: parent.width

            onAccepted: form.submit()
            onEdited: form.signIn.password = text
        }

        Paragraph {
            color: Theme.dangerText
            objectName: "signInProblem"
            text: form.problem()
            textStyle: Theme.small
            visible: text !== ""
            width: parent.width

            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }

        Button {
            busy: form.submitting
            enabled: form.ready
            objectName: "signIn"
            text: form.signIn.state === SignIn.RateLimited ? qsTr("Too many tries. Try again in %n second(s).", "", form.signIn.retryAfterSeconds) : form.creating ? qsTr("Create account") : qsTr("Sign in")
            width: parent.width

            onClicked: form.submit()
        }

        Button {
            enabled: !form.submitting
            kind: Button.Text
            objectName: "switchForm"
            text: form.creating ? qsTr("I have an account") : qsTr("Create an account")
            visible: !form.again && (form.creating || !form.serverFound || form.signIn.allowsInvite)
            width: parent.width

            onClicked: form.signIn.creatingAccount = !form.signIn.creatingAccount
        }
    }
}
