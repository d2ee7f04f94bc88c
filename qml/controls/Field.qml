// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// A line of input with its label above and help, success or error below.
FocusScope {
    id: field

    property string label
    property string help
    property string error
    property bool success: false
    property bool busy: false
    property bool password: false
    property alias text: input.text
    property string placeholder
    property alias inputMethodHints: input.inputMethodHints
    property alias maximumLength: input.maximumLength
    property alias readOnly: input.readOnly
    property string inputName

    readonly property bool revealed: reveal.checked

    signal accepted
    signal edited
    signal focusLost

    function selectAll() {
        input.selectAll();
    }

    implicitHeight: column.implicitHeight
    implicitWidth: 280

    Column {
        id: column

        spacing: 6
        width: parent.width

        Label {
            font.weight: Font.DemiBold
            text: field.label
            textStyle: Theme.label
            visible: text !== ""
            width: parent.width
            wrapMode: Text.Wrap

            Accessible.ignored: true
        }

        TextInput {
            id: input

            activeFocusOnTab: true
            clip: true
            color: Theme.textPrimary
            echoMode: field.password && !field.revealed ? TextInput.Password : TextInput.Normal
            focus: true
            font.pixelSize: Theme.body.size
            height: Math.max(Theme.touch ? 50 : 44, Theme.body.size + 26)
            leftPadding: 14
            objectName: field.inputName
            opacity: enabled ? 1 : 0.45
            passwordCharacter: "•"
            rightPadding: marks.width + 16
            selectByMouse: true
            selectedTextColor: Theme.textOnAccent
            selectionColor: Theme.accent
            verticalAlignment: TextInput.AlignVCenter
            width: parent.width

            // Its echo mode says what it is: with passwordEdit set, Qt 6.4 withholds the name, too.
            Accessible.role: Accessible.EditableText
            Accessible.name: field.label === "" ? field.placeholder : field.label
            Accessible.description: field.error === "" ? field.help : field.error

            onAccepted: field.accepted()
            onActiveFocusChanged: {
                if (!activeFocus)
                    field.focusLost();
            }
            onTextEdited: field.edited()

            Rectangle {
                anchors.fill: parent
                antialiasing: true
                border.color: field.error !== "" ? Theme.danger : input.activeFocus ? Theme.focusRing : Theme.borderStrong
                border.width: input.activeFocus || field.error !== "" ? 2 : 1
                color: Theme.bgRaised
                radius: Theme.controlRadius
                z: -1
            }

            Label {
                anchors.fill: parent
                anchors.leftMargin: input.leftPadding
                anchors.rightMargin: input.rightPadding
                color: Theme.textSecondary
                elide: Text.ElideRight
                elideAllowed: true
                text: field.placeholder
                visible: input.text === "" && input.preeditText === ""

                Accessible.ignored: true
            }

            Row {
                id: marks

                anchors.right: parent.right
                anchors.rightMargin: Theme.touch ? 4 : 8
                anchors.verticalCenter: parent.verticalCenter

                Spinner {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: field.busy
                }

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.successText
                    name: "check"
                    size: 18
                    visible: field.success && !field.busy
                }

                IconButton {
                    id: reveal

                    anchors.verticalCenter: parent.verticalCenter
                    checkable: true
                    iconName: "eye"
                    iconSize: 18
                    objectName: field.inputName + "Reveal"
                    size: Theme.touch ? 44 : 32
                    text: checked ? qsTr("Hide password") : qsTr("Show password")
                    visible: field.password
                }

                Item {
                    height: 1
                    visible: field.busy || field.success
                    width: 6
                }
            }
        }

        Paragraph {
            color: field.error !== "" ? Theme.dangerText : field.success ? Theme.successText : Theme.textSecondary
            objectName: field.inputName + "Help"
            text: field.error === "" ? field.help : field.error
            textStyle: Theme.small
            visible: text !== ""
            width: parent.width
        }
    }
}
