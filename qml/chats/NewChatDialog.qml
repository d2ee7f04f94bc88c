// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls

/// Finds someone to write to, or goes on to a group.
Dialog {
    id: dialog

    required property People people
    /// Who is looked for at once.
    property string query

    signal groupRequested

    closable: true
    fillsHeight: true
    objectName: "newChatDialog"
    sheetOnCompact: true
    title: qsTr("New chat")

    onAboutToShow: finder.start(query)
    onClosed: query = ""

    MenuItem {
        iconName: "users"
        objectName: "newGroup"
        text: qsTr("New group")
        width: parent.width - 28
        x: 14

        onClicked: {
            dialog.close();
            dialog.groupRequested();
        }
    }

    PeopleFinder {
        id: finder

        focus: true
        people: dialog.people
        width: parent.width

        onChosen: userId => {
            dialog.close();
            dialog.people.startChat(userId);
        }
    }
}
