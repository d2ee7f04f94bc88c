// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Controls

Card {
    id: section

    required property Settings settings

    SettingSwitch {
        help: qsTr("When off, others don't see that you read their messages, and you don't see that they read yours.")
        on: section.settings.sendReceipts
        switchName: "sendReceipts"
        text: qsTr("Read receipts")

        onToggled: on => section.settings.sendReceipts = on
    }

    SettingSwitch {
        help: qsTr("When off, nobody is told that you are typing, and you don't see it of others.")
        on: section.settings.sendTyping
        switchName: "sendTyping"
        text: qsTr("Show when I type")

        onToggled: on => section.settings.sendTyping = on
    }

    SettingSwitch {
        help: qsTr("When off, others don't see whether you are online, and you don't see it of them.")
        last: true
        on: section.settings.showPresence
        switchName: "showPresence"
        text: qsTr("Show when I'm online")

        onToggled: on => section.settings.showPresence = on
    }
}
