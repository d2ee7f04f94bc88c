// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// A field for a username, who was found, and the people one knows.
FocusScope {
    id: finder

    required property People people
    /// Check marks, for choosing several.
    property bool choosing: false

    signal chosen(string userId)
    signal unchosen(string userId)

    function start(query: string) {
        people.reset();
        field.text = query;
        field.forceActiveFocus();
    }

    /// For the next search.
    function clear() {
        field.clear();
    }

    function isKnown(userId: string): bool {
        for (let at = 0; at < known.count; ++at) {
            if ((known.itemAt(at) as KnownPerson)?.userId === userId)
                return true;
        }
        return false;
    }

    function answer(): string {
        switch (people.find) {
        case People.Searching:
            return qsTr("Looking…");
        case People.NotFound:
            return qsTr("Nobody has the username “%1”. Ask for the exact one.").arg(people.query);
        case People.Limited:
            return qsTr("Too many searches. Wait a moment, then try again.");
        default:
            return "";
        }
    }

    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width

        SearchField {
            id: field

            focus: true
            hint: qsTr("Username")
            inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
            objectName: "peopleQuery"
            raised: true
            width: parent.width - 48
            x: 24

            onTextChanged: finder.people.query = text
        }

        Paragraph {
            bottomPadding: 8
            color: Theme.textSecondary
            leftPadding: 24
            objectName: "peopleAnswer"
            rightPadding: 24
            text: finder.answer()
            textStyle: Theme.small
            topPadding: 12
            visible: text !== ""
            width: parent.width
        }

        Item {
            height: 8
            width: 1
        }

        PersonRow {
            choosing: finder.choosing
            hue: finder.people.result.hue
            name: finder.people.result.name
            objectName: "foundPerson"
            picture: finder.people.result.avatarKey
            userName: finder.people.result.userName
            visible: finder.people.find === People.Found && !finder.isKnown(finder.people.result.userId)
            width: parent.width

            onClicked: finder.chosen(finder.people.result.userId)
        }

        Heading {
            bottomPadding: 4
            color: Theme.textSecondary
            font.weight: Font.DemiBold
            leftPadding: 24
            text: qsTr("People you know")
            textStyle: Theme.small
            topPadding: 8
            visible: known.count > 0
        }

        Repeater {
            id: known

            model: finder.people.known

            KnownPerson {
                choosing: finder.choosing
                width: column.width

                onClicked: {
                    if (isChosen)
                        finder.unchosen(userId);
                    else
                        finder.chosen(userId);
                }
            }
        }
    }
}
