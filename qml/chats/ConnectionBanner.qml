// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// What is wrong with the connection, if anything. Its height grows, so that nothing jumps.
Banner {
    id: banner

    required property Session session

    property bool slow: false

    signal signInRequested

    readonly property bool shown: {
        switch (session.link) {
        case Session.Online:
            return false;
        case Session.Connecting:
            return slow;
        default:
            return true;
        }
    }

    function sentence(): string {
        switch (session.link) {
        case Session.Offline:
            return qsTr("You're offline. Messages will send when you reconnect.");
        case Session.Unreachable:
            return qsTr("Can't reach %1").arg(session.serverName);
        case Session.SignedOutByServer:
            return qsTr("This device was signed out. Messages wait until you sign in.");
        case Session.UpgradeRequired:
            return qsTr("This version of %1 is too old for your server. Update it to connect.").arg(Qt.application.name);
        case Session.KeychainSilent:
            return qsTr("Your sign-in couldn't be read from your keychain. Unlock it, then try again.");
        default:
            return qsTr("Connecting…");
        }
    }

    function wayOut(): string {
        switch (session.link) {
        case Session.Unreachable:
        case Session.KeychainSilent:
            return qsTr("Try again");
        case Session.SignedOutByServer:
            return qsTr("Sign in again");
        default:
            return "";
        }
    }

    action: wayOut()
    clip: true
    height: shown ? implicitHeight : 0
    kind: {
        switch (session.link) {
        case Session.Offline:
            return Banner.Warning;
        case Session.Online:
        case Session.Connecting:
            return Banner.Neutral;
        default:
            return Banner.Problem;
        }
    }
    objectName: "connectionBanner"
    otherAction: session.link === Session.KeychainSilent ? qsTr("Sign in again") : ""
    text: sentence()
    visible: height > 0

    Behavior on height {
        NumberAnimation {
            duration: Theme.normal
            easing.bezierCurve: Theme.decelerateCurve
            easing.type: Easing.BezierSpline
        }
    }

    onOtherTriggered: signInRequested()
    onTriggered: {
        if (session.link === Session.SignedOutByServer)
            signInRequested();
        else
            session.tryAgain();
    }

    Connections {
        target: banner.session

        function onLinkChanged() {
            if (banner.session.link !== Session.Connecting)
                banner.slow = false;
        }
    }

    Timer {
        interval: 2000
        running: banner.session.link === Session.Connecting

        onTriggered: banner.slow = true
    }
}
