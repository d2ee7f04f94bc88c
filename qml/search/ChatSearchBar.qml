// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// Stands in the place of the chat's header while one searches the chat: what is looked for, how many
/// there are and which one is shown, and the way to the next older and the next newer one.
FocusScope {
    id: bar

    required property ChatSearch search

    /// What is right or wrong with the search itself, in a line of its own.
    readonly property string note: search.looking ? words.reach(search.indexing, search.completeFromText) : words.fault(search.fault, search.faultText)
    readonly property bool nothing: search.looking && !search.searching && search.count === 0
    /// The count stands beside the field, unless that would leave no field.
    readonly property bool roomy: width - actions.width - beside.implicitWidth >= Theme.px(180)

    signal closeRequested
    signal announced(string sentence)

    function start() {
        field.start();
    }

    function count(): string {
        if (nothing)
            return qsTr("Nothing found");
        if (!search.looking || search.count === 0)
            return "";
        const uncertain = search.more || search.indexing;
        if (search.position === 0)
            return uncertain ? qsTr("%n or more result(s)", "", search.count) : qsTr("%n result(s)", "", search.count);
        return (uncertain ? qsTr("%1 of %2+", "which result, of at least so many") : qsTr("%1 of %2", "which result, of so many")).arg(search.position).arg(search.count);
    }

    readonly property string counted: count()

    function step(event) {
        // The end of an input-method composition is no step.
        event.accepted = field.preeditText === "";
        if (!event.accepted)
            return;
        if (event.modifiers & Qt.ShiftModifier)
            search.newer();
        else
            search.older();
    }

    implicitHeight: Math.max(Theme.touch ? 56 : 60, field.height + 16) + (below.visible ? below.implicitHeight : 0)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Search in this chat")

    Keys.onDownPressed: search.newer()
    Keys.onEscapePressed: closeRequested()
    Keys.onUpPressed: search.older()

    onCountedChanged: announced(counted)
    Component.onCompleted: {
        field.text = search.query;
        start();
    }

    SearchWords {
        id: words
    }

    Shortcut {
        sequences: ["F3", "Ctrl+G"]

        onActivated: bar.search.older()
    }

    Shortcut {
        sequences: ["Shift+F3", "Ctrl+Shift+G"]

        onActivated: bar.search.newer()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.bgTimeline
    }

    Item {
        id: line

        height: bar.implicitHeight - (below.visible ? below.implicitHeight : 0)
        width: parent.width

        ChatSearchField {
            id: field

            anchors.left: parent.left
            anchors.leftMargin: Theme.touch ? 8 : 20
            anchors.right: beside.visible ? beside.left : actions.left
            anchors.rightMargin: Theme.touch ? 4 : 12
            anchors.verticalCenter: parent.verticalCenter
            focus: true

            Keys.onEnterPressed: event => bar.step(event)
            Keys.onReturnPressed: event => bar.step(event)

            onTextChanged: bar.search.query = text
        }

        Label {
            id: beside

            anchors.right: actions.left
            anchors.rightMargin: Theme.touch ? 2 : 8
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textSecondary
            objectName: "chatSearchCount"
            text: bar.counted
            textStyle: Theme.small
            visible: bar.roomy && text !== ""
        }

        Row {
            id: actions

            anchors.right: parent.right
            anchors.rightMargin: Theme.touch ? 6 : 14
            anchors.verticalCenter: parent.verticalCenter

            IconButton {
                enabled: bar.search.hasOlder
                iconName: "chevron-up"
                objectName: "chatSearchOlder"
                text: qsTr("Previous result")

                onClicked: bar.search.older()
            }

            IconButton {
                enabled: bar.search.hasNewer
                iconName: "chevron-down"
                objectName: "chatSearchNewer"
                text: qsTr("Next result")

                onClicked: bar.search.newer()
            }

            IconButton {
                iconName: "x"
                objectName: "chatSearchClose"
                text: qsTr("Close search")

                onClicked: bar.closeRequested()
            }
        }
    }

    Column {
        id: below

        anchors.left: parent.left
        anchors.leftMargin: Theme.touch ? 16 : 22
        anchors.right: parent.right
        anchors.rightMargin: anchors.leftMargin
        anchors.top: line.bottom
        bottomPadding: 8
        spacing: 2
        visible: counting.visible || noting.visible

        Label {
            id: counting

            color: Theme.textSecondary
            objectName: "chatSearchCount"
            text: bar.counted
            textStyle: Theme.small
            visible: !bar.roomy && text !== ""
        }

        Paragraph {
            id: noting

            color: Theme.textSecondary
            objectName: "chatSearchNote"
            text: bar.note
            textStyle: Theme.caption
            visible: text !== ""
            width: parent.width
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.accent
        height: 2
        visible: bar.search.searching && bar.search.count === 0
        width: parent.width
    }

    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.borderSubtle
        height: 1
        width: parent.width
    }
}
