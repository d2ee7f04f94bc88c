// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

Rectangle {
    id: pill

    property string text

    antialiasing: true
    color: Theme.bgSunken
    implicitHeight: label.implicitHeight + 9
    implicitWidth: label.implicitWidth + 22
    radius: height / 2

    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Label {
        id: label

        anchors.centerIn: parent
        color: Theme.textSecondary
        text: pill.text
        textStyle: Theme.overline

        Accessible.ignored: true
    }
}
