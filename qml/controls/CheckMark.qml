// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// The box of a checkbox, also drawn alone in rows that can be chosen.
Rectangle {
    id: mark

    property bool checked: false

    antialiasing: true
    border.color: Theme.borderStrong
    border.width: checked ? 0 : 2
    color: checked ? Theme.accent : "transparent"
    implicitHeight: 22
    implicitWidth: 22
    radius: 6

    Accessible.ignored: true

    Icon {
        anchors.centerIn: parent
        color: Theme.textOnAccent
        name: "check"
        size: 16
        visible: mark.checked
    }
}
