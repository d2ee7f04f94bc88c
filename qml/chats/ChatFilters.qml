// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// Which chats the list shows: one choice.
Flickable {
    id: filters

    required property ChatListModel chats

    boundsBehavior: Flickable.StopAtBounds
    clip: contentWidth > width
    contentWidth: Math.max(width, row.implicitWidth + 32)
    flickableDirection: Flickable.HorizontalFlick
    implicitHeight: row.implicitHeight
    interactive: contentWidth > width

    component Filter: FilterChip {
        required property int value

        checked: filters.chats.filter === value

        onClicked: filters.chats.filter = value
    }

    Row {
        id: row

        spacing: 6
        x: Theme.mirrored ? filters.contentWidth - width - 16 : 16

        Filter {
            objectName: "filterAll"
            text: qsTr("All")
            value: ChatListModel.All
        }

        Filter {
            count: filters.chats.unreadChats
            objectName: "filterUnread"
            text: qsTr("Unread")
            value: ChatListModel.Unread
        }

        Filter {
            objectName: "filterGroups"
            text: qsTr("Groups")
            value: ChatListModel.Groups
        }
    }
}
