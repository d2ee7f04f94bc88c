// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// How far a message of mine has come. Decorative: the row's name says it in words.
Icon {
    id: ticks

    /// "", "sending", "sent", "delivered", "read" or "failed".
    property string status
    property color tint: Theme.textSecondary
    property color readTint: Theme.accentText

    color: status === "read" ? readTint : status === "failed" ? Theme.dangerText : tint
    name: {
        switch (status) {
        case "sending":
            return "clock";
        case "sent":
            return "check";
        case "delivered":
        case "read":
            return "check-check";
        case "failed":
            return "circle-alert";
        default:
            return "";
        }
    }
    scale: status === "sending" ? 0.82 : 1
    size: 16
    visible: name !== ""
}
