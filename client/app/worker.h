// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/client.h"
#include "client/timeline/preparer.h"

#include <QtCore/QThread>

namespace parley {

/// The thread on which the client works, with the client and the preparer on it. main() makes it
/// first and ends it last: what was asked before the end is done, then files and connection close.
class Worker {
public:
    /// A client that does not close by then is left to the operating system.
    static constexpr int closeMs = 10'000;

    explicit Worker(const ClientOptions &options);
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    Client &client() { return *m_client; }
    Preparer &preparer() { return *m_preparer; }

    void start();
    /// Returns when everything is closed; idempotent.
    void stop();

private:
    QThread m_thread;
    // Deleted on their thread, when it ends.
    Client *m_client;
    Preparer *m_preparer;
    bool m_wasStarted = false;
};

} // namespace parley
