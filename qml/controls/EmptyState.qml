// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// What stands where nothing is yet: an icon, one sentence, one line, one button.
Item {
    id: empty

    property string iconName: "messages-square"
    property string title
    property string text
    property string action
    property string actionName

    signal triggered

    implicitHeight: column.implicitHeight + 48

    Column {
        id: column

        anchors.centerIn: parent
        spacing: 10
        width: Math.min(parent.width - 48, 340)

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            antialiasing: true
            color: Theme.accentTint
            height: width
            radius: width / 2
            width: 84

            Icon {
                anchors.centerIn: parent
                color: Theme.accentText
                name: empty.iconName
                size: 38
            }
        }

        Item {
            height: 4
            width: 1
        }

        Heading {
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            text: empty.title
            width: parent.width
            wrapMode: Text.Wrap
        }

        Paragraph {
            color: Theme.textSecondary
            horizontalAlignment: Text.AlignHCenter
            text: empty.text
            visible: text !== ""
            width: parent.width
        }

        Item {
            height: 6
            visible: empty.action !== ""
            width: 1
        }

        Button {
            anchors.horizontalCenter: parent.horizontalCenter
            objectName: empty.actionName
            text: empty.action
            visible: text !== ""
            width: Math.min(implicitWidth, parent.width)

            onClicked: empty.triggered()
        }
    }
}
