// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// The mark of keyboard focus. A negative margin puts it around a filled control.
Rectangle {
    property bool shown: false

    anchors.fill: parent
    antialiasing: true
    border.color: Theme.focusRing
    border.width: 2
    color: "transparent"
    visible: shown
}
