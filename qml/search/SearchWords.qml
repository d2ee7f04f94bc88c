// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml
import Parley

/// The words for what a search says about itself.
QtObject {
    /// What is wrong with the query.
    function fault(kind: int, typed: string): string {
        switch (kind) {
        case Search.UnknownKind:
            return qsTr("“has:%1” finds nothing. There are has:link and has:reply.").arg(typed);
        case Search.NoDate:
            return qsTr("“%1” is not a date. Write 2024-05-12, 2024-05, 2024, today or yesterday.").arg(typed);
        case Search.NobodyNamed:
            return qsTr("You know nobody called “%1”.").arg(typed);
        case Search.NoChatNamed:
            return qsTr("You have no chat called “%1”.").arg(typed);
        default:
            return "";
        }
    }

    /// How much of the history it sees, when that is not all of it.
    function reach(indexing: bool, completeFrom: string): string {
        if (indexing)
            return qsTr("The search is still being prepared. Some messages may be missing.");
        if (completeFrom === "")
            return "";
        return qsTr("Complete back to %1. Earlier messages are fetched in quiet moments.").arg(completeFrom);
    }
}
