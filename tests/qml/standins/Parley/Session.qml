// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    enum Link { Online, Connecting, Offline, Unreachable, SignedOutByServer, UpgradeRequired, KeychainSilent }

    property int link: Session.Online
    property string serverName: "chat.example.org"
    property string userId: "robin"
    property string userName: "robin"
    property string displayName: "Robin Sandberg"
    property string avatarKey
    property string status: "On the ridge"
    property int hue: 8
    property bool savingProfile: false

    function tryAgain() {
        link = Session.Connecting;
    }

    function setDisplayName(name: string) {
        displayName = name;
    }

    function setStatus(words: string, minutes: int) {
        status = words;
    }

    function setPicture(file: url) {}

    function removePicture() {
        avatarKey = "";
    }
}
