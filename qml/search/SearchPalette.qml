// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import QtQuick.Templates as T
import Parley
import Parley.Controls
import Parley.Theme

/// Chats, people, messages and actions behind one field; a page on phones. The field keeps the
/// focus, its arrows move through what was found.
T.Popup {
    id: finder

    required property Search search
    /// What had the focus gets it back.
    property Item focusBefore: null
    /// Until the arrows are used the first result is the chosen one, whatever comes in before it.
    property bool hasMoved: false

    readonly property real roomWidth: parent ? parent.width : 0
    readonly property real roomHeight: parent ? parent.height : 0
    readonly property real wantedHeight: field.implicitHeight + notes.implicitHeight + list.contentHeight + reach.implicitHeight + 8
    readonly property real mostHeight: Theme.compact ? roomHeight : Math.min(roomHeight - y - 24, 560)

    /// For assistive technology.
    readonly property string outcome: {
        if (!opened || search.query.trim() === "" || search.searching || search.fault !== Search.NoFault)
            return "";
        if (search.found.results === 0)
            return qsTr("Nothing found");
        return search.more ? qsTr("%n or more result(s)", "", search.found.results) : qsTr("%n result(s)", "", search.found.results);
    }

    signal announced(string sentence)
    signal chatChosen(string chatId)
    signal personChosen(string userId)
    signal messageChosen(string chatId, string messageId)
    signal newChatChosen(string query)
    signal themeSwitched

    function sectionName(section: int): string {
        switch (section) {
        case FoundModel.Names:
            return search.query.trim() === "" ? qsTr("Recent chats") : qsTr("Chats and people");
        case FoundModel.Messages:
            return qsTr("Messages");
        default:
            return qsTr("Actions");
        }
    }

    function choose(row: FoundRow) {
        if (!row)
            return;
        const query = search.query.trim();
        const kind = row.kind;
        const chatId = row.chatId;
        const userId = row.userId;
        const messageId = row.messageId;
        close(); // and the row is gone
        switch (kind) {
        case FoundModel.Chat:
            chatChosen(chatId);
            break;
        case FoundModel.Person:
            personChosen(userId);
            break;
        case FoundModel.Message:
            messageChosen(chatId, messageId);
            break;
        case FoundModel.NewChat:
            newChatChosen(query);
            break;
        case FoundModel.SwitchTheme:
            themeSwitched();
            break;
        }
    }

    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    dim: !Theme.compact
    focus: true
    height: Theme.compact ? roomHeight : Math.min(wantedHeight, mostHeight)
    modal: true
    objectName: "searchPalette"
    padding: 0
    parent: T.Overlay.overlay
    width: Theme.compact ? roomWidth : Math.min(600, roomWidth - 32)
    x: Math.round((roomWidth - width) / 2)
    y: Theme.compact ? 0 : Math.min(90, Math.round(roomHeight / 8))

    T.Overlay.modal: Rectangle {
        color: Theme.scrimFill
    }

    onOutcomeChanged: announced(outcome)
    onAboutToShow: {
        focusBefore = parent?.Window.activeFocusItem ?? null;
        search.reset();
        field.start(search.query);
        hasMoved = false;
        list.currentIndex = 0;
    }
    onClosed: {
        search.reset();
        // Unless what was done has moved it on.
        const now = parent?.Window.activeFocusItem ?? null;
        if (focusBefore !== null && (now === null || !now.activeFocusOnTab))
            focusBefore.forceActiveFocus();
    }

    enter: Transition {
        NumberAnimation {
            duration: Theme.fade
            from: 0
            property: "opacity"
            to: 1
        }
    }
    exit: Transition {
        NumberAnimation {
            duration: Theme.fade
            property: "opacity"
            to: 0
        }
    }

    background: RaisedSurface {
        level: 4
        radius: Theme.compact ? 0 : Theme.dialogRadius
    }

    FocusScope {
        anchors.fill: parent
        focus: true
        LayoutMirroring.enabled: Theme.mirrored
        LayoutMirroring.childrenInherit: true

        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Search")

        PaletteField {
            id: field

            focus: true
            width: parent.width

            onAccepted: finder.choose(list.currentItem as FoundRow)
            onCloseRequested: finder.close()
            onMoved: by => {
                finder.hasMoved = true;
                list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + by));
            }
            onTextChanged: {
                finder.search.query = text;
                finder.hasMoved = false;
                list.currentIndex = 0;
            }
        }

        SearchNotes {
            id: notes

            anchors.top: field.bottom
            search: finder.search
            width: parent.width
        }

        ListView {
            id: list

            anchors.bottom: reach.top
            anchors.bottomMargin: 8
            anchors.top: notes.bottom
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            highlightFollowsCurrentItem: false
            keyNavigationEnabled: false
            model: finder.search.found
            objectName: "foundList"
            width: parent.width

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Results")

            onAtYEndChanged: {
                if (atYEnd)
                    finder.search.loadMore();
            }
            onCountChanged: {
                if (!finder.hasMoved || currentIndex < 0)
                    currentIndex = 0;
            }
            onCurrentIndexChanged: {
                if (currentIndex === 0)
                    positionViewAtBeginning();
                else
                    positionViewAtIndex(currentIndex, ListView.Contain);
            }

            // Their headings stand in the rows: Qt 6.4 makes no other delegates of bound components.
            section.property: "section"

            delegate: FoundRow {
                id: row

                current: ListView.isCurrentItem
                heading: ListView.section !== ListView.previousSection ? finder.sectionName(section) : ""
                query: finder.search.query
                width: list.width

                onClicked: finder.choose(row)
            }
        }

        SearchReach {
            id: reach

            anchors.bottom: parent.bottom
            search: finder.search
            width: parent.width
        }

        Rectangle {
            color: Theme.accent
            height: 2
            visible: finder.search.searching && finder.search.found.results === 0
            width: parent.width
            y: field.height - 1
        }
    }
}
