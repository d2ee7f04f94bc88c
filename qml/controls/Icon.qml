// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Window
import Parley.Theme

/// One of the bundled icons (resources/icons) in any colour. Decorative: its owner has the name.
Image {
    id: icon

    property string name
    property color color: Theme.textSecondary
    property int size: 20
    /// For icons that imply a direction: back, reply, panel.
    property bool mirrorInRtl: false

    readonly property int pixels: Math.ceil(size * Screen.devicePixelRatio)

    width: size
    height: size
    mirror: mirrorInRtl && Theme.mirrored
    source: name === "" ? "" : "image://icon/" + name + "/" + color.toString().slice(-6)
    sourceSize.height: pixels
    sourceSize.width: pixels

    Accessible.ignored: true
}
