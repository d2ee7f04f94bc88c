// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// The quick reactions on top of a message's menu.
Item {
    id: strip

    readonly property var emojis: ["👍", "❤️", "😂", "😮", "🎉", "🙏"]
    readonly property int side: Theme.compact ? 48 : Math.min(40, Math.floor(width / emojis.length))

    signal chosen(string emoji)

    height: visible ? side + (Theme.compact ? 12 : 4) : 0

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.compact ? 6 : 0

        Repeater {
            model: strip.emojis

            T.AbstractButton {
                id: button

                required property int index
                required property string modelData

                focusPolicy: Qt.StrongFocus
                height: strip.side
                hoverEnabled: !Theme.touch
                objectName: "react" + index
                text: modelData
                width: strip.side

                Accessible.role: Accessible.Button
                Accessible.name: qsTr("React with %1").arg(text)

                Keys.onEnterPressed: button.clicked()
                Keys.onReturnPressed: button.clicked()

                onClicked: strip.chosen(text)

                background: Rectangle {
                    antialiasing: true
                    color: button.hovered || button.down ? Theme.bgPressed : Theme.compact ? Theme.bgSunken : "transparent"
                    radius: width / 2

                    FocusRing {
                        radius: parent.radius
                        shown: button.visualFocus
                    }
                }

                contentItem: Label {
                    font.pixelSize: Theme.compact ? 27 : 22
                    horizontalAlignment: Text.AlignHCenter
                    text: button.text

                    Accessible.ignored: true
                }
            }
        }
    }
}
