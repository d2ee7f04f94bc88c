// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/peoplefinder.h"

#include "client/app/knownusers.h"
#include "client/client.h"

#include <QtCore/QCollator>

namespace parley {

namespace {

constexpr int searchDelayMs = 400;
/// Names come one by one after a start; the list is sorted when they pause.
constexpr int knownDelayMs = 30;

std::optional<UserId> userFrom(const QString &text)
{
    return UserId::fromText(text.toLatin1());
}

bool fits(const UserRow &row, const QString &name, const QString &query)
{
    return query.isEmpty() || name.contains(query, Qt::CaseInsensitive)
        || row.userName.startsWith(query, Qt::CaseInsensitive);
}

} // namespace

PeopleFinder::PeopleFinder(ScreenWorld &world, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_known(world.users)
    , m_chosen(world.users)
{
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelayMs);
    m_knownTimer.setSingleShot(true);
    m_knownTimer.setInterval(knownDelayMs);
    connect(&m_searchTimer, &QTimer::timeout, this, &PeopleFinder::search);
    connect(&m_knownTimer, &QTimer::timeout, this, &PeopleFinder::showKnown);
    connect(&world.users, &KnownUsers::changed, &m_knownTimer, qOverload<>(&QTimer::start));
    connect(&world.client, &Client::userFound, this, &PeopleFinder::receiveFound);
    connect(&world.client, &Client::answered, this, &PeopleFinder::receiveRefusal);
    connect(&world.client, &Client::chatCreated, this, [this](quint64 ticket, const ChatId &chat) {
        if (ticket == m_createTicket)
            emit opened(chat.text());
    });
}

void PeopleFinder::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    m_searchTicket = 0;
    emit queryChanged();
    showKnown();
    if (wantedName().isEmpty()) {
        m_searchTimer.stop();
        setFind(Idle);
    } else {
        m_searchTimer.start();
        setFind(Searching);
    }
}

// Names are found whole; a name may be written with the sign that people put before it.
QString PeopleFinder::wantedName() const
{
    auto name = m_query.trimmed().toLower();
    if (name.startsWith(u'@'))
        name.remove(0, 1);
    return name.toUtf8().size() <= limits::nameBytes ? name : QString();
}

void PeopleFinder::search()
{
    m_searchTicket = m_world.tickets.next();
    m_world.client.findUser(m_searchTicket, wantedName());
}

void PeopleFinder::receiveFound(quint64 ticket, const std::optional<UserRow> &user)
{
    if (ticket != m_searchTicket)
        return;
    m_searchTicket = 0;
    if (!user || m_world.users.isSelf(user->id)) {
        setFind(NotFound);
        return;
    }
    m_world.users.apply({*user}, {});
    m_found = user->id;
    setFind(Found);
}

void PeopleFinder::receiveRefusal(quint64 ticket, const std::optional<ErrorCode> &refusal)
{
    if (ticket != m_searchTicket || !refusal)
        return;
    m_searchTicket = 0;
    setFind(refusal == ErrorCode::RateLimited || refusal == ErrorCode::Busy ? Limited : NotFound);
}

UserLine PeopleFinder::result() const
{
    return m_find == Found ? m_world.users.line(m_found) : UserLine{};
}

void PeopleFinder::setFind(Find find)
{
    if (m_find == find && find != Found)
        return;
    m_find = find;
    emit findChanged();
}

void PeopleFinder::showKnown()
{
    const auto query = m_query.trimmed();
    std::vector<std::pair<QString, UserId>> named;
    for (const auto &user : m_world.users.known()) {
        const auto name = m_world.users.name(user);
        if (!m_world.users.isSelf(user) && fits(*m_world.users.find(user), name, query))
            named.emplace_back(name, user);
    }
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(named.begin(), named.end(), [&](const auto &one, const auto &other) {
        const int order = collator.compare(one.first, other.first);
        return order != 0 ? order < 0 : one.second < other.second;
    });
    std::vector<UserId> users;
    for (const auto &[name, user] : named)
        users.push_back(user);
    m_known.show(std::move(users));
}

void PeopleFinder::choose(const QString &userId)
{
    const auto user = userFrom(userId);
    if (!user || m_chosen.contains(*user) || m_world.users.isSelf(*user))
        return;
    auto chosen = m_chosen.users();
    chosen.push_back(*user);
    setChosen(std::move(chosen));
}

void PeopleFinder::unchoose(const QString &userId)
{
    auto chosen = m_chosen.users();
    if (const auto user = userFrom(userId))
        std::erase(chosen, *user);
    setChosen(std::move(chosen));
}

void PeopleFinder::setChosen(std::vector<UserId> chosen)
{
    const QSet<UserId> set(chosen.begin(), chosen.end());
    m_chosen.show(std::move(chosen));
    m_known.setChosen(set);
}

void PeopleFinder::startChat(const QString &userId)
{
    const auto user = userFrom(userId);
    if (!user || m_world.users.isSelf(*user))
        return;
    m_createTicket = m_world.tickets.next();
    m_world.client.createDirect(m_createTicket, *user);
}

void PeopleFinder::createGroup(const QString &title)
{
    m_createTicket = m_world.tickets.next();
    m_world.client.createGroup(m_createTicket, title.trimmed(), m_chosen.users());
    setChosen({});
}

void PeopleFinder::reset()
{
    setQuery(QString());
    setChosen({});
}

} // namespace parley
