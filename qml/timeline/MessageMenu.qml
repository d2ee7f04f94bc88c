// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley.Controls

/// What can be done with one message: a strip of reactions, then the actions.
Menu {
    id: menu

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
            menu.close();
            chosen();
        }
    }

    header: ReactionStrip {
        visible: menu.canWrite && !menu.failed && !menu.deleted
        width: parent.width

        onChosen: emoji => {
            menu.close();
            menu.reacted(emoji);
        }
    }

    Action {
        iconName: "refresh-cw"
        objectName: "menuRetry"
        text: qsTr("Try again")
        visible: menu.failed

        onChosen: menu.retryChosen()
    }

    Action {
        iconName: "reply"
        mirrorIcon: true
        objectName: "menuReply"
        shortcutText: qsTr("R", "key for reply")
        text: qsTr("Reply")
        visible: menu.canWrite && !menu.failed && !menu.deleted

        onChosen: menu.replyChosen()
    }

    Action {
        iconName: "copy"
        objectName: "menuCopy"
        shortcutText: qsTr("C", "key for copy")
        text: qsTr("Copy text")
        visible: !menu.deleted

        onChosen: menu.copyChosen()
    }

    Action {
        iconName: "pencil"
        objectName: "menuEdit"
        shortcutText: qsTr("E", "key for edit")
        text: qsTr("Edit")
        visible: menu.canEdit && !menu.failed

        onChosen: menu.editChosen()
    }

    Action {
        iconName: "info"
        objectName: "menuDetails"
        text: qsTr("Delivery details")
        visible: menu.mine && !menu.failed

        onChosen: menu.detailsChosen()
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
        visible: menu.canDelete && !menu.failed && !menu.deleted

        onChosen: menu.removeChosen()
    }

    Action {
        id: discard

        danger: true
        iconName: "trash-2"
        objectName: "menuDiscard"
        text: qsTr("Delete")
        visible: menu.failed

        onChosen: menu.discardChosen()
    }
}
