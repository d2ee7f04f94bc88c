// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// The members of a group, with what an admin may do to them.
Column {
    id: list

    required property Chat chat

    readonly property bool mayManage: chat.canWrite && chat.myRole !== Chat.Member

    Heading {
        bottomPadding: 4
        color: Theme.textSecondary
        font.weight: Font.DemiBold
        leftPadding: 20
        text: qsTr("Members")
        textStyle: Theme.small
    }

    Repeater {
        model: list.chat.members

        MemberRow {
            id: row

            manageable: list.mayManage && !isMe && (list.chat.myRole === Chat.Owner || role === Chat.Member)
            ringColor: Theme.compact ? Theme.bgTimeline : Theme.bgSidebar
            width: list.width

            onMenuRequested: {
                menu.userId = row.userId;
                menu.role = row.role;
                menu.openAt(row, Qt.point(row.width - menu.width - 12, row.height));
            }
        }
    }

    MemberMenu {
        id: menu

        owner: list.chat.myRole === Chat.Owner

        onRemoveChosen: list.chat.removeMember(userId)
        onRoleChosen: role => list.chat.setRole(userId, role)
    }
}
