// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley.Controls
import Parley.Theme

/// The top of the palette: what is typed, and the way out.
Item {
    id: field

    property alias text: input.text

    /// A key that moves through what was found: so many rows.
    signal moved(int by)
    signal accepted
    signal closeRequested

    function start(query: string) {
        input.text = query;
        input.forceActiveFocus(Qt.PopupFocusReason);
    }

    implicitHeight: Math.max(58, input.implicitHeight + 28)

    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: 20
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textSecondary
        name: "search"
        size: 20
    }

    TextInput {
        id: input

        activeFocusOnTab: true
        anchors.left: icon.right
        anchors.leftMargin: 14
        anchors.right: close.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        clip: true
        color: Theme.textPrimary
        focus: true
        font.pixelSize: Theme.headline.size
        inputMethodHints: Qt.ImhNoAutoUppercase
        maximumLength: 400
        objectName: "searchQuery"
        selectByMouse: true
        selectedTextColor: Theme.textOnAccent
        selectionColor: Theme.accent

        Accessible.role: Accessible.EditableText
        Accessible.name: qsTr("Search chats, people and messages")
        Accessible.searchEdit: true

        Keys.onDownPressed: field.moved(1)
        Keys.onUpPressed: field.moved(-1)
        Keys.onEnterPressed: field.accepted()
        Keys.onReturnPressed: field.accepted()
        Keys.onEscapePressed: {
            if (text === "")
                field.closeRequested();
            else
                clear();
        }
        Keys.onPressed: event => {
            const rowsOfAPage = 7;
            event.accepted = event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp;
            if (event.accepted)
                field.moved(event.key === Qt.Key_PageDown ? rowsOfAPage : -rowsOfAPage);
        }

        Label {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.textSecondary
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.Normal
            text: qsTr("Search chats, people and messages")
            textStyle: Theme.headline
            visible: input.text === "" && input.preeditText === ""

            Accessible.ignored: true
        }
    }

    IconButton {
        id: close

        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        iconName: "x"
        objectName: "searchClose"
        text: qsTr("Close search")

        onClicked: field.closeRequested()
    }

    Rectangle {
        anchors.bottom: parent.bottom
        color: Theme.borderSubtle
        height: 1
        width: parent.width
    }
}
