// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/app.h"
#include "client/app/knownusers.h"
#include "client/app/pictures.h"
#include "client/app/worker.h"

namespace parley {

class Person;

/// The program without its window: everything that main() makes, and what a page would see. Every
/// list is watched by QAbstractItemModelTester.
class Seat {
public:
    explicit Seat(const ClientOptions &options);
    ~Seat();

    App &app() { return m_app; }
    Client &client() { return m_worker.client(); }
    ProfileSettings &settings() { return m_settings; }
    OpenChat &chat() { return *m_app.chat(); }
    TimelineModel &timeline() { return *chat().timeline(); }
    Composer &composer() { return *chat().composer(); }

    bool isOpen() const { return m_app.stage() != App::Starting; }
    bool isOnline() { return m_app.session()->link() == OwnSession::Online; }
    bool signIn(const QString &address, const QByteArray &token);
    /// What stopped it from opening.
    const QString &openFailure() const { return m_openFailure; }
    const QList<int> &notices() const { return m_notices; }

    /// The other one founds a group with this one in it, who accepts.
    ChatId joinGroupOf(Person &founder, const QString &title);
    /// Opens the chat and waits until its first rows are there.
    bool open(const QString &chatId);
    QVariant role(int row, TimelineModel::Role role);
    /// The row with this text, or -1.
    int rowOf(const QString &text);
    QString idOf(const QString &text);
    int statusOf(const QString &text);
    /// All texts, the oldest first.
    QStringList texts();
    /// The role of the chat's line in the list.
    QVariant listed(const QString &chatId, ChatListModel::Role role);
    void say(const QString &text);

private:
    void watch(QAbstractItemModel &model);

    Worker m_worker;
    Pictures m_pictures;
    Tickets m_tickets;
    KnownUsers m_users;
    ScreenWorld m_world;
    ProfileSettings m_settings;
    App m_app;
    QString m_openFailure;
    QList<int> m_notices;
};

} // namespace parley
