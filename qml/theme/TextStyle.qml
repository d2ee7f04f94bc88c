// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

/// One entry of the type scale, already multiplied by the text scale.
QtObject {
    property int size
    property int line
    property int weight: 400
    property real tracking: 0
}
