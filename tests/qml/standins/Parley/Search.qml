// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    enum Fault { NoFault, UnknownKind, NoDate, NobodyNamed, NoChatNamed }

    property string query
    property FoundModel found: FoundModel {}
    property bool searching: false
    property bool more: false
    property int fault: Search.NoFault
    property string faultText
    property bool indexing: false
    property string completeFromText
    property int loads: 0

    function loadMore() {
        loads += 1;
    }

    function reset() {}
}
