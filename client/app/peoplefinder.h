// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/screenworld.h"
#include "client/app/usersmodel.h"
#include "shared/error.h"
#include "shared/protocol/people.h"

#include <QtCore/QTimer>

namespace parley {

/// Finds people, and starts chats and groups with them. Owned by App.
class PeopleFinder : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(People)
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(Find find READ find NOTIFY findChanged)
    Q_PROPERTY(parley::UserLine result READ result NOTIFY findChanged)
    Q_PROPERTY(parley::UsersModel *known READ known CONSTANT)
    Q_PROPERTY(parley::UsersModel *chosen READ chosen CONSTANT)
public:
    enum Find { Idle, Searching, Found, NotFound, Limited };
    Q_ENUM(Find)

    explicit PeopleFinder(ScreenWorld &world, QObject *parent = nullptr);

    QString query() const { return m_query; }
    void setQuery(const QString &query);
    Find find() const { return m_find; }
    UserLine result() const;
    UsersModel *known() { return &m_known; }
    UsersModel *chosen() { return &m_chosen; }

    Q_INVOKABLE void choose(const QString &userId);
    Q_INVOKABLE void unchoose(const QString &userId);
    Q_INVOKABLE void startChat(const QString &userId);
    /// With everyone who is chosen; they are unchosen by it.
    Q_INVOKABLE void createGroup(const QString &title);
    /// Forgets query, result and choice.
    Q_INVOKABLE void reset();

signals:
    void queryChanged();
    void findChanged();
    void opened(const QString &chatId);

private:
    QString wantedName() const;
    void search();
    void receiveFound(quint64 ticket, const std::optional<UserRow> &user);
    void receiveRefusal(quint64 ticket, const std::optional<ErrorCode> &refusal);
    void setFind(Find find);
    void showKnown();
    void setChosen(std::vector<UserId> chosen);

    ScreenWorld &m_world;
    UsersModel m_known;
    UsersModel m_chosen;
    QString m_query;
    Find m_find = Idle;
    UserId m_found;
    quint64 m_searchTicket = 0;
    quint64 m_createTicket = 0;
    QTimer m_searchTimer;
    QTimer m_knownTimer;
};

} // namespace parley
