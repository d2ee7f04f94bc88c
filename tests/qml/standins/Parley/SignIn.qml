// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    enum LookUp { Unchecked, Checking, Found, FoundLocal, NotFound, NotEncrypted, CertificateUnknown, CertificateChanged, CertificateInvalid, Unreachable, TooOld }
    enum State { Idle, Submitting, WrongCredentials, RateLimited, InviteInvalid, NameTaken, WeakPassword, InvalidName, Offline, NeedsTokenConsent, Refused, TooManyDevices }

    property string serverAddress
    property string userName
    property string password
    property string displayName
    property string inviteCode
    property string deviceName
    property bool creatingAccount: false
    property int lookUp: SignIn.Unchecked
    property string serverName
    property bool allowsInvite: true
    property string certificateFingerprint
    property string certificateIssuer
    property string certificateValidity
    property int state: SignIn.Idle
    property int retryAfterSeconds: 0
    property string tokenFile: "~/.local/share/parley/token"

    function checkServer() {
        lookUp = SignIn.Checking;
    }

    function trustCertificate() {
        lookUp = SignIn.Found;
    }

    function submit() {
        state = SignIn.Submitting;
    }

    function cancel() {
        state = SignIn.Idle;
    }

    function allowFileToken(allowed: bool) {
        state = SignIn.Idle;
    }
}
