// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/support/clientthread.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <map>

namespace parley {

/// Very many real clients in one process, each with its own profile, cache and connection: they
/// come, get to know each other in groups, and say what they are told to say. Lives on the main
/// thread; the clients live on a few others.
class Crowd : public QObject {
    Q_OBJECT
public:
    struct Ticket {
        QString name;
        UserId user;
        QByteArray token;
    };
    struct State {
        int clients = 0;
        int online = 0;
        int inChats = 0; ///< clients that know a chat
        int mostTries = 0; ///< of one client, since the moment that count() was told
        int tries = 0; ///< of all
        friend bool operator==(const State &, const State &) = default;
    };

    Crowd(QString dataFolder, QString server, std::vector<Ticket> tickets);
    ~Crowd() override;

    /// Signs in, a few at a time.
    void come();
    /// Makes a group of each so many that stand together.
    void gather();
    /// One of each so many says something, wherever the server is.
    void say();
    /// From now on the times of tries are noted.
    void noteTries();
    /// Counts the tries that began at or after this moment (wall clock).
    void count(qint64 sinceMs) { m_countedSinceMs = sinceMs; }
    State state() const;

private:
    struct Guest {
        Ticket ticket;
        Client *client = nullptr;
        bool isComing = false;
        bool isOnline = false;
        bool wasWaiting = false; ///< for the time of the next try
        std::optional<ChatId> chat;
        std::vector<qint64> tries;
    };

    static constexpr size_t threads = 2;

    void comeNext();
    void connectGuest(Guest &guest);
    void takeStatus(Guest &guest, const ConnectionStatus &status);
    static void takeChats(Guest &guest, const std::vector<ChatSummary> &chats);

    const QString m_dataFolder;
    const QString m_server;
    std::map<size_t, Guest> m_guests; // their addresses stay
    ClientThread m_threads[threads];
    QTimer m_timer;
    size_t m_next = 0;
    bool m_isNoting = false;
    qint64 m_countedSinceMs = 0;
};

} // namespace parley
