// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma Singleton
import QtQuick

/// The one look in use: colours (see Colours, made from tokens.json), type, measures, motion.
/// The window sets its inputs; everything else only reads.
Colours {
    id: theme

    // Inputs.
    property bool touch: false
    property bool compact: false
    property bool reducedMotion: false
    property real textScale: 1
    // The linter of Qt 6.4 does not know this property of the application.
    property bool mirrored: Qt.application.layoutDirection === Qt.RightToLeft // qmllint disable

    // Type.
    readonly property TextStyle display: TextStyle {
        size: theme.px(28)
        line: theme.px(34)
        weight: Font.Bold
        tracking: -0.6
    }
    readonly property TextStyle title: TextStyle {
        size: theme.px(theme.touch ? 22 : 20)
        line: theme.px(theme.touch ? 28 : 26)
        weight: Font.Bold
        tracking: -0.3
    }
    readonly property TextStyle headline: TextStyle {
        size: theme.px(17)
        line: theme.px(22)
        weight: Font.DemiBold
    }
    readonly property TextStyle chatTitle: TextStyle {
        size: theme.px(16)
        line: theme.px(20)
        weight: Font.DemiBold
    }
    readonly property TextStyle body: TextStyle {
        size: theme.px(theme.touch ? 16 : 15)
        line: theme.px(theme.touch ? 22 : 20)
    }
    readonly property TextStyle label: TextStyle {
        size: theme.px(theme.touch ? 15 : 14)
        line: theme.px(theme.touch ? 20 : 18)
    }
    readonly property TextStyle small: TextStyle {
        size: theme.px(13)
        line: theme.px(17)
        weight: Font.Medium
    }
    readonly property TextStyle caption: TextStyle {
        size: theme.px(theme.touch ? 13 : 12.5)
        line: theme.px(theme.touch ? 17 : 16)
    }
    readonly property TextStyle overline: TextStyle {
        size: theme.px(12)
        line: theme.px(16)
        weight: Font.DemiBold
    }
    readonly property TextStyle micro: TextStyle {
        size: theme.px(theme.touch ? 11.5 : 11)
        line: theme.px(theme.touch ? 15 : 14)
    }

    // What lies between a dialog and the window.
    readonly property color scrimFill: Qt.alpha(scrim, dark ? 0.55 : 0.45)

    // Measures.
    readonly property int target: touch ? 44 : 36
    readonly property int gutter: touch ? 10 : 20
    readonly property int bubbleRadius: 18
    readonly property int tightRadius: 6
    readonly property int menuRadius: 14
    readonly property int dialogRadius: 20
    readonly property int sheetRadius: 24
    readonly property int controlRadius: 12
    readonly property int rowRadius: 14

    // Motion, in milliseconds.
    readonly property int fast: reducedMotion ? 0 : 100
    readonly property int normal: reducedMotion ? 0 : 180
    readonly property int slow: reducedMotion ? 0 : 280
    readonly property int exit: reducedMotion ? 0 : 120
    readonly property int send: reducedMotion ? 0 : 220
    property int fade: 100
    readonly property var standardCurve: [0.2, 0, 0, 1, 1, 1]
    readonly property var decelerateCurve: [0.05, 0.7, 0.1, 1, 1, 1]
    readonly property var accelerateCurve: [0.3, 0, 0.8, 0.15, 1, 1]

    readonly property var textScales: [0.85, 1, 1.15, 1.3, 1.5, 1.75, 2]

    /// Markup of the presenter, in which what a search looks for stands in a colour to be named.
    function markedIn(ink: color, markup: string): string {
        return markup.replace(/<font color="mark">/g, "<font color=\"" + ink + "\">");
    }

    /// The text scale so many steps from another one; the ordinary one for no step.
    function nextTextScale(scale: real, by: int): real {
        let at = 1;
        for (let candidate = 0; candidate < textScales.length; ++candidate) {
            if (Math.abs(textScales[candidate] - scale) < 0.01)
                at = candidate;
        }
        const next = by === 0 ? 1 : Math.max(0, Math.min(textScales.length - 1, at + by));
        return textScales[next];
    }

    /// A length that follows the text size.
    function px(length: real): int {
        return Math.round(length * textScale);
    }
}
