// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls

/// Finds someone to take into the group.
Dialog {
    id: dialog

    required property Chat chat
    required property People people

    closable: true
    fillsHeight: true
    objectName: "addMemberDialog"
    sheetOnCompact: true
    title: qsTr("Add to %1").arg(chat.title)

    onAboutToShow: finder.start("")

    PeopleFinder {
        id: finder

        focus: true
        people: dialog.people
        width: parent.width

        onChosen: userId => {
            dialog.close();
            dialog.chat.addMember(userId);
        }
    }
}
