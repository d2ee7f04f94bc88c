// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"
#include "tests/bench/talk.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace parley::bench {

/// Who somebody is on the server, and the token or password that shows it.
struct Ticket {
    QString name;
    UserId user; ///< Parley alone
    QByteArray secret;
};

/// What went wrong in a run. Every run prints the number, and the first sentence.
class Faults {
public:
    void add(const QString &what)
    {
        if (m_count++ == 0)
            m_first = what;
    }
    void add(const char *what) { add(QString::fromLatin1(what)); }
    void add(quint64 count, const char *what)
    {
        if (count == 0)
            return;
        add(what);
        m_count += count - 1;
    }
    quint64 count() const { return m_count; }
    const QString &first() const { return m_first; }

private:
    quint64 m_count = 0;
    QString m_first;
};

/// One user with one connection, whatever the protocol: comes, is prepared for its partner, talks.
class Speaker {
public:
    virtual ~Speaker() = default;

    /// Connects and signs in.
    virtual void start() = 0;
    virtual bool isThere() const = 0;
    /// There, and with everything that it had when it left.
    virtual bool isBack() const { return isThere(); }
    virtual void stop() = 0;
    /// Says that it is still there, in the way of its protocol; called every 20 s. The relay wants
    /// to hear of nobody.
    virtual void beat() { }

    /// What has to be done before two can talk, step by step, by all together.
    virtual int steps() const { return 0; }
    virtual void doStep(int /*step*/) { }
    virtual bool isStepDone() const { return true; }

    /// From now on it says what the voice of its number has to say, and tells what its partner's
    /// said.
    virtual void join(Talk &talk, quint16 run) = 0;
    /// The talk is over, and about to end.
    virtual void part() = 0;
    virtual void say() = 0;
};

} // namespace parley::bench
