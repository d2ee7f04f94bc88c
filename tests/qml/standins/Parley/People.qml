// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    enum Find { Idle, Searching, Found, NotFound, Limited }

    property string query
    property int find: People.Idle
    property var result: ({
            userId: "",
            name: "",
            userName: "",
            hue: 0,
            avatarKey: ""
        })
    property UsersModel known: UsersModel {}
    property UsersModel chosen: UsersModel {}
    property var calls: []

    signal opened(string chatId)

    function choose(userId: string) {
        calls = [...calls, "choose " + userId];
    }

    function unchoose(userId: string) {
        calls = [...calls, "unchoose " + userId];
    }

    function startChat(userId: string) {
        calls = [...calls, "startChat " + userId];
    }

    function createGroup(title: string) {
        calls = [...calls, "createGroup " + title];
    }

    function reset() {
        query = "";
    }
}
