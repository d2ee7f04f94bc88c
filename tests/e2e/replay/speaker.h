// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/support/clientthread.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <deque>
#include <map>
#include <set>

namespace parley {

/// One of the day's people: a real client that comes, speaks and goes, and an account that it signs
/// in with. Keeps no more of what it is told than the replay has to know. Lives on the main thread,
/// its client on a ClientThread.
class Speaker : public QObject {
    Q_OBJECT
public:
    /// Where and how to sign in.
    struct Ticket {
        QString address;
        UserId user;
        QByteArray token;
    };
    /// A message of its own that is in the log.
    struct Acknowledged {
        ChatId chat;
        Row row;
    };

    /// `thread` outlives it.
    Speaker(const ClientOptions &options, ClientThread &thread, Ticket ticket);
    ~Speaker() override;

    /// Starts the program; signs in if it never did.
    void come();
    /// Ends the program. Nothing may be waiting.
    void go();
    bool isHere() const { return m_client != nullptr; }
    bool isOnline() const { return m_isOnline; }
    bool isWaiting() const { return m_waiting > 0; }
    UserId user() const { return m_ticket.user; }
    const ClientOptions &options() const { return m_options; }

    /// `line` comes back with the message's id, when the client has stored it. The program is here,
    /// and knows the chat.
    void say(qsizetype line, const ChatId &chat, const NewMessage &message);
    void rename(const QString &displayName);
    void read(const ChatId &chat);
    void createGroup(const QString &title, const std::vector<UserId> &members);
    void createDirect(const UserId &other);

    bool knows(const ChatId &chat) const { return m_chats.contains(chat); }
    /// The highest place that it heard of, and whether it holds everything below.
    qint64 head(const ChatId &chat) const;
    bool isComplete(const ChatId &chat) const;

signals:
    void stored(qsizetype line, const parley::ChatId &chat, const parley::MessageId &message);
    /// Once for each of its own rows, of every kind.
    void acknowledged(const parley::Speaker::Acknowledged &what);
    void created(const parley::ChatId &chat);
    void renamed();
    /// Something was refused for good: the replay has failed.
    void refused(const QString &why);
    /// Anything at all was told.
    void told();

private:
    struct Said {
        qsizetype line = 0;
        QByteArray payload;
    };

    const ClientOptions m_options;
    ClientThread &m_thread;
    const Ticket m_ticket;
    Client *m_client = nullptr; ///< lives on m_thread
    bool m_hasAccount = false;
    bool m_isOnline = false;
    int m_waiting = 0; ///< messages that are not acknowledged
    quint64 m_lastTicket = 0;
    std::map<ChatId, ChatSummary> m_chats;
    std::map<ChatId, std::deque<Said>> m_said; ///< whose ids are not known yet
    std::map<ChatId, std::map<MessageId, Said>> m_unacknowledged;
    std::set<MessageId> m_known; ///< own rows that were told as acknowledged
    std::map<quint64, QString> m_renames;

    void connectClient();
    void signIn();
    void take(const Changes &changes);
    void takeRows(const ChatId &chat, std::vector<TimelineRow> rows);
    void takeOwn(const ChatId &chat, const TimelineRow &row);
    void answer(quint64 ticket, const std::optional<ErrorCode> &refusal);
    void askForWindow(const ChatId &chat);
};

} // namespace parley
