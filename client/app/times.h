// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QString>

/// Times and dates as the person's locale writes them. Milliseconds UTC in, local time out.
namespace parley::times {

/// In a bubble: the time of day.
QString clock(qint64 ms);
/// With the date and the seconds.
QString exact(qint64 ms);
/// In the list of chats: the time today, then the day, then the date.
QString inList(qint64 ms, const QDate &today);
/// Above the first message of a day.
QString dayLabel(const QDate &day, const QDate &today);
/// "last seen today at 09:12".
QString lastSeen(qint64 ms, const QDate &today);
QString date(qint64 ms);

QDate localDay(qint64 ms);
/// Until the next midnight here, with a second to spare.
int untilTomorrowMs(const QDateTime &now);

} // namespace parley::times
