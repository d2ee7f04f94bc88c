// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Controls

/// A setting that is on or off. The switch shows the setting; a click asks for the other value.
SettingRow {
    id: row

    property bool on: false
    property string switchName

    signal toggled(bool on)

    Switch {
        checkable: false
        checked: row.on
        objectName: row.switchName
        text: row.text

        onClicked: row.toggled(!row.on)
    }
}
