// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls

/// One shape on white, for looking at its corners.
Rectangle {
    id: root

    property alias shape: shape

    color: "white"

    BubbleShape {
        id: shape

        color: "black"
        height: 60
        width: 120
        x: 20
        y: 20
    }
}
