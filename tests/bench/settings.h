// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QStringList>
#include <QtCore/QUrl>

namespace parley::bench {

/// What the command line asks for.
struct Settings {
    QString scenario;
    // The server: one of its own, unless a URL names one that runs. Its scheme says which protocol
    // is spoken: ws, wss; xmpp, mqtt, relay to compare with.
    QUrl server;
    QString tickets; ///< file with a line for each user: name, id (or -), token or password
    qint64 pid = 0;
    QString program; ///< parleyd
    QString config;
    QString
        data; ///< where a server of its own keeps its store; empty: a folder that goes at the end
    bool isTls = false;
    bool isPinned = false;
    bool isRegistering = false; ///< xmpp: makes the accounts first
    // The work.
    qint64 pairs = 100;
    qint64 outstanding = 4;
    qint64 textBytes = 120;
    qint64 rate = 500;
    qint64 sessions = 1'000;
    qint64 members = 1'000;
    qint64 senders = 1;
    qint64 idle = 10'000;
    qint64 chats = 200;
    qint64 messages = 100'000;
    qint64 parallel = 64; ///< connections that are being made at once
    qint64 operations = 32;
    qint64 sendsAtOnce = 1;
    double seconds = 10;
    double warmUpSeconds = 1;

    /// Ends the program with a sentence where the command line cannot be understood.
    static Settings fromArguments();
    /// What a number is called on the command line.
    static QString optionOf(qint64 Settings::*number);
    bool isServerOwn() const { return server.isEmpty(); }
    bool isParley() const;
    /// Whether the users of the server are told by a file; elsewhere anybody may come.
    bool needsTickets() const { return isParley() || !tickets.isEmpty(); }
    /// How many users the scenario needs.
    size_t users() const;
};

} // namespace parley::bench
