// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// One line of a card: what it is, a word about it, and a control at the end.
Item {
    id: row

    default property alias control: slot.data
    property string text
    property string help
    property bool last: false

    implicitHeight: Math.max(58, words.implicitHeight + 24, slot.height + 20)
    width: parent ? parent.width : 0

    Column {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: 18
        anchors.right: slot.left
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        Label {
            font.weight: Font.Medium
            text: row.text
            width: parent.width
            wrapMode: Text.Wrap
        }

        Label {
            color: Theme.textSecondary
            font.weight: Font.Normal
            text: row.help
            textStyle: Theme.small
            visible: text !== ""
            width: parent.width
            wrapMode: Text.Wrap
        }
    }

    Item {
        id: slot

        anchors.right: parent.right
        anchors.rightMargin: 18
        anchors.verticalCenter: parent.verticalCenter
        height: childrenRect.height
        width: childrenRect.width
    }

    Rectangle {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.leftMargin: 18
        anchors.right: parent.right
        color: Theme.borderSubtle
        height: 1
        visible: !row.last
    }
}
