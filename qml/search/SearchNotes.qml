// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// What stands above the results: that nothing was found, or what is wrong with the query.
Column {
    id: notes

    required property Search search

    readonly property bool typed: search.query.trim() !== ""

    SearchWords {
        id: words
    }

    Column {
        bottomPadding: 16
        spacing: 6
        topPadding: 24
        visible: notes.typed && notes.search.fault === Search.NoFault && notes.search.found.results === 0 && !notes.search.searching
        width: parent.width

        Heading {
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            leftPadding: 20
            objectName: "searchNothing"
            rightPadding: 20
            text: qsTr("Nothing found for “%1”").arg(notes.search.query.trim())
            textStyle: Theme.headline
            width: parent.width
            wrapMode: Text.Wrap
        }

        Paragraph {
            color: Theme.textSecondary
            horizontalAlignment: Text.AlignHCenter
            leftPadding: 20
            rightPadding: 20
            text: qsTr("Try fewer words. from:name, in:chat, has:link, has:reply, before: and after: a date narrow a search.")
            textStyle: Theme.small
            width: parent.width
        }
    }

    Paragraph {
        color: Theme.textSecondary
        leftPadding: 20
        objectName: "searchFault"
        rightPadding: 20
        text: words.fault(notes.search.fault, notes.search.faultText)
        textStyle: Theme.small
        bottomPadding: 4
        topPadding: 14
        visible: text !== ""
        width: parent.width

        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
