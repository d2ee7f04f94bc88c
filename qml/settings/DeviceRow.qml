// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Controls

SettingRow {
    id: row

    required property int index
    required property string deviceId
    required property string name
    required property string lastSeenText
    required property bool isThis

    signal revokeRequested

    help: isThis ? qsTr("This device") : lastSeenText === "" ? "" : lastSeenText.charAt(0).toLocaleUpperCase() + lastSeenText.slice(1)
    objectName: "deviceRow"
    text: name

    Button {
        kind: Button.DangerText
        objectName: "revokeDevice"
        text: qsTr("Sign out")
        visible: !row.isThis

        onClicked: row.revokeRequested()
    }
}
