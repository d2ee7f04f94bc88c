// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley.Theme

/// Rows that stand for chats that are not there yet; drawn only if that takes longer than 120 ms.
Column {
    id: skeleton

    property int rows: 8
    property bool waited: false

    Accessible.ignored: true

    Timer {
        interval: 120
        running: skeleton.visible

        onTriggered: skeleton.waited = true
    }

    Repeater {
        model: skeleton.waited ? skeleton.rows : 0

        Item {
            id: row

            required property int index

            height: Theme.touch ? 76 : 68
            width: skeleton.width

            Rectangle {
                anchors.left: parent.left
                anchors.leftMargin: 18
                anchors.verticalCenter: parent.verticalCenter
                antialiasing: true
                color: Theme.bgSunken
                height: 48
                radius: 24
                width: 48
            }

            Column {
                anchors.left: parent.left
                anchors.leftMargin: 78
                anchors.verticalCenter: parent.verticalCenter
                spacing: 11

                Rectangle {
                    antialiasing: true
                    color: Theme.bgSunken
                    height: 12
                    radius: 6
                    width: [120, 90, 140, 104][row.index % 4]
                }

                Rectangle {
                    antialiasing: true
                    color: Theme.bgSunken
                    height: 10
                    opacity: 0.7
                    radius: 5
                    width: Math.min(row.width - 100, [190, 160, 120, 210][row.index % 4])
                }
            }
        }
    }
}
