// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

Label {
    textStyle: Theme.title

    Accessible.role: Accessible.Heading
    Accessible.name: text
}
