// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// The roots of the phone layout.
Rectangle {
    id: bar

    property bool settingsOpen: false
    property real safeBottom: 0

    signal chatsRequested
    signal settingsRequested

    color: Theme.bgSidebar
    implicitHeight: Math.max(chats.implicitHeight, settings.implicitHeight) + safeBottom

    Rectangle {
        color: Theme.borderSubtle
        height: 1
        width: parent.width
    }

    Row {
        BottomTab {
            id: chats

            checked: !bar.settingsOpen
            iconName: "message-circle"
            objectName: "tabChats"
            text: qsTr("Chats")
            width: bar.width / 2

            onClicked: bar.chatsRequested()
        }

        BottomTab {
            id: settings

            checked: bar.settingsOpen
            iconName: "settings"
            objectName: "tabSettings"
            text: qsTr("Settings")
            width: bar.width / 2

            onClicked: bar.settingsRequested()
        }
    }
}
