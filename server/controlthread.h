// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/admin/adminsocket.h"
#include "server/config.h"

#include <QtCore/QThread>
#include <QtNetwork/QTcpServer>

namespace parley {

/// The thread of what is rare: accepting connections, and the admin's questions. Owned by the
/// server.
class ControlThread {
public:
    ControlThread();
    ~ControlThread();
    ControlThread(const ControlThread &) = delete;
    ControlThread &operator=(const ControlThread &) = delete;

    /// Listens for the admin, with a reader that is opened on the thread.
    Status listenForAdmin(const QString &path, StoreReaders &readers,
        std::function<AdminDesk::Parts(StoreReader &)> parts);
    /// Listens for clients; `accepted` gets each connection's descriptor, on the thread.
    Status listen(const Config::Listen &listen, std::function<void(qintptr)> accepted);
    quint16 port() const { return m_port; }

    void answered(InternalAnswer answer);
    /// Runs it there some time soon. Any thread.
    void post(std::function<void()> job);
    /// No new connections, no new questions.
    void stopListening();
    void stop();

private:
    void run(const std::function<void()> &job);

    std::unique_ptr<StoreReader> m_reader;
    std::unique_ptr<AdminDesk> m_desk;
    std::unique_ptr<AdminSocket> m_socket;
    std::unique_ptr<QTcpServer> m_acceptor;
    quint16 m_port = 0;
    QThread m_thread;
    QObject m_home; ///< lives on the thread
};

} // namespace parley
