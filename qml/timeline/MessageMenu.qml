// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley.Controls

/// What can be done with one message: a strip of reactions, then the actions.
Menu {
    id: messageMenu

    property string messageId
    property bool canWrite: true
    property bool canEdit: false
    property bool canDelete: false
    property bool mine: false
    property bool failed: false
    property bool deleted: false

    signal reacted(string emoji)
    signal replyChosen
    signal copyChosen
    signal editChosen
    signal detailsChosen
    signal removeChosen
    signal retryChosen
    signal discardChosen

    objectName: "messageMenu"

    component Action: MenuItem {
        signal chosen

        onClicked: {
            messageMenu.close();
            chosen();
        }
    }

    header: ReactionStrip {
        visible: messageMenu.canWrite && !messageMenu.failed && !messageMenu.deleted
        width: parent.width

        onChosen: emoji => {
            messageMenu.close();
            messageMenu.reacted(emoji);
        }
    }

    Action {
        iconName: "refresh-cw"
        objectName: "menuRetry"
        text: qsTr("Try again")
        visible: messageMenu.failed

        onChosen: messageMenu.retryChosen()
    }

    Action {
        iconName: "reply"
        mirrorIcon: true
        objectName: "menuReply"
        shortcutText: qsTr("R", "key for reply")
        text: qsTr("Reply")
        visible: messageMenu.canWrite && !messageMenu.failed && !messageMenu.deleted

        onChosen: messageMenu.replyChosen()
    }

    Action {
        iconName: "copy"
        objectName: "menuCopy"
        shortcutText: qsTr("C", "key for copy")
        text: qsTr("Copy text")
        visible: !messageMenu.deleted

        onChosen: messageMenu.copyChosen()
    }

    Action {
        iconName: "pencil"
        objectName: "menuEdit"
        shortcutText: qsTr("E", "key for edit")
        text: qsTr("Edit")
        visible: messageMenu.canEdit && !messageMenu.failed

        onChosen: messageMenu.editChosen()
    }

    Action {
        iconName: "info"
        objectName: "menuDetails"
        text: qsTr("Delivery details")
        visible: messageMenu.mine && !messageMenu.failed

        onChosen: messageMenu.detailsChosen()
    }

    MenuSeparator {
        visible: remove.visible || discard.visible
    }

    Action {
        id: remove

        danger: true
        iconName: "trash-2"
        objectName: "menuDelete"
        shortcutText: qsTr("Del", "key for delete")
        text: qsTr("Delete")
        visible: messageMenu.canDelete && !messageMenu.failed && !messageMenu.deleted

        onChosen: messageMenu.removeChosen()
    }

    Action {
        id: discard

        danger: true
        iconName: "trash-2"
        objectName: "menuDiscard"
        text: qsTr("Delete")
        visible: messageMenu.failed

        onChosen: messageMenu.discardChosen()
    }
}
