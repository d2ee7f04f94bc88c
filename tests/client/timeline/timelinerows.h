// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/timeline/preparer.h"

namespace parley {

/// Rows as a client would tell them, for tests of what is made of them.
namespace rows {

UserId user(quint8 number);
MessageId id(qint64 number);

/// A text at a place of the log, by default one minute apart from its neighbours.
PreparedRow message(qint64 seq, quint8 sender = 1, const QString &text = {});
PreparedRow at(PreparedRow row, qint64 timeMs);
PreparedRow waiting(qint64 number, qint64 position, const QString &text = {});
PreparedRow system(qint64 seq, Kind kind, quint8 actor = 1);

PreparedWindow window(std::vector<PreparedRow> rows, std::vector<TimelineHole> holes = {});
PreparedWindow range(qint64 low, qint64 high);

/// Noon of a day in 2026 in local time, and so many minutes.
qint64 minuteMs(qint64 minute);

} // namespace rows

} // namespace parley
