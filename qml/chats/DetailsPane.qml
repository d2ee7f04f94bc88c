// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// About the open chat: a group with its members, or the other person.
Rectangle {
    id: pane

    required property Chat chat
    required property People people

    signal closeRequested

    color: Theme.compact ? Theme.bgTimeline : Theme.bgSidebar

    Accessible.role: Accessible.Pane
    Accessible.name: head.text

    Rectangle {
        color: Theme.borderSubtle
        height: parent.height
        visible: !Theme.compact
        width: 1
    }

    Item {
        id: top

        height: Math.max(60, head.implicitHeight + 24)
        width: parent.width

        Heading {
            id: head

            anchors.left: parent.left
            anchors.leftMargin: 20
            anchors.right: close.left
            anchors.verticalCenter: parent.verticalCenter
            text: pane.chat.isGroup ? qsTr("Group info") : qsTr("Profile")
            textStyle: Theme.chatTitle
            wrapMode: Text.Wrap
        }

        IconButton {
            id: close

            anchors.right: parent.right
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            iconName: "x"
            objectName: "closeDetails"
            text: qsTr("Close")

            onClicked: pane.closeRequested()
        }
    }

    Flickable {
        anchors.bottom: parent.bottom
        anchors.top: top.bottom
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: column.implicitHeight + 32
        contentWidth: width
        width: parent.width

        Column {
            id: column

            spacing: 16
            width: parent.width

            DetailsHead {
                chat: pane.chat
                width: parent.width

                onRenameRequested: renameDialog.open()
            }

            DetailsActions {
                chat: pane.chat
                width: parent.width

                onAddRequested: addDialog.open()
                onLeaveRequested: leaveDialog.open()
                onBlockRequested: blockDialog.open()
            }

            MembersList {
                chat: pane.chat
                visible: pane.chat.isGroup
                width: parent.width
            }
        }
    }

    RenameDialog {
        id: renameDialog

        chat: pane.chat
    }

    AddMemberDialog {
        id: addDialog

        chat: pane.chat
        people: pane.people
    }

    LeaveDialog {
        id: leaveDialog

        chatTitle: pane.chat.title

        onConfirmed: pane.chat.leave()
    }

    BlockDialog {
        id: blockDialog

        chatTitle: pane.chat.title

        onConfirmed: pane.chat.block()
    }
}
