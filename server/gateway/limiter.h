// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/accounts/throttle.h"
#include "server/config.h"
#include "server/gateway/tokenbuckets.h"
#include "shared/protocol/frame.h"

#include <QtCore/QMutex>
#include <QtNetwork/QHostAddress>

namespace parley {

/// What limits count as one address: an IPv4 address, or the /64 of an IPv6 address.
QString addressKey(const QHostAddress &address);
/// The same, shortened for logs: the last part is left out.
QString addressForLog(const QString &addressKey);

/// What all gateways share of the limits: connections, commands, attempts to sign in. Any thread;
/// each call holds a lock for a moment.
class Limiter {
public:
    explicit Limiter(const Config &config);

    enum class Admission : quint8 { Admitted, Refused };
    /// A connection that has not signed in. Every admitted one is released once.
    Admission admit(const QString &address);
    /// It has signed in: it is pending no more.
    void signedIn(const QString &address);
    enum class Stage : quint8 { Pending, SignedIn };
    void release(const QString &address, Stage stage);
    qint64 connections() const;

    /// Takes from the buckets of the user, the address and the kind of command.
    Verdict command(
        const UserId &user, const QString &address, const Command &command, qint64 nowMs);

    /// Takes from the bucket of the address: an HTTP request, whatever it carries.
    Verdict request(const QString &address, qint64 nowMs);

    /// Nothing when a password or an invite may be evaluated, else how long to wait.
    std::optional<qint64> beginSignIn(const QString &address, const QString &account, qint64 nowMs);
    void signInSucceeded(const QString &address, const QString &account);

private:
    mutable QMutex m_mutex;
    const Config::Limits m_limits;
    std::unordered_map<QString, qint64> m_pendingByAddress;
    qint64 m_pending = 0;
    qint64 m_connections = 0;
    TokenBuckets<UserId> m_commands;
    TokenBuckets<QString> m_addresses;
    TokenBuckets<UserId> m_messages;
    TokenBuckets<UserId> m_finds;
    SignInThrottle m_throttle;
};

} // namespace parley
