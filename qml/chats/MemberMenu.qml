// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Controls

Menu {
    id: memberMenu

    property string userId
    property int role: Chat.Member
    property bool owner: false

    signal roleChosen(int role)
    signal removeChosen

    function choose(role: int) {
        close();
        roleChosen(role);
    }

    MenuItem {
        iconName: "shield-check"
        objectName: "makeAdmin"
        text: qsTr("Make admin")
        visible: memberMenu.owner && memberMenu.role === Chat.Member

        onClicked: memberMenu.choose(Chat.Admin)
    }

    MenuItem {
        iconName: "user"
        objectName: "makeMember"
        text: qsTr("Make an ordinary member")
        visible: memberMenu.owner && memberMenu.role === Chat.Admin

        onClicked: memberMenu.choose(Chat.Member)
    }

    MenuItem {
        danger: true
        iconName: "log-out"
        objectName: "removeMember"
        text: qsTr("Take out of the group")

        onClicked: {
            memberMenu.close();
            memberMenu.removeChosen();
        }
    }
}
