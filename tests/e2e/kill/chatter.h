// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/support/person.h"

#include <QtCore/QTimer>

#include <random>

namespace parley {

/// Somebody who never stops talking, in a process of its own that may be killed at any moment:
/// says, answers, edits, deletes, reacts and reads in every chat that it knows, in bursts. Draws
/// all of it from a seed. Lives on the main thread, with an event loop.
class Chatter : public QObject {
    Q_OBJECT
public:
    struct Settings {
        QString server;
        QByteArray token;
        quint32 seed = 1;
    };

    Chatter(const ClientOptions &options, Settings settings);

    void go() { m_timer.start(0); }
    void stop() { m_timer.stop(); }
    void retry() { m_person.client().retryNow(); }
    /// A group with all of these, and a direct chat with the first.
    void found(const std::vector<UserId> &others);
    /// Closes its files.
    void end() { m_person.closeProgram(); }

signals:
    /// For whoever started the process: a line on standard output.
    void told(const QString &line);

private:
    void look();
    void talk();
    void say(const ChatId &chat);
    void touch(const ChatId &chat);
    void read(const ChatId &chat);
    std::vector<ChatId> openChats() const;
    int waiting(const ChatId &chat) const;
    std::optional<TimelineRow> someRow(const ChatId &chat, bool isOwn);
    quint32 drawn(quint32 below) { return static_cast<quint32>(m_random() % below); }

    const Settings m_settings;
    std::mt19937 m_random;
    ClientThread m_thread;
    Person m_person;
    QTimer m_timer;
    QTimer m_signIn;
    int m_said = 0;
    qsizetype m_toldChats = -1;
    bool m_wasOnline = false;
};

} // namespace parley
