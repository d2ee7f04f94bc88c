// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley.Controls
import Parley.Theme

/// The message that is answered, inside the answer's bubble. A click goes to it.
T.AbstractButton {
    id: quote

    property string sender
    property int hue: 0
    property string quoted
    property bool gone: false
    property bool outgoing: false

    readonly property real wantedWidth: Math.max(who.implicitWidth, what.implicitWidth) + 24
    readonly property color nameColor: outgoing ? Theme.bubbleOutText : Theme.personName(hue)

    enabled: !gone
    focusPolicy: Qt.NoFocus
    implicitHeight: lines.implicitHeight + 11

    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Go to the message of %1").arg(sender)

    background: Rectangle {
        antialiasing: true
        color: quote.outgoing ? Theme.bubbleOutQuote : Theme.bubbleInQuote
        radius: 8
    }

    Rectangle {
        antialiasing: true
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 6
        anchors.left: parent.left
        anchors.leftMargin: 5
        anchors.top: parent.top
        anchors.topMargin: 6
        color: quote.outgoing ? Theme.bubbleOutMeta : Theme.personName(quote.hue)
        radius: 1.5
        width: 3
    }

    Column {
        id: lines

        anchors.left: parent.left
        anchors.leftMargin: 15
        anchors.right: parent.right
        anchors.rightMargin: 9
        anchors.verticalCenter: parent.verticalCenter
        spacing: 1

        Label {
            id: who

            color: quote.nameColor
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.DemiBold
            text: quote.sender
            textStyle: Theme.small
            visible: text !== ""
            width: parent.width

            Accessible.ignored: true
        }

        Label {
            id: what

            color: quote.outgoing ? Theme.bubbleOutMeta : Theme.bubbleInMeta
            elide: Text.ElideRight
            elideAllowed: true
            font.italic: quote.gone
            font.weight: Font.Normal
            maximumLineCount: 1
            text: quote.gone ? qsTr("Message deleted") : quote.quoted
            textStyle: Theme.small
            width: parent.width

            Accessible.ignored: true
        }
    }
}
