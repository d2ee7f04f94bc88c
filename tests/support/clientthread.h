// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/client.h"

#include <QtCore/QThread>

namespace parley {

/// A thread on which clients live, as many as one likes. Ends with its owner, who ends the clients
/// first.
class ClientThread {
public:
    ClientThread();
    ~ClientThread();
    ClientThread(const ClientThread &) = delete;
    ClientThread &operator=(const ClientThread &) = delete;

    Client *add(const ClientOptions &options);
    /// Closes its files and deletes it; returns when that is done.
    void end(Client *client);
    /// Runs it on the thread, and returns when it is done.
    void run(const std::function<void()> &function);

private:
    QThread m_thread;
    QObject m_place; ///< lives on the thread
};

} // namespace parley
