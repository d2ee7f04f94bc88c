// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick

/// Tells assistive technology what came of something, politely: once nothing new has been said for a
/// moment, and the last word alone. Draws nothing. Qt 6.4 has no announcements: an alert that appears
/// is read as one.
Item {
    id: announcer

    /// What is being told.
    property string sentence
    property string waiting

    /// Nothing takes back what waits.
    function announce(words: string) {
        waiting = words;
        if (words === "")
            pause.stop();
        else
            pause.restart();
    }

    height: 1
    objectName: "announcer"
    visible: sentence !== ""
    width: 1

    Accessible.role: Accessible.AlertMessage
    Accessible.name: sentence

    Timer {
        id: pause

        interval: 700

        onTriggered: {
            // The same sentence twice is said twice.
            announcer.sentence = "";
            announcer.sentence = announcer.waiting;
            ending.restart();
        }
    }

    // Whoever walks through the window later finds nothing that is over.
    Timer {
        id: ending

        interval: 5000

        onTriggered: announcer.sentence = ""
    }
}
