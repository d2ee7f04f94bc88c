// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"

#include <QtCore/QProcess>

#include <memory>
#include <vector>

namespace parley {

/// A parley-chatter as its own process, which may be killed and started again on the same files.
/// Belongs to the supervisor, on its thread, whose event loop turns.
class ChatterProcess {
public:
    struct Place {
        QString program;
        QString folder; ///< of all chatters' profiles
        QString profile;
        QString server;
        QString tokenFile;
        QString journal;
        quint32 seed = 1;
    };

    explicit ChatterProcess(Place place);
    ~ChatterProcess();
    ChatterProcess(const ChatterProcess &) = delete;
    ChatterProcess &operator=(const ChatterProcess &) = delete;

    void start();
    /// SIGKILL; nothing of it runs any more when this returns.
    void kill();
    void pause();
    void resume();
    /// Says that it is to end, and waits until it has; false if it does not.
    bool end();

    void say(const QByteArray &command);
    void found(const std::vector<UserId> &others);

    int chats() const { return m_chats; }
    bool isOnline() const { return m_isOnline; }
    bool isRunning() const { return m_process && m_process->state() == QProcess::Running; }
    qint64 journalLines() const;
    const Place &place() const { return m_place; }

private:
    void hear();

    const Place m_place;
    std::unique_ptr<QProcess> m_process;
    int m_chats = 0;
    bool m_isOnline = false;
};

} // namespace parley
