// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// The shadow of a raised surface: a nine-slice image that works on every scene graph.
/// Level 1 hover toolbar, 2 jump button and toast, 3 menus, 4 dialogs.
BorderImage {
    id: shadow

    property int level: 3
    property int radius: Theme.menuRadius

    readonly property int offset: [2, 3, 6, 10][level - 1]
    readonly property int blur: [6, 8, 14, 24][level - 1]
    readonly property int strength: Theme.dark ? [40, 55, 60, 70][level - 1] : [10, 16, 16, 30][level - 1]
    readonly property int spread: blur * 2
    readonly property int slice: spread + radius

    anchors.fill: parent
    anchors.bottomMargin: -spread - offset
    anchors.leftMargin: -spread
    anchors.rightMargin: -spread
    anchors.topMargin: -spread + offset
    border.bottom: slice
    border.left: slice
    border.right: slice
    border.top: slice
    source: "image://shadow/" + radius + "/" + blur + "/" + strength
    z: -1

    Accessible.ignored: true
}
