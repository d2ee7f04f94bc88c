// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// One line of the delivery details: a name and its value.
Item {
    id: fact

    property string name
    property string value

    implicitHeight: Math.max(label.implicitHeight, content.implicitHeight) + 6
    visible: value !== ""
    width: parent ? parent.width : 0

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2", "name of a fact, its value").arg(name).arg(value)

    Label {
        id: label

        anchors.left: parent.left
        anchors.leftMargin: 24
        anchors.right: content.left
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        text: fact.name
        textStyle: Theme.small
        wrapMode: Text.Wrap

        Accessible.ignored: true
    }

    Label {
        id: content

        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        horizontalAlignment: Text.AlignRight
        text: fact.value
        textStyle: Theme.small
        width: Math.min(implicitWidth, fact.width * 0.55)
        wrapMode: Text.Wrap

        Accessible.ignored: true
    }
}
