// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Theme

/// Esc clears it first; the next one is for whatever the field stands in.
TextInput {
    id: field

    property string hint
    /// On a raised surface the field is inset, elsewhere sunken.
    property bool raised: false

    activeFocusOnTab: true
    clip: true
    color: Theme.textPrimary
    font.pixelSize: Theme.label.size
    height: Math.max(Theme.touch ? 44 : 36, Theme.label.size + 18)
    leftPadding: 38
    rightPadding: Theme.touch ? 48 : 36
    selectByMouse: true
    selectedTextColor: Theme.textOnAccent
    selectionColor: Theme.accent
    verticalAlignment: TextInput.AlignVCenter

    Accessible.role: Accessible.EditableText
    Accessible.name: hint
    Accessible.searchEdit: true

    Keys.onEscapePressed: event => {
        event.accepted = text !== "";
        if (event.accepted)
            clear();
    }

    Rectangle {
        anchors.fill: parent
        antialiasing: true
        border.color: Theme.focusRing
        border.width: field.activeFocus ? 2 : 0
        color: field.raised ? Theme.bgInset : Theme.bgSunken
        radius: Theme.touch ? 14 : 12
        z: -1
    }

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: 11
        anchors.verticalCenter: parent.verticalCenter
        name: "search"
        size: Theme.touch ? 20 : 18
    }

    Label {
        anchors.fill: parent
        anchors.leftMargin: field.leftPadding
        anchors.rightMargin: 12
        color: Theme.textSecondary
        elide: Text.ElideRight
        elideAllowed: true
        text: field.hint
        textStyle: Theme.label
        visible: field.text === "" && field.preeditText === ""

        Accessible.ignored: true
    }

    IconButton {
        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        focusPolicy: Qt.NoFocus
        iconName: "x"
        iconSize: 16
        size: Theme.touch ? 44 : 28
        text: qsTr("Clear search")
        visible: field.text !== ""

        onClicked: field.clear()
    }
}
