// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

Column {
    id: section

    required property Settings settings
    required property Session session
    required property string version

    spacing: 14

    component Fact: SettingRow {
        id: fact

        property string value

        Label {
            color: Theme.textSecondary
            elide: Text.ElideMiddle
            elideAllowed: true
            text: fact.value
            textStyle: Theme.label
            width: Math.min(implicitWidth, section.width * 0.5)
        }
    }

    Card {
        width: parent.width

        Fact {
            text: qsTr("Server")
            value: section.session.serverName
        }

        Fact {
            text: qsTr("Username")
            value: section.session.userName
        }

        Fact {
            last: true
            text: qsTr("Version")
            value: section.version
        }
    }

    Button {
        kind: Button.DangerText
        objectName: "signOut"
        text: qsTr("Sign out of this device")

        onClicked: signOutDialog.open()
    }

    SignOutDialog {
        id: signOutDialog

        onConfirmed: section.settings.signOut()
    }
}
