// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/text.h"
#include "tests/e2e/replay/irclog.h"

#include <optional>

/// What the people of a day do in Parley, made from the channel's log. Pure.
namespace parley {

/// Somebody of the day, with an account.
struct PlannedPerson {
    QString userName; ///< by the rules of user names, unique
    QString displayName; ///< the first nick as it was
};

/// One thing that one person does.
struct PlannedStep {
    qsizetype line = 0; ///< of the log
    int minute = 0;
    int person = 0;
    std::optional<QString> newName; ///< takes another display name, and says nothing
    QString text;
    bool isAction = false;
    std::optional<qsizetype> repliesTo; ///< an earlier line that is said, too
    std::optional<int> addressed; ///< whom the text begins with
    qsizetype addressLength = 0; ///< in UTF-16 code units
    bool isAlsoDirect = false; ///< said in the chat of the pair, too
};

struct DayPlan {
    std::vector<PlannedPerson> people;
    std::vector<PlannedStep> steps;
    int first = 0; ///< one of the pair
    int second = 0;
    int droppedReplies = 0; ///< to lines that were not said
    int silentNickChanges = 0; ///< of people who have not said anything, or to a nick that is taken
};

/// A day without two people cannot be replayed.
Result<DayPlan> planDay(
    const std::vector<IrcLine> &lines, const std::map<qsizetype, qsizetype> &replies);

} // namespace parley
