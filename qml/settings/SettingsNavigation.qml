// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// The groups of settings.
Rectangle {
    id: navigation

    property var sections: []
    property string section

    signal chosen(string key)
    signal backRequested

    color: Theme.compact ? Theme.bgTimeline : Theme.bgSidebar
    height: parent ? parent.height : 0

    Item {
        id: head

        height: Math.max(60, title.implicitHeight + 24)
        width: parent.width

        IconButton {
            id: back

            anchors.left: parent.left
            anchors.leftMargin: 10
            anchors.verticalCenter: parent.verticalCenter
            iconName: "chevron-left"
            iconSize: 22
            mirrorIcon: true
            objectName: "closeSettings"
            text: qsTr("Back to chats")
            visible: !Theme.compact

            onClicked: navigation.backRequested()
        }

        Heading {
            id: title

            anchors.left: back.visible ? back.right : parent.left
            anchors.leftMargin: back.visible ? 6 : 18
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Settings")
        }
    }

    Column {
        id: entries

        anchors.left: parent.left
        anchors.leftMargin: 10
        anchors.right: parent.right
        anchors.rightMargin: 10
        anchors.top: head.bottom
        anchors.topMargin: 8
        spacing: 2

        Repeater {
            model: navigation.sections

            T.AbstractButton {
                id: entry

                required property var modelData

                readonly property bool selected: !Theme.compact && modelData.key === navigation.section

                focusPolicy: Qt.StrongFocus
                height: Math.max(Theme.touch ? 52 : 42, label.implicitHeight + 16)
                hoverEnabled: !Theme.touch
                objectName: "settings-" + modelData.key
                text: modelData.title
                width: entries.width

                Accessible.role: Accessible.Button
                Accessible.name: text

                Keys.onEnterPressed: entry.clicked()
                Keys.onReturnPressed: entry.clicked()

                onClicked: navigation.chosen(modelData.key)

                background: Rectangle {
                    antialiasing: true
                    color: entry.selected ? Theme.bgSelected : entry.down ? Theme.bgPressed : entry.hovered ? Theme.bgHover : "transparent"
                    radius: Theme.controlRadius

                    FocusRing {
                        radius: parent.radius
                        shown: entry.visualFocus
                    }
                }

                Icon {
                    anchors.left: parent.left
                    anchors.leftMargin: 14
                    anchors.verticalCenter: parent.verticalCenter
                    color: entry.selected ? Theme.accentText : Theme.textSecondary
                    name: entry.modelData.icon
                    size: 19
                }

                Icon {
                    anchors.right: parent.right
                    anchors.rightMargin: 12
                    anchors.verticalCenter: parent.verticalCenter
                    mirrorInRtl: true
                    name: "chevron-right"
                    visible: Theme.compact
                }

                Label {
                    id: label

                    anchors.left: parent.left
                    anchors.leftMargin: 46
                    anchors.right: parent.right
                    anchors.rightMargin: 40
                    anchors.verticalCenter: parent.verticalCenter
                    font.weight: entry.selected ? Font.DemiBold : Font.Medium
                    text: entry.text
                    textStyle: Theme.label
                    wrapMode: Text.Wrap

                    Accessible.ignored: true
                }
            }
        }
    }

    Rectangle {
        anchors.right: parent.right
        color: Theme.borderSubtle
        height: parent.height
        visible: !Theme.compact
        width: 1
    }
}
