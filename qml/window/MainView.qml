// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Account
import Parley.Controls
import Parley.Theme

/// Everything in the window: sign-in, or the chats with their shell.
Item {
    id: view

    required property App app

    property string openProblem
    property bool signingInAgain: false

    LayoutMirroring.enabled: Theme.mirrored
    LayoutMirroring.childrenInherit: true

    Rectangle {
        anchors.fill: parent
        color: Theme.bgTimeline
    }

    OnDemand {
        id: stage

        anchors.fill: parent
        focus: true
        content: {
            if (view.openProblem !== "")
                return problem;
            switch (view.app.stage) {
            case App.SignedOut:
                return signIn;
            case App.SignedIn:
                return shell;
            default:
                return null;
            }
        }
    }

    Component {
        id: signIn

        SignInPage {
            anchors.fill: parent
            signIn: view.app.signIn
        }
    }

    Component {
        id: shell

        Shell {
            anchors.fill: parent
            app: view.app
            focus: true

            onAnnounced: sentence => announcer.announce(sentence)
            onSignInRequested: view.signingInAgain = true
        }
    }

    Component {
        id: problem

        EmptyState {
            anchors.fill: parent
            iconName: "triangle-alert"
            text: view.openProblem
            title: qsTr("Your chats can't be opened")
        }
    }

    OnDemand {
        active: view.signingInAgain
        anchors.fill: parent
        focus: active
        z: 4

        content: SignInPage {
            again: true
            anchors.fill: parent
            focus: true
            signIn: view.app.signIn

            onCloseRequested: view.signingInAgain = false
        }
    }

    Connections {
        target: view.app.session

        function onLinkChanged() {
            const link = view.app.session.link;
            if (link !== Session.SignedOutByServer && link !== Session.KeychainSilent)
                view.signingInAgain = false;
        }
    }

    // The keychain answers when the sign-in page has gone.
    TokenDialog {
        signIn: view.app.signIn
        visible: view.app.signIn.state === SignIn.NeedsTokenConsent
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: 96
        anchors.horizontalCenter: parent.horizontalCenter
        objectName: "toast"
        z: 5
    }

    Announcer {
        id: announcer
    }

    Connections {
        target: view.app

        function onNotice(kind: int, detail: string) {
            const sentence = notices.sentence(kind, detail);
            if (sentence !== "")
                toast.show(sentence, "");
        }

        function onOpenFailed(sentence: string) {
            view.openProblem = sentence;
        }
    }

    Notices {
        id: notices
    }
}
