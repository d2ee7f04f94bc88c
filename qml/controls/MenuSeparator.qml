// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

Item {
    implicitHeight: 9
    width: parent ? parent.width : 0

    Accessible.ignored: true

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: 6
        anchors.right: parent.right
        anchors.rightMargin: 6
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.borderSubtle
        height: 1
    }
}
