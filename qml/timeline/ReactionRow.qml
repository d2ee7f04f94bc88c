// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley.Controls
import Parley.Theme

/// The reactions to a message, at most six kinds of them.
Row {
    id: row

    property var reactions: []

    readonly property int shownKinds: 6

    signal toggled(string emoji)

    spacing: 2

    Repeater {
        model: row.reactions.slice(0, row.shownKinds)

        ReactionChip {
            required property var modelData

            count: modelData.count
            emoji: modelData.emoji
            mine: modelData.mine
            who: modelData.names.join(qsTr(", ", "between the names of people"))

            onClicked: row.toggled(emoji)
        }
    }

    Label {
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        leftPadding: 4
        text: qsTr("+%1", "more kinds of reactions").arg(row.reactions.length - row.shownKinds)
        textStyle: Theme.overline
        visible: row.reactions.length > row.shownKinds
    }
}
