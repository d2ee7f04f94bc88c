// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/accounts/passwordhash.h"
#include "server/config.h"
#include "server/queue/queue.h"
#include "server/store/reader.h"
#include "shared/random.h"

#include <QtCore/QJsonObject>

namespace parley {

/// What an admin may ask, as JSON objects: `status`, `user.add` and the rest, answered by a reader,
/// or by the message service through the queue. Without a socket. One thread; every question is
/// answered once, some later. What it refers to outlives it.
class AdminDesk {
public:
    using Reply = std::function<void(QJsonObject)>;
    using Written = std::function<void(const Result<qint64> &bytes)>;
    struct Parts {
        const Config &config;
        StoreReader &reader;
        CommandQueue &queue;
        const PasswordHasher &hasher;
        Random &random;
        /// Counters of the running server, for `status`.
        std::function<QJsonObject()> status;
        std::function<qint64()> nowMs;
        /// Writes a backup to this new file elsewhere, and then calls `written` on the desk's
        /// thread. False, and no call, when too many are asked for.
        std::function<bool(const QString &path, Written written)> backup;
    };

    explicit AdminDesk(Parts parts)
        : m_parts(std::move(parts))
    {
    }

    void handle(const QJsonObject &question, Reply reply);
    /// An answer of the message service.
    void answered(const InternalAnswer &answer);

private:
    /// Tells how a service's answer becomes the admin's.
    using Finish = std::function<QJsonObject()>;
    struct Waiting {
        Reply reply;
        Finish finish;
        size_t open = 1; ///< answers that are still to come
        std::optional<Error> error; ///< of the first that failed
    };
    struct Outgoing {
        std::vector<ServiceCommand> commands;
        Finish finish;
        UserId user{}; ///< as whom it is asked, for commands that do not name one
    };

    void backUp(const QJsonObject &question, const Reply &reply);
    Result<QJsonObject> status();
    Result<QJsonObject> listUsers();
    Result<QJsonObject> listInvites();
    Result<QJsonObject> listDevices(const QJsonObject &question);
    Result<Outgoing> addUser(const QJsonObject &question);
    Result<Outgoing> disableUser(const QJsonObject &question, bool disabled);
    Result<Outgoing> createInvite(const QJsonObject &question);
    Result<Outgoing> revokeInvite(const QJsonObject &question);
    Result<Outgoing> createTokens(const QJsonObject &question);
    Result<Outgoing> revokeDevice(const QJsonObject &question);

    void send(Result<Outgoing> outgoing, Reply reply);
    Result<UserAggregate> userNamed(const QJsonObject &question);

    Parts m_parts;
    RequestNumber m_lastRequest = 0;
    std::map<RequestNumber, std::shared_ptr<Waiting>> m_waiting;
};

} // namespace parley
