// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/person.h"

#include "shared/protocol/text.h"
#include "tests/support/waiting.h"

#include <algorithm>

namespace parley {

namespace {

constexpr int windowRows = 500;

} // namespace

Person::Person(const ClientOptions &options, ClientThread &thread)
    : m_options(options)
    , m_thread(thread)
{
    openProgram();
}

Person::~Person()
{
    closeProgram();
}

void Person::openProgram()
{
    PARLEY_ASSERT(!m_client);
    m_client = m_thread.add(m_options);
    connectClient();
    connectAnswers();
    m_client->open();
}

void Person::closeProgram()
{
    if (!m_client)
        return;
    m_client->disconnect(this);
    m_thread.end(std::exchange(m_client, nullptr));
    m_isOpen = false;
    m_status = {};
    m_chats.clear();
    m_rows.clear();
    m_members.clear();
    m_presence.clear();
    m_typing.clear();
}

void Person::connectClient()
{
    connect(m_client, &Client::opened, this, [this](const std::optional<Account> &account) {
        m_isOpen = true;
        m_account = account;
        askForAll();
        emit told();
    });
    connect(m_client, &Client::connectionChanged, this, [this](const ConnectionStatus &status) {
        m_status = status;
        emit told();
    });
    connect(m_client, &Client::accountChanged, this, [this](const auto &account) {
        m_account = account;
        emit told();
    });
    connect(
        m_client, &Client::tokenConsentNeeded, this, [this] { m_client->allowTokenFile(true); });
    connect(m_client, &Client::signInFinished, this, [this](const SignInResult &result) {
        m_signIn = result;
        emit told();
    });
    connect(m_client, &Client::changed, this, &Person::take);
    connect(m_client, &Client::refused, this, [this](const ChatId &, ErrorCode code) {
        m_refusals.push_back(code);
        emit told();
    });
}

void Person::connectAnswers()
{
    connect(m_client, &Client::chatsReady, this, [this](quint64, const auto &chats) {
        m_chats.clear();
        for (const ChatSummary &chat : chats) {
            m_chats[chat.id] = chat;
            askForWindow(chat.id);
            m_client->requestMembers(0, chat.id);
        }
        emit told();
    });
    connect(m_client, &Client::windowReady, this,
        [this](quint64, const TimelineWindow &window) { takeWindow(window); });
    connect(m_client, &Client::membersReady, this,
        [this](quint64, const ChatId &chat, const std::vector<MemberRow> &members) {
            m_members[chat] = members;
            emit told();
        });
    connect(m_client, &Client::answered, this,
        [this](quint64 ticket, const std::optional<ErrorCode> &refusal) {
            m_outcomes[ticket] = refusal;
            emit told();
        });
    connect(m_client, &Client::chatCreated, this, [this](quint64 ticket, const ChatId &chat) {
        m_created[ticket] = chat;
        emit told();
    });
    connect(m_client, &Client::devicesReady, this, [this](quint64, const auto &devices) {
        m_devices = devices;
        emit told();
    });
    connect(m_client, &Client::userFound, this, [this](quint64, const auto &user) {
        m_found = user;
        emit told();
    });
}

void Person::askForAll()
{
    m_client->requestChats(0);
}

void Person::askForWindow(const ChatId &chat)
{
    WindowRequest request;
    request.chat = chat;
    request.limit = windowRows;
    m_client->requestWindow(0, request);
}

void Person::take(const Changes &changes)
{
    if (changes.isReset) {
        m_rows.clear();
        m_members.clear();
        askForAll();
    }
    for (const auto &chat : changes.chats)
        m_chats[chat.id] = chat;
    for (const auto &chat : changes.chatsGone) {
        m_chats.erase(chat);
        m_rows.erase(chat);
    }
    for (const auto &change : changes.timelines)
        takeTimeline(change);
    for (const auto &chat : changes.members)
        m_client->requestMembers(0, chat);
    for (const auto &user : changes.users)
        m_users[user.id] = user;
    if (changes.self)
        m_users[changes.self->id] = *changes.self;
    for (const auto &row : changes.presence)
        m_presence[row.user] = row.state;
    for (const auto &typing : changes.typing) {
        if (typing.on)
            m_typing.emplace(typing.chat, typing.user);
        else
            m_typing.erase({typing.chat, typing.user});
    }
    emit told();
}

void Person::takeTimeline(const TimelineChange &change)
{
    if (change.isReset) {
        m_rows.erase(change.chat);
        askForWindow(change.chat);
    }
    for (const auto &row : change.rows)
        takeRow(change.chat, row);
    for (const auto &id : change.gone)
        m_rows[change.chat].erase(id);
}

void Person::takeRow(const ChatId &chat, const TimelineRow &row)
{
    m_rows[chat].insert_or_assign(row.row.id, row);
    auto &shown = m_shown[row.row.id];
    if (row.delivery != Delivery::None
        && std::find(shown.begin(), shown.end(), row.delivery) == shown.end())
        shown.push_back(row.delivery);
    emit rowTold(chat, row);
}

void Person::takeWindow(const TimelineWindow &window)
{
    for (const auto &row : window.rows)
        takeRow(window.chat, row);
    emit told();
}

bool Person::signIn(const QString &address, const QByteArray &token)
{
    m_signIn.reset();
    m_client->signInWithToken(address, token);
    return waitUntil([this] { return m_signIn && m_account; })
        && m_signIn->problem == ConnectProblem::None;
}

const ChatSummary *Person::chat(const ChatId &id) const
{
    const auto found = m_chats.find(id);
    return found == m_chats.end() ? &m_noChat : &found->second;
}

std::vector<TimelineRow> Person::rows(const ChatId &chat) const
{
    std::vector<TimelineRow> rows;
    const auto found = m_rows.find(chat);
    if (found == m_rows.end())
        return rows;
    for (const auto &[id, row] : found->second)
        rows.push_back(row);
    // What waits stands behind everything that has a seq.
    std::sort(rows.begin(), rows.end(), [](const TimelineRow &one, const TimelineRow &other) {
        return std::tuple(one.key.waiting, one.key.seq)
            < std::tuple(other.key.waiting, other.key.seq);
    });
    return rows;
}

std::optional<TimelineRow> Person::row(const ChatId &chat, const MessageId &id) const
{
    const auto rows = m_rows.find(chat);
    if (rows == m_rows.end())
        return std::nullopt;
    const auto row = rows->second.find(id);
    return row == rows->second.end() ? std::nullopt : std::optional(row->second);
}

std::optional<TimelineRow> Person::said(const ChatId &chat, const QString &text) const
{
    const auto all = rows(chat);
    const auto found = std::find_if(all.rbegin(), all.rend(), [&text](const TimelineRow &row) {
        return row.row.kind == Kind::Message && !row.row.deleted && textOf(row.row) == text;
    });
    return found == all.rend() ? std::nullopt : std::optional(*found);
}

QStringList Person::texts(const ChatId &chat) const
{
    QStringList texts;
    for (const auto &row : rows(chat))
        if (row.row.kind == Kind::Message)
            texts += row.row.deleted ? QString() : textOf(row.row);
    return texts;
}

Delivery Person::delivery(const ChatId &chat, const MessageId &id) const
{
    const auto found = row(chat, id);
    if (!found)
        return Delivery::None;
    const auto *const summary = this->chat(chat);
    const bool isSettled =
        found->delivery == Delivery::Sent || found->delivery == Delivery::Delivered;
    return isSettled && knows(chat) ? deliveryOf(found->row.seq, *summary) : found->delivery;
}

std::vector<Delivery> Person::shownStates(const MessageId &id) const
{
    const auto found = m_shown.find(id);
    return found == m_shown.end() ? std::vector<Delivery>() : found->second;
}

std::optional<PresenceState> Person::presence(const UserId &user) const
{
    const auto found = m_presence.find(user);
    return found == m_presence.end() ? std::nullopt : std::optional(found->second);
}

bool Person::isTyping(const ChatId &chat, const UserId &user) const
{
    return m_typing.contains({chat, user});
}

std::optional<UserRow> Person::user(const UserId &user) const
{
    const auto found = m_users.find(user);
    return found == m_users.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::optional<ErrorCode>> Person::outcome(quint64 ticket) const
{
    const auto found = m_outcomes.find(ticket);
    return found == m_outcomes.end() ? std::nullopt : std::optional(found->second);
}

std::vector<MemberRow> Person::members(const ChatId &chat) const
{
    const auto found = m_members.find(chat);
    return found == m_members.end() ? std::vector<MemberRow>() : found->second;
}

std::optional<MemberRow> Person::member(const ChatId &chat, const UserId &user) const
{
    for (const auto &member : members(chat))
        if (member.user == user)
            return member;
    return std::nullopt;
}

MessageId Person::say(const ChatId &chat, const QString &text, std::optional<MessageId> replyTo)
{
    std::set<MessageId> before;
    for (const auto &[id, row] : m_rows[chat])
        before.insert(id);
    NewMessage message;
    message.payload = payloadOf(text);
    message.replyTo = replyTo;
    m_client->sendMessage(chat, message);
    std::optional<MessageId> said;
    const bool isShown = waitUntil([&] {
        for (const auto &[id, row] : m_rows[chat])
            if (row.row.sender == this->id() && !before.contains(id)
                && row.row.payload == message.payload)
                said = id;
        return said.has_value();
    });
    return isShown ? *said : MessageId();
}

void Person::edit(const ChatId &chat, const MessageId &message, const QString &text)
{
    m_client->editMessage(chat, message, payloadOf(text));
}

ChatId Person::startGroup(const QString &title, const std::vector<UserId> &members)
{
    const auto ticket = nextTicket();
    m_client->createGroup(ticket, title, members);
    return awaitChat(ticket);
}

ChatId Person::startDirect(const UserId &other)
{
    const auto ticket = nextTicket();
    m_client->createDirect(ticket, other);
    return awaitChat(ticket);
}

ChatId Person::awaitChat(quint64 ticket)
{
    const bool isThere = waitUntil(
        [&] { return m_created.contains(ticket) && m_chats.contains(m_created[ticket]); });
    return isThere ? m_created[ticket] : ChatId();
}

QByteArray Person::payloadOf(const QString &text)
{
    TextBody body;
    body.text = text;
    return toCbor(body);
}

QString Person::textOf(const Row &row)
{
    const auto body = fromCbor<TextBody>(row.payload);
    return body ? body->text : QString();
}

} // namespace parley
