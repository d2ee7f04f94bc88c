// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// How others see one: picture, name, a line of status that may end by itself.
Column {
    id: section

    required property Session session

    /// In minutes; 0: no end.
    readonly property var ends: [0, 60, 480, 10080]

    spacing: 18

    Row {
        spacing: 20

        Avatar {
            anchors.verticalCenter: parent.verticalCenter
            hue: section.session.hue
            name: section.session.displayName
            picture: section.session.avatarKey
            ringColor: Theme.bgTimeline
            size: 96
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter

            Button {
                kind: Button.Text
                objectName: "changePicture"
                text: qsTr("Change picture")

                onClicked: picker.active = true
            }

            Button {
                kind: Button.DangerText
                objectName: "removePicture"
                text: qsTr("Delete picture")
                visible: section.session.avatarKey !== ""

                onClicked: section.session.removePicture()
            }
        }
    }

    Field {
        id: name

        inputName: "ownName"
        label: qsTr("Name")
        text: section.session.displayName
        width: parent.width

        onAccepted: section.saveName()
    }

    Field {
        id: status

        help: qsTr("A few words under your name.")
        inputName: "ownStatus"
        label: qsTr("Status")
        text: section.session.status
        width: parent.width

        onAccepted: section.save()
    }

    Column {
        spacing: 8
        width: parent.width

        Label {
            font.weight: Font.DemiBold
            text: qsTr("Clear the status after")
            textStyle: Theme.label
            width: parent.width
            wrapMode: Text.Wrap
        }

        Flow {
            id: choice

            property int end: 0

            spacing: 6
            width: parent.width

            Repeater {
                model: section.ends

                FilterChip {
                    required property int modelData

                    checked: choice.end === modelData
                    objectName: "statusEnd" + modelData
                    text: section.endText(modelData)

                    onClicked: choice.end = modelData
                }
            }
        }
    }

    Button {
        busy: section.session.savingProfile
        enabled: section.changed && name.text.trim() !== ""
        objectName: "saveProfile"
        text: qsTr("Save")

        onClicked: section.save()
    }

    readonly property bool nameChanged: name.text.trim() !== session.displayName
    readonly property bool statusChanged: status.text.trim() !== session.status || (choice.end > 0 && status.text.trim() !== "")
    readonly property bool changed: nameChanged || statusChanged

    function saveName() {
        if (nameChanged && name.text.trim() !== "")
            session.setDisplayName(name.text.trim());
    }

    function save() {
        saveName();
        if (statusChanged)
            session.setStatus(status.text.trim(), choice.end);
        choice.end = 0;
    }

    function endText(minutes: int): string {
        switch (minutes) {
        case 60:
            return qsTr("1 hour");
        case 480:
            return qsTr("8 hours");
        case 10080:
            return qsTr("1 week");
        default:
            return qsTr("Never");
        }
    }

    Loader {
        id: picker

        active: false
        source: active ? "PicturePicker.qml" : ""

        onLoaded: (item as PicturePicker)?.open()
    }

    Connections {
        ignoreUnknownSignals: true
        target: picker.item

        function onChosen(file: url) {
            section.session.setPicture(file);
            picker.active = false;
        }

        function onRejected() {
            picker.active = false;
        }
    }
}
