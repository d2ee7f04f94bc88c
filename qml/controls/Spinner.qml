// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// Says that something is being waited for. Stands still under reduced motion.
Icon {
    id: spinner

    property bool running: visible

    name: "refresh-cw"
    size: 18

    RotationAnimator on rotation {
        duration: 1100
        from: 0
        loops: Animation.Infinite
        running: spinner.running && !Theme.reducedMotion
        to: 360
    }
}
