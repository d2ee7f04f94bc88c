// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// A bordered group of rows, as in settings.
Rectangle {
    id: card

    default property alias content: column.data

    antialiasing: true
    border.color: Theme.increasedContrast ? Theme.borderStrong : Theme.borderSubtle
    border.width: 1
    color: Theme.dark ? Theme.bgSidebar : Theme.bgTimeline
    implicitHeight: column.implicitHeight
    radius: 16

    Column {
        id: column

        width: parent.width
    }
}
