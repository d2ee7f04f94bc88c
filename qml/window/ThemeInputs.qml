// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Theme

/// Binds the theme to the settings and to the window's width.
Item {
    id: inputs

    required property Settings settings
    property bool compact: false

    readonly property bool touchPlatform: Qt.platform.os === "android" || Qt.platform.os === "ios"

    Binding {
        property: "dark"
        target: Theme
        value: inputs.settings.dark
    }

    Binding {
        property: "accentName"
        target: Theme
        value: Theme.accentNames[inputs.settings.accent] ?? Theme.accentNames[0]
    }

    Binding {
        property: "textScale"
        target: Theme
        value: inputs.settings.textScale
    }

    Binding {
        property: "increasedContrast"
        target: Theme
        value: inputs.settings.increasedContrast
    }

    Binding {
        property: "reducedMotion"
        target: Theme
        value: inputs.settings.reducedMotion
    }

    Binding {
        property: "compact"
        target: Theme
        value: inputs.compact
    }

    Binding {
        property: "touch"
        target: Theme
        value: inputs.compact || inputs.touchPlatform
    }
}
