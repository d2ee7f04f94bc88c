// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/cache/sqlitecache.h"
#include "client/core/clientcore.h"
#include "tests/client/support/failingcache.h"
#include "tests/client/support/log.h"
#include "tests/client/support/seededrandom.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

namespace parley {

/// A conversation with a core: inject() what the server says, expect() what the device says. The
/// cache is a real file; time passes only by advance().
class Talk {
public:
    Talk();

    static UserId me() { return userNumber(1); }
    static UserId anna() { return userNumber(2); }
    static UserId ben() { return userNumber(3); }

    ClientCore &core() { return *m_core; }
    Cache &cache() { return *m_failing; }
    FailingCache &power() { return *m_failing; }
    QString folder() const { return m_folder.path(); }
    /// The process dies and starts again on the same files.
    void restart();
    void advance(qint64 ms);
    Moment now() const { return m_now; }

    /// Connects and returns the hello.
    Hello connect();
    void disconnect() { m_core->disconnected(), take(); }
    void welcome(qint64 timeMs = 1'700'000'000'000);
    Sync syncFor(const std::vector<ChatLog *> &behind) const;
    /// Connect, welcome, and a sync that says these chats are lacking or behind; pages are
    /// answered.
    void signIn(const std::vector<ChatLog *> &logs);
    /// The state row that says that one belongs to the chat.
    StateRow joined(const ChatId &chat, qint64 at = 1, std::optional<qint64> since = 1);

    void inject(const Event &event);
    void reply(const auto &reply) { answer(m_lastRequest, reply); }
    void answer(RequestNumber request, const auto &reply)
    {
        m_core->received(Answer{request, toCbor(reply)});
        take();
    }
    void refuse(ErrorCode code, std::optional<qint64> retryAfterMs = {});

    /// Takes the first command of this kind out of what was sent. Fails the test when there is
    /// none.
    template <typename T>
    T expect()
    {
        const auto found = take<T>();
        if (!found) {
            QTest::qFail(qPrintable(QStringLiteral("expected %1, sent: %2")
                                        .arg(QLatin1String(T::name), sentNames())),
                __FILE__, __LINE__);
            return T();
        }
        return *found;
    }
    template <typename T>
    bool has()
    {
        take();
        return std::ranges::any_of(m_sent,
            [](const ClientFrame &frame) { return std::holds_alternative<T>(frame.command); });
    }
    bool isSilent() { return take(), m_sent.empty(); }
    QString sentNames() const;
    void forgetSent() { take(), m_sent.clear(); }
    RequestNumber lastRequest() const { return m_lastRequest; }

    /// Answers pages, marks, members and users by these logs until nothing more is asked.
    void serve(const std::vector<ChatLog *> &logs);
    /// Answers a send: everything accepted, and appended to the log.
    SendReply accept(ChatLog &log, const Send &send, const UserId &sender);

    template <typename T>
    std::vector<T> notices() const
    {
        std::vector<T> found;
        for (const auto &notice : m_notices) {
            if (const T *told = std::get_if<T>(&notice))
                found.push_back(*told);
        }
        return found;
    }
    void forgetNotices() { m_notices.clear(); }

    NewMessage text(const QString &text) const;
    TimelineWindow newest(const ChatId &chat, int limit = 60);
    QStringList texts(const ChatId &chat);
    ChatSummary summary(const ChatId &chat);

private:
    void start();
    void take();
    template <typename T>
    std::optional<T> take()
    {
        take();
        for (auto frame = m_sent.begin(); frame != m_sent.end(); ++frame) {
            if (!std::holds_alternative<T>(frame->command))
                continue;
            T command = std::get<T>(frame->command);
            m_lastRequest = frame->request;
            m_sent.erase(frame);
            return command;
        }
        return std::nullopt;
    }

    QTemporaryDir m_folder;
    SeededRandom m_random{7};
    Moment m_now{1'700'000'000'000, 1'000};
    std::unique_ptr<SqliteCache> m_file;
    std::unique_ptr<FailingCache> m_failing;
    std::unique_ptr<ClientCore> m_core;
    std::deque<ClientFrame> m_sent;
    std::vector<notice::Any> m_notices;
    RequestNumber m_lastRequest = 0;
    qint64 m_stateRevision = 0;
};

QString textOf(const Row &row);

} // namespace parley
