// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QObject>

namespace parley {

/// Tells when the machine wakes from sleep. One thread, with an event loop.
///
/// Linux: logind's PrepareForSleep on the system bus (DBUS_SYSTEM_BUS_ADDRESS names another one).
/// Elsewhere, and without a bus, a clock that jumped tells the same a little later: compare() sees
/// it, and Client calls that whenever it wakes up anyway.
class SleepWatcher : public QObject {
    Q_OBJECT
public:
    /// A jump between the two clocks by this much is a sleep.
    static constexpr qint64 jumpMs = 10'000;

    explicit SleepWatcher(QObject *parent = nullptr);
    ~SleepWatcher() override;

    /// Whether the system will tell; else only the clocks do.
    bool isToldBySystem() const { return m_isToldBySystem; }
    /// Wall clock and a steady clock that stands still in sleep.
    void compare(qint64 wallMs, qint64 steadyMs);

signals:
    void woke();

private slots:
    void onPrepareForSleep(bool goesToSleep);

private:
    void watchSystem();

    bool m_isToldBySystem = false;
    qint64 m_wallAheadMs = 0;
    bool m_hasCompared = false;
};

} // namespace parley
