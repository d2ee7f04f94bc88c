// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/facts.h"
#include "client/app/userline.h"
#include "shared/protocol/people.h"

#include <QtCore/QObject>
#include <QtCore/QSet>

namespace parley {

class Client;
class Pictures;

/// Everyone who is known on this screen: profiles and presence, as the client told them last.
/// Owned by the world, lives on the screen's thread. Asks for whom it does not know, once.
class KnownUsers : public QObject {
    Q_OBJECT
public:
    KnownUsers(Client &client, Pictures &pictures, QObject *parent = nullptr);

    /// A stranger's name is "…" until the answer is there.
    UserLine line(const UserId &user);
    QString name(const UserId &user);
    const UserRow *find(const UserId &user) const;
    presence::State presence(const UserId &user) const;
    std::optional<qint64> lastSeenMs(const UserId &user) const;
    std::vector<UserId> known() const;

    void setSelf(const UserId &user) { m_self = user; }
    const UserId &self() const { return m_self; }
    bool isSelf(const UserId &user) const { return user == m_self; }

    /// Asks for those who are not known.
    void want(const std::vector<UserId> &users);
    void apply(const std::vector<UserRow> &rows, const std::vector<PresenceRow> &presence);
    /// Nobody's presence is told any more (offline, or switched off).
    void forgetPresence();
    void clear();

signals:
    void changed(const QSet<parley::UserId> &users);

private:
    void ask();

    Client &m_client;
    Pictures &m_pictures;
    UserId m_self;
    QHash<UserId, UserRow> m_rows;
    QHash<UserId, PresenceRow> m_presence;
    QSet<UserId> m_asked;
    std::vector<UserId> m_toAsk;
};

} // namespace parley
