// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    property bool open: false
    property string query
    property bool looking: query.trim() !== "" && fault === 0
    property bool searching: false
    property int count: 0
    property bool more: false
    property int position: 0
    property string currentId
    property bool hasOlder: position < count
    property bool hasNewer: position > 1
    property int fault: 0
    property string faultText
    property bool indexing: false
    property string completeFromText
    property var steps: []

    function older() {
        steps = [...steps, "older"];
        position = Math.min(count, position + 1);
    }

    function newer() {
        steps = [...steps, "newer"];
        position = Math.max(1, position - 1);
    }
}
