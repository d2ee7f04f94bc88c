// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick

/// Makes its content only while it is active. Like Loader, whose content of Qt 6.4 cannot see the ids
/// of the file that it is written in.
FocusScope {
    id: slot

    property bool active: true
    default property Component content
    readonly property alias item: repeater.only

    implicitHeight: item?.implicitHeight ?? 0
    implicitWidth: item?.implicitWidth ?? 0

    Repeater {
        id: repeater

        property Item only: null

        delegate: slot.content
        model: slot.active && slot.content ? 1 : 0

        onItemAdded: (index, added) => repeater.only = added
        onItemRemoved: repeater.only = null
    }
}
