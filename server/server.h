// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/config.h"

#include <memory>

namespace parley {

/// The whole server in one object: store, message service, readers, gateways, presence, admin
/// socket. `main` makes one; tests make as many as they like, each with its own data folder and
/// port 0.
///
/// Needs a QCoreApplication, and lives on the thread that made it. Everything else runs on threads
/// of its own: that thread's event loop need not turn for the server to serve.
class Server {
public:
    /// Whether everything that crosses the queue is written as bytes and read again on the way.
    enum class Crossing { AsValues, AsBytes };

    /// Opens the store in `config.server.dataFolder` and listens. An error says what to do: a
    /// folder without a store (NotFound), one that another process uses (Busy), a damaged or newer
    /// one (Damaged), an address that is taken (Unavailable).
    static Result<std::unique_ptr<Server>> start(
        const Config &config, Crossing crossing = Crossing::AsValues);
    /// Stops, as stop() does.
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// What it listens on; the real port when 0 was asked for.
    quint16 port() const;
    /// ws:// or wss:// with address and port, as a client wants it.
    QString url() const;
    QString adminSocketPath() const;

    /// Says goAway, lets what was accepted be committed and answered, closes. Blocks; idempotent.
    void stop();

    /// Makes the data folder and a new store in it, and an invite that makes its user an admin.
    /// Returns the invite's code. Refused when there is a store already (LimitReached), and in a
    /// folder that others can enter and that holds something else (Forbidden).
    static Result<QString> initialise(const Config &config);

private:
    class Part;
    explicit Server(std::unique_ptr<Part> part);
    std::unique_ptr<Part> m_part;
};

} // namespace parley
