// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls

/// Gives a group another name.
Dialog {
    id: dialog

    required property Chat chat

    function save() {
        if (!saving.enabled)
            return;
        close();
        chat.setTitle(field.text.trim());
    }

    objectName: "renameDialog"
    title: qsTr("Change the name")

    onAboutToShow: {
        field.text = chat.title;
        field.forceActiveFocus();
        field.selectAll();
    }

    Item {
        height: field.implicitHeight
        width: parent.width

        Field {
            id: field

            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.right: parent.right
            anchors.rightMargin: 24
            inputName: "groupName"
            label: qsTr("Group name")

            onAccepted: dialog.save()
        }
    }

    footer: [
        Button {
            id: saving

            enabled: field.text.trim() !== ""
            objectName: "saveGroupName"
            text: qsTr("Save")

            onClicked: dialog.save()
        },
        Button {
            kind: Button.Tonal
            text: qsTr("Cancel")

            onClicked: dialog.close()
        }
    ]
}
