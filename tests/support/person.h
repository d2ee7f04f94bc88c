// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/support/clientthread.h"

#include <QtCore/QObject>

#include <map>
#include <set>

namespace parley {

/// Somebody in front of a real client: says things, and knows what the client has told the screen
/// and nothing else. Lives on the test's thread; the client lives on a ClientThread.
class Person : public QObject {
    Q_OBJECT
public:
    /// Opens the profile. `thread` outlives the person.
    Person(const ClientOptions &options, ClientThread &thread);
    ~Person() override;

    Client &client() { return *m_client; }
    /// Ends the program, and starts it again later on the same files.
    void closeProgram();
    void openProgram();
    QString folder() const { return profileFolder(m_options); }

    /// Waits until the account is kept; the connection comes by itself.
    bool signIn(const QString &address, const QByteArray &token);

    // What the screen was told.
    const ConnectionStatus &status() const { return m_status; }
    bool isOnline() const { return m_status.state == ConnectionState::Online; }
    const std::optional<SignInResult> &signInResult() const { return m_signIn; }
    bool isOpen() const { return m_isOpen; }
    const std::optional<Account> &account() const { return m_account; }
    UserId id() const { return m_account ? m_account->user : UserId(); }
    bool knows(const ChatId &chat) const { return m_chats.contains(chat); }
    /// An empty one for a chat that is not known.
    const ChatSummary *chat(const ChatId &id) const;
    const std::map<ChatId, ChatSummary> &chats() const { return m_chats; }
    /// In their order, waiting ones last.
    std::vector<TimelineRow> rows(const ChatId &chat) const;
    std::optional<TimelineRow> row(const ChatId &chat, const MessageId &id) const;
    /// The newest row with this text.
    std::optional<TimelineRow> said(const ChatId &chat, const QString &text) const;
    /// The texts of all messages, in their order, deleted ones as nothing.
    QStringList texts(const ChatId &chat) const;
    Delivery delivery(const ChatId &chat, const MessageId &id) const;
    /// Every state in which a message was shown, in the order of their first showing.
    std::vector<Delivery> shownStates(const MessageId &id) const;
    std::optional<PresenceState> presence(const UserId &user) const;
    bool isTyping(const ChatId &chat, const UserId &user) const;
    std::optional<UserRow> user(const UserId &user) const;
    /// What was refused: stored by nobody, or by the server for good.
    const std::vector<ErrorCode> &refusals() const { return m_refusals; }
    /// The outcome of a request with a ticket.
    std::optional<std::optional<ErrorCode>> outcome(quint64 ticket) const;
    const std::vector<DeviceRow> &devices() const { return m_devices; }
    const std::optional<UserRow> &found() const { return m_found; }
    /// Members as the client last told them; asks again whenever they change.
    std::vector<MemberRow> members(const ChatId &chat) const;
    std::optional<MemberRow> member(const ChatId &chat, const UserId &user) const;

    // What the person does. Those that give an id wait until it is on the screen.
    MessageId say(const ChatId &chat, const QString &text, std::optional<MessageId> replyTo = {});
    void edit(const ChatId &chat, const MessageId &message, const QString &text);
    ChatId startGroup(const QString &title, const std::vector<UserId> &members);
    ChatId startDirect(const UserId &other);
    quint64 nextTicket() { return ++m_ticket; }

    static QByteArray payloadOf(const QString &text);
    static QString textOf(const Row &row);

signals:
    /// Anything of the above is new.
    void told();
    /// A row as the client tells it, each time.
    void rowTold(const parley::ChatId &chat, const parley::TimelineRow &row);

private:
    const ClientOptions m_options;
    ClientThread &m_thread;
    Client *m_client = nullptr; ///< lives on m_thread
    quint64 m_ticket = 0;

    bool m_isOpen = false;
    ConnectionStatus m_status;
    std::optional<Account> m_account;
    std::optional<SignInResult> m_signIn;
    std::map<ChatId, ChatSummary> m_chats;
    const ChatSummary m_noChat;
    std::map<ChatId, std::map<MessageId, TimelineRow>> m_rows;
    std::map<MessageId, std::vector<Delivery>> m_shown;
    std::map<UserId, PresenceState> m_presence;
    std::map<UserId, UserRow> m_users;
    std::set<std::pair<ChatId, UserId>> m_typing;
    std::vector<ErrorCode> m_refusals;
    std::map<quint64, std::optional<ErrorCode>> m_outcomes;
    std::map<quint64, ChatId> m_created;
    std::map<ChatId, std::vector<MemberRow>> m_members;
    std::vector<DeviceRow> m_devices;
    std::optional<UserRow> m_found;

    void connectClient();
    void connectAnswers();
    void take(const Changes &changes);
    void takeTimeline(const TimelineChange &change);
    void takeRow(const ChatId &chat, const TimelineRow &row);
    void takeWindow(const TimelineWindow &window);
    void askForAll();
    void askForWindow(const ChatId &chat);
    ChatId awaitChat(quint64 ticket);
};

} // namespace parley
