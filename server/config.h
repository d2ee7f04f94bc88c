// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/session.h"
#include "shared/result.h"

#include <QtCore/QMap>
#include <QtCore/QProcessEnvironment>
#include <QtCore/QStringList>

namespace parley {

/// Everything that an admin may set, with its defaults. One TOML file, then PARLEY_SECTION_KEY of
/// the environment, then the command line. A value; any thread.
struct Config {
    struct General {
        QString name = QStringLiteral("Parley"); ///< shown to people
        QString dataFolder;
        qint64 gatewayThreads = 0; ///< 0: one for each core
        qint64 readerThreads = 2;
        bool thinSockets = true; ///< false: Qt's own, which keep more memory
    };
    struct Listen {
        QString address = QStringLiteral("127.0.0.1");
        qint64 port = 8008; ///< 0: any free one
        QString certificate; ///< PEM, the chain; empty: no TLS
        QString privateKey; ///< PEM
        QStringList origins; ///< allowed values of Origin; native clients send none
        QStringList proxies; ///< addresses whose X-Forwarded-For is believed
        bool plainAnywhere = false; ///< without TLS on other addresses than loopback
    };
    /// Of one connection, one address, one user.
    struct Limits {
        qint64 pendingPerAddress = 20; ///< connections that have not signed in
        qint64 pending = 2'000; ///< of all addresses
        qint64 connections = 100'000;
        qint64 sendQueueBytes = limits::sendQueueBytes;
        qint64 commandsBurst = 2'000; ///< of one user
        qint64 commandsPerSecond = 200;
        qint64 addressBurst = 20'000; ///< commands of one address
        qint64 addressPerSecond = 2'000;
        qint64 findsBurst = 20; ///< findUser of one user
        qint64 findsPerMinute = 20;
        qint64 commandQueue = 50'000; ///< commands that wait for the message service
        qint64 readQueue = 10'000; ///< reads that wait for a reader
        qint64 batch = 1'000; ///< commands that the message service takes at once
        qint64 requestsPerHour = 5; ///< new chats with strangers of one user
        ServerLimits announced; ///< what `welcome` says
    };
    struct Times {
        qint64 signInMs = limits::signInMs; ///< until the `hello` has arrived
        qint64 heartbeatMs = limits::heartbeatMs;
        qint64 silenceMs = limits::silenceMs;
        qint64 lagDrainMs = limits::lagDrainMs;
        qint64 goAwayMs = 10'000; ///< over which clients come back after a stop
    };
    struct Accounts {
        qint64 passwordMemoryMib = 64;
        qint64 passwordOperations = 2;
        qint64 passwordThreads = 2;
        qint64 passwordQueue = 64;
        qint64 attemptsPerMinute = 5; ///< of one account from one address
        qint64 addressAttemptsPerMinute = 20; ///< of one address
        qint64 inviteHours = 72; ///< how long an invite holds unless said otherwise
        /// Where one asks before one writes to strangers or adds them: "everywhere", "direct"
        /// (chats alone), or "nowhere".
        QString asking = QStringLiteral("everywhere");
    };

    General server;
    Listen listen;
    Limits limits;
    Times times;
    Accounts accounts;
    /// By key ("listen.port"), what set it, as errors name it: file, line and key; a variable of
    /// the environment; an option. Nothing for a default.
    QMap<QString, QString> places;

    /// Reads the file, then the environment. An error's text names file, line and key.
    static Result<Config> load(const QString &path, const QProcessEnvironment &environment);
    /// The same from text; `path` is for messages only.
    static Result<Config> parse(
        const QByteArray &toml, const QString &path, const QProcessEnvironment &environment);
    /// Without a file: the defaults and the environment.
    static Result<Config> defaults(const QProcessEnvironment &environment);
    /// What no key shows by itself: TLS off loopback, a certificate without its key, no data
    /// folder. An error's text begins with the place of the key that is at fault.
    Status check() const;
};

} // namespace parley
