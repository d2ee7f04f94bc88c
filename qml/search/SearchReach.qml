// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// How much of the history a search can see, when that is not all of it.
Item {
    id: reach

    required property Search search

    function sentence(): string {
        if (search.query.trim() === "" || search.fault !== Search.NoFault)
            return "";
        return words.reach(search.indexing, search.completeFromText);
    }

    height: implicitHeight
    implicitHeight: note.text === "" ? 0 : note.implicitHeight

    SearchWords {
        id: words
    }

    Rectangle {
        color: Theme.borderSubtle
        height: 1
        visible: note.visible
        width: parent.width
    }

    Paragraph {
        id: note

        bottomPadding: 10
        color: Theme.textSecondary
        leftPadding: 20
        objectName: "searchReach"
        rightPadding: 20
        text: reach.sentence()
        textStyle: Theme.caption
        topPadding: 10
        visible: text !== ""
        width: parent.width
    }
}
