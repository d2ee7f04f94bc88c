// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/app/seat.h"

#include "tests/support/person.h"
#include "tests/support/waiting.h"

#include <QtCore/QDir>
#include <QtTest/QAbstractItemModelTester>

namespace parley {

Seat::Seat(const ClientOptions &options)
    : m_worker(options)
    , m_users(m_worker.client(), m_pictures)
    , m_world{m_worker.client(), m_worker.preparer(), m_users, m_tickets,
          [] { return QDateTime::currentMSecsSinceEpoch(); }}
    , m_settings(m_worker.client(), m_tickets,
          QDir(profileFolder(options)).filePath(QStringLiteral("settings.ini")))
    , m_app(m_world, m_settings)
{
    QObject::connect(&m_app, &App::openFailed, &m_app,
        [this](const QString &sentence) { m_openFailure = sentence; });
    QObject::connect(&m_app, &App::notice, &m_app, [this](int kind) { m_notices.append(kind); });
    watch(*m_app.chats());
    watch(*m_app.people()->known());
    watch(*m_app.people()->chosen());
    QObject::connect(&m_app, &App::chatChanged, &m_app, [this] {
        if (!m_app.chat())
            return;
        watch(timeline());
        watch(*chat().members());
        watch(*chat().delivery());
    });
    m_worker.start();
}

Seat::~Seat()
{
    m_app.flush();
}

void Seat::watch(QAbstractItemModel &model)
{
    new QAbstractItemModelTester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
}

bool Seat::signIn(const QString &address, const QByteArray &token)
{
    if (!waitUntil([this] { return isOpen(); }))
        return false;
    client().signInWithToken(address, token);
    return waitUntil([this] { return m_app.stage() == App::SignedIn && isOnline(); });
}

ChatId Seat::joinGroupOf(Person &founder, const QString &title)
{
    const auto me = *UserId::fromText(m_app.session()->userId().toLatin1());
    const auto chat = founder.startGroup(title, {me});
    if (!waitUntil([&] { return m_app.chats()->rowOf(chat.text()) >= 0; }))
        qFatal("the chat does not arrive");
    client().accept(chat);
    return chat;
}

bool Seat::open(const QString &chatId)
{
    m_app.openChat(chatId);
    return waitUntil([&] {
        return m_app.chat() && m_app.chat()->chatId() == chatId && m_app.chat()->isLoaded();
    });
}

QVariant Seat::role(int row, TimelineModel::Role role)
{
    return timeline().data(timeline().index(row), role);
}

int Seat::rowOf(const QString &text)
{
    for (int row = 0; row < timeline().count(); ++row)
        if (role(row, TimelineModel::PlainRole).toString() == text)
            return row;
    return -1;
}

QString Seat::idOf(const QString &text)
{
    return role(rowOf(text), TimelineModel::MessageIdRole).toString();
}

int Seat::statusOf(const QString &text)
{
    const int row = rowOf(text);
    return row < 0 ? -1 : role(row, TimelineModel::StatusRole).toInt();
}

QStringList Seat::texts()
{
    QStringList found;
    for (int row = timeline().count() - 1; row >= 0; --row)
        if (role(row, TimelineModel::KindRole).toInt() == TimelineModel::Message)
            found.append(role(row, TimelineModel::PlainRole).toString());
    return found;
}

QVariant Seat::listed(const QString &chatId, ChatListModel::Role role)
{
    auto &chats = *m_app.chats();
    return chats.data(chats.index(chats.rowOf(chatId)), role);
}

void Seat::say(const QString &text)
{
    composer().setText(text);
    composer().typed();
    composer().send();
}

} // namespace parley
