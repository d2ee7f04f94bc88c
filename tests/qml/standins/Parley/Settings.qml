// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    enum Theme { System, Light, Dark }

    property int theme: Settings.Light
    property bool dark: false
    property int accent: 0
    property real textScale: 1
    property bool increasedContrast: false
    property bool reducedMotion: true
    property bool enterSends: true
    property bool sendReceipts: true
    property bool sendTyping: true
    property bool showPresence: true
    property DevicesModel devices: DevicesModel {}
    property bool loadingDevices: false
    property bool devicesFailed: false
    property var calls: []

    function refreshDevices() {}

    function revoke(deviceId: string) {
        calls = [...calls, "revoke " + deviceId];
    }

    function signOut() {
        calls = [...calls, "signOut"];
    }
}
