// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml
import Parley

/// The group while it is searched: three hits, one's own among them.
DemoGroup {
    id: group

    search: ChatSearch {
        count: 3
        currentId: "m7"
        open: true
        position: 1
        query: "the"
    }

    Component.onCompleted: {
        const mark = word => "<b><font color=\"mark\">" + word + "</font></b>";
        group.timeline.changeRecord(3, {
            markup: "Meet at " + mark("the") + " station at 6:30? " + mark("The") + " first bus drops us right at " + mark("the") + " trailhead, so we would be on " + mark("the") + " ridge before nine.",
            marked: true
        });
        group.timeline.changeRecord(5, {
            markup: "From last time: " + mark("the") + " light up " + mark("the") + "re at seven is unreal.",
            marked: true
        });
        group.timeline.changeRecord(7, {
            markup: "Count me in. I'll bring " + mark("the") + " stove and proper coffee <font size=\"4\">☕</font>",
            marked: true
        });
    }
}
