// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/facts.h"
#include "client/app/userline.h"
#include "shared/protocol/people.h"

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

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
    UserLine line(const UserId &user) const;
    QString name(const UserId &user) const;
    const UserRow *find(const UserId &user) const;
    presence::State presence(const UserId &user) const;
    std::optional<qint64> lastSeenMs(const UserId &user) const;
    std::vector<UserId> known() const;

    void setSelf(const UserId &user) { m_self = user; }
    const UserId &self() const { return m_self; }
    bool isSelf(const UserId &user) const { return user == m_self; }

    void apply(const std::vector<UserRow> &rows, const std::vector<PresenceRow> &presence);
    /// Nobody's presence is told any more (offline, or switched off).
    void forgetPresence();
    void clear();

signals:
    /// Profiles: names and pictures.
    void changed(const QSet<parley::UserId> &users);
    void presenceChanged(const QSet<parley::UserId> &users);

private:
    struct Known {
        UserRow row;
        QString name; ///< ready to paint
        QString avatarKey;
    };
    void want(const UserId &user) const;
    void ask();

    Client &m_client;
    Pictures &m_pictures;
    UserId m_self;
    QHash<UserId, Known> m_known;
    QHash<UserId, PresenceRow> m_presence;
    mutable QSet<UserId> m_asked; // whoever looks at a name that is missing makes it be asked for
    mutable std::vector<UserId> m_toAsk;
    mutable QTimer m_askTimer;
};

} // namespace parley
