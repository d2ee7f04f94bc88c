// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick

/// The keys that work everywhere in the window.
Item {
    id: shortcuts

    signal newChatRequested
    signal newGroupRequested
    signal chatRequested(int by)
    signal detailsRequested
    signal settingsRequested
    signal paneRequested
    signal textSizeRequested(int by)
    signal searchRequested
    signal chatSearchRequested

    Shortcut {
        sequence: "Ctrl+N"

        onActivated: shortcuts.newChatRequested()
    }

    Shortcut {
        sequence: "Ctrl+Shift+N"

        onActivated: shortcuts.newGroupRequested()
    }

    Shortcut {
        sequences: ["Ctrl+K", "Ctrl+Shift+F"]

        onActivated: shortcuts.searchRequested()
    }

    Shortcut {
        sequence: "Ctrl+F"

        onActivated: shortcuts.chatSearchRequested()
    }

    Shortcut {
        sequence: "Alt+Up"

        onActivated: shortcuts.chatRequested(-1)
    }

    Shortcut {
        sequence: "Alt+Down"

        onActivated: shortcuts.chatRequested(1)
    }

    Shortcut {
        sequences: ["Ctrl+I", "Ctrl+Shift+D"]

        onActivated: shortcuts.detailsRequested()
    }

    Shortcut {
        sequence: "Ctrl+,"

        onActivated: shortcuts.settingsRequested()
    }

    Shortcut {
        sequence: "F6"

        onActivated: shortcuts.paneRequested()
    }

    Shortcut {
        sequences: ["Ctrl+=", "Ctrl++"]

        onActivated: shortcuts.textSizeRequested(1)
    }

    Shortcut {
        sequence: "Ctrl+-"

        onActivated: shortcuts.textSizeRequested(-1)
    }

    Shortcut {
        sequence: "Ctrl+0"

        onActivated: shortcuts.textSizeRequested(0)
    }
}
