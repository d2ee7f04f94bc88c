// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Parley.Theme

/// Three dots that breathe while someone types; they stand still under reduced motion.
Row {
    id: dots

    property color color: Theme.textSecondary

    readonly property bool moving: visible && !Theme.reducedMotion && Window.visibility !== Window.Hidden && Window.visibility !== Window.Minimized

    spacing: 4

    Accessible.ignored: true

    Repeater {
        model: 3

        Rectangle {
            id: dot

            required property int index

            antialiasing: true
            color: dots.color
            height: 6
            opacity: [1, 0.65, 0.35][index]
            radius: 3
            width: 6

            SequentialAnimation on opacity {
                loops: Animation.Infinite
                running: dots.moving

                PauseAnimation {
                    duration: dot.index * 140
                }
                NumberAnimation {
                    duration: 260
                    to: 1
                }
                NumberAnimation {
                    duration: 380
                    to: 0.35
                }
                PauseAnimation {
                    duration: (2 - dot.index) * 140 + 280
                }
            }
        }
    }
}
