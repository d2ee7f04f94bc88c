// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

Column {
    id: section

    required property Settings settings

    function step(by: int) {
        settings.textScale = Theme.nextTextScale(settings.textScale, by);
    }

    spacing: 14

    Row {
        id: themes

        readonly property real cardWidth: (width - 2 * spacing) / 3

        spacing: 12
        width: parent.width

        ThemeCard {
            checked: section.settings.theme === Settings.System
            objectName: "themeSystem"
            split: true
            text: qsTr("System")
            width: themes.cardWidth

            onClicked: section.settings.theme = Settings.System
        }

        ThemeCard {
            checked: section.settings.theme === Settings.Light
            objectName: "themeLight"
            text: qsTr("Light")
            width: themes.cardWidth

            onClicked: section.settings.theme = Settings.Light
        }

        ThemeCard {
            checked: section.settings.theme === Settings.Dark
            dark: true
            objectName: "themeDark"
            text: qsTr("Dark")
            width: themes.cardWidth

            onClicked: section.settings.theme = Settings.Dark
        }
    }

    Card {
        width: parent.width

        SettingRow {
            text: qsTr("Accent colour")

            Flow {
                readonly property int columns: Theme.compact ? 3 : 6

                spacing: Theme.touch ? 0 : 8
                width: columns * (Theme.touch ? 44 : 38) - spacing

                Repeater {
                    model: Theme.accentNames

                    AccentButton {
                        required property int index
                        required property string modelData

                        accent: modelData
                        checked: section.settings.accent === index
                        objectName: "accent-" + modelData

                        onClicked: section.settings.accent = index
                    }
                }
            }
        }

        SettingRow {
            text: qsTr("Text size")

            Row {
                spacing: 4

                IconButton {
                    enabled: section.settings.textScale > Theme.textScales[0]
                    iconName: "minus"
                    objectName: "smallerText"
                    text: qsTr("Smaller text")

                    onClicked: section.step(-1)
                }

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.textSecondary
                    horizontalAlignment: Text.AlignHCenter
                    text: qsTr("%1%", "text size").arg(Math.round(section.settings.textScale * 100))
                    textStyle: Theme.label
                    width: Math.max(44, implicitWidth)
                }

                IconButton {
                    enabled: section.settings.textScale < Theme.textScales[Theme.textScales.length - 1]
                    iconName: "plus"
                    objectName: "largerText"
                    text: qsTr("Larger text")

                    onClicked: section.step(1)
                }
            }
        }

        SettingSwitch {
            last: true
            on: section.settings.increasedContrast
            switchName: "increasedContrast"
            text: qsTr("Increase contrast")

            onToggled: on => section.settings.increasedContrast = on
        }
    }

    Card {
        width: parent.width

        SettingSwitch {
            on: section.settings.reducedMotion
            switchName: "reducedMotion"
            text: qsTr("Reduce motion")

            onToggled: on => section.settings.reducedMotion = on
        }

        SettingSwitch {
            help: qsTr("When off, Enter begins a new line and Ctrl+Enter sends.")
            last: true
            on: section.settings.enterSends
            switchName: "enterSends"
            text: qsTr("Enter sends")

            onToggled: on => section.settings.enterSends = on
        }
    }
}
