// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/replay/speaker.h"

#include <algorithm>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr int againMs = 200; ///< until a sign-in or a new name that was cut is tried again
constexpr int windowRows = 500;

} // namespace

Speaker::Speaker(const ClientOptions &options, ClientThread &thread, Ticket ticket)
    : m_options(options)
    , m_thread(thread)
    , m_ticket(std::move(ticket))
{
}

Speaker::~Speaker()
{
    go();
}

void Speaker::come()
{
    if (m_client)
        return;
    m_client = m_thread.add(m_options);
    connectClient();
    m_client->open();
}

void Speaker::go()
{
    if (!m_client)
        return;
    m_client->disconnect(this);
    m_thread.end(std::exchange(m_client, nullptr));
    m_isOnline = false;
}

void Speaker::connectClient()
{
    connect(m_client, &Client::opened, this, [this](const std::optional<Account> &account) {
        m_hasAccount = account.has_value();
        if (m_hasAccount)
            m_client->requestChats(0);
        else
            signIn();
    });
    connect(m_client, &Client::openFailed, this, &Speaker::refused);
    connect(m_client, &Client::signInFinished, this, [this](const SignInResult &result) {
        m_hasAccount = result.problem == ConnectProblem::None;
        if (result.refusal)
            emit refused(u"signing in: %1"_s.arg(QLatin1String(errorName(*result.refusal))));
        else if (!m_hasAccount)
            QTimer::singleShot(againMs, this, &Speaker::signIn);
    });
    connect(m_client, &Client::connectionChanged, this, [this](const ConnectionStatus &status) {
        m_isOnline = status.state == ConnectionState::Online;
        emit told();
    });
    connect(m_client, &Client::chatsReady, this, [this](quint64, const auto &chats) {
        for (const ChatSummary &chat : chats)
            m_chats[chat.id] = chat;
        emit told();
    });
    connect(m_client, &Client::changed, this, &Speaker::take);
    connect(m_client, &Client::windowReady, this,
        [this](quint64, const TimelineWindow &window) { takeRows(window.chat, window.rows); });
    connect(m_client, &Client::chatCreated, this,
        [this](quint64, const ChatId &chat) { emit created(chat); });
    connect(m_client, &Client::answered, this, &Speaker::answer);
    connect(m_client, &Client::refused, this,
        [this](const ChatId &, ErrorCode code, const QString &sentence) {
            emit refused(u"%1 %2"_s.arg(QLatin1String(errorName(code)), sentence));
        });
}

void Speaker::signIn()
{
    if (m_client && !m_hasAccount)
        m_client->signInWithToken(m_ticket.address, m_ticket.token);
}

void Speaker::say(qsizetype line, const ChatId &chat, const NewMessage &message)
{
    PARLEY_ASSERT(m_client);
    ++m_waiting;
    m_said[chat].push_back({line, message.payload});
    m_client->sendMessage(chat, message);
}

void Speaker::rename(const QString &displayName)
{
    SetProfile profile;
    profile.displayName = displayName;
    m_renames[++m_lastTicket] = displayName;
    m_client->setProfile(m_lastTicket, profile);
}

// A name cannot wait in an outbox: who is cut off says it again.
void Speaker::answer(quint64 ticket, const std::optional<ErrorCode> &refusal)
{
    const auto found = m_renames.find(ticket);
    if (found == m_renames.end())
        return;
    const auto displayName = found->second;
    m_renames.erase(found);
    if (!refusal)
        emit renamed();
    else if (errorClass(*refusal) == ErrorClass::Reject && *refusal != ErrorCode::Cancelled)
        emit refused(u"the name: %1"_s.arg(QLatin1String(errorName(*refusal))));
    else
        QTimer::singleShot(againMs, this, [this, displayName] {
            come();
            rename(displayName);
        });
}

void Speaker::read(const ChatId &chat)
{
    if (const auto known = m_chats.find(chat); known != m_chats.end())
        m_client->markRead(chat, known->second.head);
}

void Speaker::createGroup(const QString &title, const std::vector<UserId> &members)
{
    m_client->createGroup(++m_lastTicket, title, members);
}

void Speaker::createDirect(const UserId &other)
{
    m_client->createDirect(++m_lastTicket, other);
}

qint64 Speaker::head(const ChatId &chat) const
{
    const auto known = m_chats.find(chat);
    return known == m_chats.end() ? 0 : known->second.head;
}

bool Speaker::isComplete(const ChatId &chat) const
{
    const auto known = m_chats.find(chat);
    return known != m_chats.end() && known->second.completeFrom > 0
        && known->second.completeFrom <= known->second.readableFrom;
}

void Speaker::take(const Changes &changes)
{
    if (changes.isReset)
        m_client->requestChats(0);
    for (const auto &chat : changes.chats)
        m_chats[chat.id] = chat;
    for (const auto &change : changes.timelines) {
        if (change.isReset && m_waiting > 0)
            askForWindow(change.chat);
        takeRows(change.chat, change.rows);
    }
    emit told();
}

void Speaker::askForWindow(const ChatId &chat)
{
    WindowRequest request;
    request.chat = chat;
    request.limit = windowRows;
    m_client->requestWindow(0, request);
}

// A client's ids rise in the order in which it was told to send.
void Speaker::takeRows(const ChatId &chat, std::vector<TimelineRow> rows)
{
    std::erase_if(rows, [this](const TimelineRow &row) {
        return row.row.sender != m_ticket.user || m_known.contains(row.row.id);
    });
    std::sort(rows.begin(), rows.end(),
        [](const TimelineRow &one, const TimelineRow &other) { return one.row.id < other.row.id; });
    for (const auto &row : rows)
        takeOwn(chat, row);
}

void Speaker::takeOwn(const ChatId &chat, const TimelineRow &row)
{
    auto &said = m_said[chat];
    auto &unacknowledged = m_unacknowledged[chat];
    const auto &id = row.row.id;
    const bool isMessage = row.row.kind == Kind::Message;
    if (isMessage && !unacknowledged.contains(id) && !said.empty()
        && said.front().payload == row.row.payload) {
        unacknowledged.emplace(id, said.front());
        emit stored(said.front().line, chat, id);
        said.pop_front();
    }
    if (row.failure)
        emit refused(u"a message: %1"_s.arg(QLatin1String(errorName(*row.failure))));
    if (row.row.seq == 0)
        return;
    m_known.insert(id);
    m_waiting -= unacknowledged.erase(id) > 0 ? 1 : 0;
    emit acknowledged({chat, row.row});
}

} // namespace parley
