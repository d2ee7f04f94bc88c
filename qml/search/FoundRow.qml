// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Templates as T
import Parley
import Parley.Controls
import Parley.Theme

/// A chat, a person, a message, or what else can be done.
T.ItemDelegate {
    id: row

    required property int index
    required property int kind
    required property int section
    required property string chatId
    required property string userId
    required property string messageId
    required property string title
    required property string userName
    required property string chatTitle
    required property bool isGroup
    required property int memberCount
    required property bool isMine
    required property int hue
    required property string avatarKey
    required property string markup
    required property string plain
    required property bool rtl
    required property string timeText

    property bool current: false
    /// Of the part that begins with this row; empty within it.
    property string heading
    /// What was typed, for actions that use it.
    property string query

    readonly property bool isAction: kind === FoundModel.NewChat || kind === FoundModel.SwitchTheme
    readonly property bool isMessage: kind === FoundModel.Message

    function caption(): string {
        switch (kind) {
        case FoundModel.NewChat:
            return qsTr("New chat with “%1”").arg(query.trim());
        case FoundModel.SwitchTheme:
            return Theme.dark ? qsTr("Switch to light theme") : qsTr("Switch to dark theme");
        case FoundModel.Message:
            return isMine ? qsTr("You") : title;
        default:
            return title;
        }
    }

    function subtitle(): string {
        if (kind === FoundModel.Chat && isGroup)
            return qsTr("Group, %n member(s)", "", memberCount);
        return userName === "" ? "" : qsTr("@%1", "username").arg(userName);
    }

    function sentence(): string {
        if (isMessage)
            return filled(qsTr("%1 in %2, %3: %4", "sender, chat, time, text"), [caption(), chatTitle, timeText, plain]);
        return subtitle() === "" || isAction ? caption() : filled(qsTr("%1, %2", "name, what it is"), [title, subtitle()]);
    }

    /// All places at once: what people wrote may look like a place itself.
    function filled(words: string, texts: var): string {
        return words.replace(/%([1-9])/g, (place, number) => texts[number - 1]);
    }

    focusPolicy: Qt.NoFocus
    hoverEnabled: !Theme.touch
    implicitHeight: head.height + Math.max(isAction ? 44 : Theme.touch ? 64 : 56, lines.implicitHeight + 14)
    objectName: "foundRow"
    text: caption()

    Accessible.role: Accessible.ListItem
    Accessible.name: sentence()
    Accessible.selected: current
    Accessible.focusable: true

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: 8
            anchors.rightMargin: 8
            anchors.topMargin: head.height
            antialiasing: true
            color: row.current ? Theme.bgSelected : row.down ? Theme.bgPressed : row.hovered ? Theme.bgHover : "transparent"
            radius: Theme.controlRadius
        }
    }

    Item {
        id: head

        height: row.heading === "" ? 0 : partName.implicitHeight
        width: parent.width

        Heading {
            id: partName

            anchors.left: parent.left
            anchors.leftMargin: 20
            anchors.right: parent.right
            anchors.rightMargin: 20
            bottomPadding: 5
            color: Theme.textSecondary
            text: row.heading
            textStyle: Theme.overline
            topPadding: 14
            visible: text !== ""
        }
    }

    Avatar {
        id: avatar

        anchors.left: parent.left
        anchors.leftMargin: 20
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: head.height / 2
        hue: row.hue
        name: row.title
        picture: row.avatarKey
        size: 36
        visible: !row.isAction
    }

    Icon {
        anchors.centerIn: avatar
        color: Theme.textSecondary
        name: row.kind === FoundModel.NewChat ? "square-pen" : Theme.dark ? "sun" : "moon"
        size: 18
        visible: row.isAction
    }

    Column {
        id: lines

        anchors.left: avatar.right
        anchors.leftMargin: 12
        anchors.right: parent.right
        anchors.rightMargin: 22
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: head.height / 2
        spacing: 1

        Item {
            height: Math.max(name.implicitHeight, time.implicitHeight)
            width: parent.width

            Label {
                id: name

                anchors.left: parent.left
                elide: Text.ElideRight
                elideAllowed: true
                font.weight: row.isAction ? Font.Medium : Font.DemiBold
                text: row.caption()
                textStyle: Theme.label
                width: Math.min(implicitWidth, parent.width - (time.visible ? time.implicitWidth + 12 : 0))

                Accessible.ignored: true
            }

            Label {
                anchors.baseline: name.baseline
                anchors.left: name.right
                anchors.leftMargin: 8
                anchors.right: time.left
                anchors.rightMargin: 8
                color: Theme.textSecondary
                elide: Text.ElideRight
                elideAllowed: true
                text: row.chatTitle
                textStyle: Theme.caption
                visible: row.isMessage && row.isGroup && width > 40

                Accessible.ignored: true
            }

            Label {
                id: time

                anchors.baseline: name.baseline
                anchors.right: parent.right
                color: Theme.textSecondary
                text: row.timeText
                textStyle: Theme.caption
                visible: row.isMessage

                Accessible.ignored: true
            }
        }

        Text {
            property bool elideAllowed: true

            color: Theme.textSecondary
            elide: Text.ElideRight
            font.pixelSize: Theme.small.size
            horizontalAlignment: row.rtl ? Text.AlignRight : Text.AlignLeft
            maximumLineCount: 1
            text: Theme.markedIn(Theme.accentText, row.markup)
            textFormat: Text.StyledText
            visible: row.isMessage
            width: parent.width

            Accessible.ignored: true
        }

        Label {
            color: Theme.textSecondary
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.Normal
            text: row.subtitle()
            textStyle: Theme.small
            visible: text !== "" && !row.isMessage && !row.isAction
            width: parent.width

            Accessible.ignored: true
        }
    }
}
