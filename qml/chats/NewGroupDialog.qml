// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls

/// A name and the people of a new group.
Dialog {
    id: dialog

    required property People people

    function create() {
        if (!creating.enabled)
            return;
        close();
        people.createGroup(nameField.text.trim());
    }

    closable: true
    fillsHeight: true
    objectName: "newGroupDialog"
    sheetOnCompact: true
    title: qsTr("New group")

    onAboutToShow: {
        finder.start("");
        nameField.text = "";
        nameField.forceActiveFocus();
    }

    Item {
        height: nameField.implicitHeight
        width: parent.width

        Field {
            id: nameField

            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.right: parent.right
            anchors.rightMargin: 24
            inputName: "newGroupName"
            label: qsTr("Group name")

            onAccepted: dialog.create()
        }
    }

    Flow {
        spacing: 8
        visible: chosen.count > 0
        width: parent.width - 48
        x: 24

        Repeater {
            id: chosen

            model: dialog.people.chosen

            ChosenChip {
                id: chip

                required property string userId
                required property string name

                text: chip.name

                onClicked: dialog.people.unchoose(userId)
            }
        }
    }

    PeopleFinder {
        id: finder

        choosing: true
        people: dialog.people
        width: parent.width

        onChosen: userId => {
            dialog.people.choose(userId);
            finder.clear();
        }
        onUnchosen: userId => dialog.people.unchoose(userId)
    }

    footer: Button {
        id: creating

        enabled: nameField.text.trim() !== "" && dialog.people.chosen.count > 0
        objectName: "createGroup"
        text: qsTr("Create group")

        onClicked: dialog.create()
    }
}
