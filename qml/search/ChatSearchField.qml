// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// Where one writes what a chat is searched for. Esc, arrows and Enter are for the bar around it.
FocusScope {
    id: field

    property alias text: input.text
    readonly property alias preeditText: input.preeditText

    function start() {
        input.forceActiveFocus(Qt.ShortcutFocusReason);
        input.selectAll();
    }

    implicitHeight: Math.max(Theme.touch ? 44 : 36, Theme.label.size + 18)

    Rectangle {
        anchors.fill: parent
        antialiasing: true
        border.color: Theme.focusRing
        border.width: input.activeFocus ? 2 : 0
        color: Theme.bgSunken
        radius: Theme.touch ? 14 : 12
    }

    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: 11
        anchors.verticalCenter: parent.verticalCenter
        name: "search"
        size: Theme.touch ? 20 : 18
    }

    TextInput {
        id: input

        activeFocusOnTab: true
        anchors.bottom: parent.bottom
        anchors.left: icon.right
        anchors.leftMargin: 8
        anchors.right: parent.right
        anchors.rightMargin: 11
        anchors.top: parent.top
        clip: true
        color: Theme.textPrimary
        focus: true
        font.pixelSize: Theme.label.size
        inputMethodHints: Qt.ImhNoAutoUppercase
        maximumLength: 400
        objectName: "chatSearchQuery"
        selectByMouse: true
        selectedTextColor: Theme.textOnAccent
        selectionColor: Theme.accent
        verticalAlignment: TextInput.AlignVCenter

        Accessible.role: Accessible.EditableText
        Accessible.name: qsTr("Search in this chat")
        Accessible.searchEdit: true

        Label {
            anchors.fill: parent
            color: Theme.textSecondary
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.Normal
            text: qsTr("Search in this chat")
            textStyle: Theme.label
            visible: input.text === "" && input.preeditText === ""

            Accessible.ignored: true
        }
    }
}
