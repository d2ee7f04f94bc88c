// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/knownusers.h"

#include "client/app/hue.h"
#include "client/app/pictures.h"
#include "client/client.h"
#include "client/timeline/presenter.h"

namespace parley {

KnownUsers::KnownUsers(Client &client, Pictures &pictures, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_pictures(pictures)
{
    m_askTimer.setSingleShot(true);
    connect(&m_askTimer, &QTimer::timeout, this, &KnownUsers::ask);
}

UserLine KnownUsers::line(const UserId &user) const
{
    UserLine line;
    line.userId = user.text();
    line.hue = hueOf(user);
    line.name = name(user);
    const auto known = m_known.constFind(user);
    if (known == m_known.constEnd())
        return line;
    line.userName = known->row.userName;
    line.avatarKey = known->avatarKey;
    return line;
}

QString KnownUsers::name(const UserId &user) const
{
    const auto known = m_known.constFind(user);
    if (known != m_known.constEnd())
        return known->name;
    want(user);
    return QStringLiteral("…");
}

const UserRow *KnownUsers::find(const UserId &user) const
{
    const auto known = m_known.constFind(user);
    return known == m_known.constEnd() ? nullptr : &known->row;
}

presence::State KnownUsers::presence(const UserId &user) const
{
    const auto found = m_presence.constFind(user);
    return found == m_presence.constEnd() ? presence::Unknown
                                          : static_cast<presence::State>(found->state);
}

std::optional<qint64> KnownUsers::lastSeenMs(const UserId &user) const
{
    const auto found = m_presence.constFind(user);
    return found == m_presence.constEnd() ? std::nullopt : found->lastSeen;
}

std::vector<UserId> KnownUsers::known() const
{
    const auto keys = m_known.keys();
    return {keys.begin(), keys.end()};
}

void KnownUsers::want(const UserId &user) const
{
    if (user.isNull() || m_asked.contains(user))
        return;
    m_asked.insert(user);
    m_toAsk.push_back(user);
    m_askTimer.start(0);
}

void KnownUsers::ask()
{
    if (!m_toAsk.empty())
        m_client.requestUsers(std::exchange(m_toAsk, {}));
}

void KnownUsers::apply(
    const std::vector<UserRow> &rows, const std::vector<PresenceRow> &presenceRows)
{
    QSet<UserId> profiles;
    for (const auto &row : rows) {
        auto &known = m_known[row.id];
        if (known.row == row)
            continue;
        known.row = row;
        known.name = cleanName(row.displayName);
        if (known.name.isEmpty())
            known.name = cleanName(row.userName);
        known.avatarKey = row.picture.isEmpty() ? QString() : m_pictures.keep(row.picture);
        profiles.insert(row.id);
    }
    QSet<UserId> present;
    for (const auto &row : presenceRows) {
        m_presence.insert(row.user, row);
        present.insert(row.user);
    }
    if (!profiles.isEmpty())
        emit changed(profiles);
    if (!present.isEmpty())
        emit presenceChanged(present);
}

void KnownUsers::forgetPresence()
{
    const auto users = m_presence.keys();
    m_presence.clear();
    if (!users.isEmpty())
        emit presenceChanged({users.begin(), users.end()});
}

void KnownUsers::clear()
{
    m_known.clear();
    m_pictures.clear();
    m_presence.clear();
    m_asked.clear();
    m_toAsk.clear();
    m_self = {};
}

} // namespace parley
