// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/storm/crowd.h"

#include "shared/protocol/text.h"
#include "tests/support/world.h"

#include <QtCore/QDateTime>

#include <algorithm>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr int comeEveryMs = 5;
constexpr size_t comingAtOnce = 64; ///< that are not online yet
constexpr size_t groupSize = 20;
constexpr size_t sayers = 10; ///< one of so many

} // namespace

Crowd::Crowd(QString dataFolder, QString server, std::vector<Ticket> tickets)
    : m_dataFolder(std::move(dataFolder))
    , m_server(std::move(server))
{
    for (size_t number = 0; number < tickets.size(); ++number)
        m_guests[number].ticket = std::move(tickets[number]);
    connect(&m_timer, &QTimer::timeout, this, &Crowd::comeNext);
}

Crowd::~Crowd()
{
    for (auto &[number, guest] : m_guests) {
        if (guest.client == nullptr)
            continue;
        guest.client->disconnect(this);
        m_threads[number % threads].end(guest.client);
    }
}

void Crowd::come()
{
    m_timer.start(comeEveryMs);
}

void Crowd::comeNext()
{
    auto coming = static_cast<size_t>(
        std::ranges::count_if(m_guests, [](const auto &each) { return each.second.isComing; }));
    for (; m_next < m_guests.size() && coming < comingAtOnce; ++m_next, ++coming) {
        Guest &guest = m_guests.at(m_next);
        guest.isComing = true;
        guest.client = m_threads[m_next % threads].add(programOf(m_dataFolder, guest.ticket.name));
        connectGuest(guest);
        guest.client->open();
    }
    if (m_next == m_guests.size())
        m_timer.stop();
}

void Crowd::connectGuest(Guest &guest)
{
    Client *client = guest.client;
    connect(client, &Client::opened, this, [this, &guest](const auto &account) {
        guest.client->requestChats(0);
        if (!account)
            guest.client->signInWithToken(m_server, guest.ticket.token);
    });
    connect(
        client, &Client::tokenConsentNeeded, client, [client] { client->allowTokenFile(true); });
    connect(client, &Client::connectionChanged, this,
        [this, &guest](const ConnectionStatus &status) { takeStatus(guest, status); });
    connect(client, &Client::chatsReady, this,
        [&guest](quint64, const auto &chats) { takeChats(guest, chats); });
    connect(client, &Client::changed, this,
        [&guest](const Changes &changes) { takeChats(guest, changes.chats); });
}

// The way to the next try is told in two steps: when it is due, then that it is under way.
void Crowd::takeStatus(Guest &guest, const ConnectionStatus &status)
{
    guest.isOnline = status.state == ConnectionState::Online;
    guest.isComing = guest.isComing && !guest.isOnline;
    const bool isWaiting = status.retryAtMs != 0;
    if (guest.wasWaiting && !isWaiting && m_isNoting)
        guest.tries.push_back(QDateTime::currentMSecsSinceEpoch());
    guest.wasWaiting = isWaiting;
}

void Crowd::takeChats(Guest &guest, const std::vector<ChatSummary> &chats)
{
    if (!chats.empty() && !guest.chat)
        guest.chat = chats.front().id;
}

void Crowd::gather()
{
    for (size_t first = 0; first < m_guests.size(); first += groupSize) {
        std::vector<UserId> others;
        for (size_t other = first + 1; other < std::min(first + groupSize, m_guests.size());
             ++other)
            others.push_back(m_guests.at(other).ticket.user);
        m_guests.at(first).client->createGroup(1, u"storm"_s, others);
    }
}

void Crowd::say()
{
    for (auto &[number, guest] : m_guests) {
        if (number % sayers != 0 || !guest.chat)
            continue;
        TextBody body;
        body.text = u"is anybody there?"_s;
        NewMessage message;
        message.payload = toCbor(body);
        guest.client->sendMessage(*guest.chat, message);
    }
}

void Crowd::noteTries()
{
    m_isNoting = true;
    for (auto &[number, guest] : m_guests)
        guest.tries.clear();
}

Crowd::State Crowd::state() const
{
    State state;
    for (const auto &[number, guest] : m_guests) {
        ++state.clients;
        state.online += guest.isOnline ? 1 : 0;
        state.inChats += guest.chat ? 1 : 0;
        const auto tries = static_cast<int>(std::ranges::count_if(
            guest.tries, [this](qint64 time) { return time >= m_countedSinceMs; }));
        state.tries += tries;
        state.mostTries = std::max(state.mostTries, tries);
    }
    return state;
}

} // namespace parley
