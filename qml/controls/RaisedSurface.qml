// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// The background of menus, popovers, dialogs and sheets.
Rectangle {
    id: surface

    property int level: 3

    antialiasing: true
    border.color: Theme.increasedContrast ? Theme.borderStrong : Theme.borderSubtle
    border.width: level < 4 || Theme.increasedContrast ? 1 : 0
    color: Theme.bgRaised
    radius: Theme.menuRadius

    Shadow {
        level: surface.level
        radius: surface.radius
    }
}
