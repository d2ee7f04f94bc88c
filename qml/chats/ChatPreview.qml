// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme
import Parley.Timeline

/// The second line of a chat in the list.
Item {
    id: preview

    property int kind: ChatListModel.Nothing
    property int systemKind: 0
    property string sender
    property string text
    property bool mine: false
    property bool inGroup: false
    property bool failed: false
    property bool request: false
    property string draft
    property var typingNames: []

    readonly property bool typing: typingNames.length > 0
    readonly property bool drafting: !failed && draft !== ""

    function beginning(): string {
        if (typing)
            return "";
        if (request)
            return qsTr("New:", "before a chat that a stranger began");
        if (failed)
            return qsTr("Not sent:");
        if (drafting)
            return qsTr("Draft:");
        if (kind !== ChatListModel.Text || !inGroup || mine || sender === "")
            return "";
        return qsTr("%1:", "sender before the text").arg(sender);
    }

    function sentence(): string {
        if (typing)
            return inGroup ? qsTr("%1 is typing").arg(typingNames[0]) : qsTr("typing");
        if (drafting)
            return draft;
        switch (kind) {
        case ChatListModel.Deleted:
            return qsTr("Message deleted");
        case ChatListModel.System:
            return words.sentence();
        case ChatListModel.Nothing:
            return inGroup ? qsTr("No messages yet") : "";
        default:
            return text;
        }
    }

    implicitHeight: line.implicitHeight

    SystemWords {
        id: words

        actor: preview.sender
        inGroup: preview.inGroup
        kind: preview.systemKind
        mine: preview.mine
        subject: preview.text
        text: preview.text
    }

    Row {
        id: begin

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        spacing: 5

        TypingDots {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.accentText
            visible: preview.typing
        }

        Label {
            id: lead

            anchors.verticalCenter: parent.verticalCenter
            color: preview.request ? Theme.accentText : preview.failed || preview.drafting ? Theme.dangerText : Theme.textPrimary
            elide: Text.ElideRight
            elideAllowed: true
            text: preview.beginning()
            textStyle: Theme.label
            visible: text !== ""
            width: Math.min(implicitWidth, preview.width * 0.6)

            Accessible.ignored: true
        }
    }

    Label {
        id: line

        anchors.left: begin.right
        anchors.leftMargin: preview.typing || lead.visible ? 5 : 0
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        color: preview.typing ? Theme.accentText : Theme.textSecondary
        elide: Text.ElideRight
        elideAllowed: true
        font.italic: !preview.typing && !preview.drafting && preview.kind === ChatListModel.Deleted
        maximumLineCount: 1
        text: preview.sentence()
        textStyle: Theme.label

        Accessible.ignored: true
    }
}
