// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/times.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace parley::times {

namespace {

constexpr qint64 weekdayDays = 6;

QString tr(const char *text)
{
    return QCoreApplication::translate("times", text);
}

// The C locale writes seconds everywhere; it is no person's choice.
QLocale locale()
{
    const auto system = QLocale::system();
    return system.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedKingdom)
                                           : system;
}

QDateTime local(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toLocalTime();
}

QString shortDay(const QDate &day, const QDate &today)
{
    const auto age = day.daysTo(today);
    if (age == 1)
        return tr("Yesterday");
    if (age > 1 && age <= weekdayDays)
        return locale().dayName(day.dayOfWeek(), QLocale::ShortFormat);
    if (day.year() == today.year())
        return locale().toString(day, QStringLiteral("d MMM"));
    return locale().toString(day, QLocale::ShortFormat);
}

} // namespace

QString clock(qint64 ms)
{
    return locale().toString(local(ms).time(), QLocale::ShortFormat);
}

QString exact(qint64 ms)
{
    const auto when = local(ms);
    return locale().toString(when.date(), QLocale::LongFormat) + u' '
        + locale().toString(when.time(), QStringLiteral("HH:mm:ss"));
}

QString inList(qint64 ms, const QDate &today)
{
    if (ms <= 0)
        return {};
    const auto day = localDay(ms);
    return day >= today ? clock(ms) : shortDay(day, today);
}

QString dayLabel(const QDate &day, const QDate &today)
{
    const auto age = day.daysTo(today);
    if (age <= 0)
        return tr("Today");
    if (age == 1)
        return tr("Yesterday");
    if (age <= weekdayDays)
        return locale().standaloneDayName(day.dayOfWeek(), QLocale::LongFormat);
    return locale().toString(day, QLocale::LongFormat);
}

QString lastSeen(qint64 ms, const QDate &today)
{
    const auto day = localDay(ms);
    if (day == today)
        return tr("last seen today at %1").arg(clock(ms));
    if (day.daysTo(today) == 1)
        return tr("last seen yesterday at %1").arg(clock(ms));
    return tr("last seen %1").arg(shortDay(day, today));
}

QString date(qint64 ms)
{
    return locale().toString(localDay(ms), QLocale::LongFormat);
}

QDate localDay(qint64 ms)
{
    return local(ms).date();
}

int untilTomorrowMs(const QDateTime &now)
{
    const auto midnight = now.date().addDays(1).startOfDay();
    return static_cast<int>(now.msecsTo(midnight)) + 1'000;
}

} // namespace parley::times
