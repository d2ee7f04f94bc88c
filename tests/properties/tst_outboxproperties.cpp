// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"
#include "tests/properties/property.h"

using namespace parley;

/// What a person writes comes into each chat's log once, in the order of writing, whatever becomes
/// of connections, answers and the program.
class tst_OutboxProperties : public QObject {
    Q_OBJECT

private slots:
    void isFirstInFirstOutThroughEverything();
};

namespace {

using Act = std::pair<quint8, quint8>;
/// Each works on a real file.
constexpr int storiesTold = 25;
constexpr int endRoundsMost = 40;
constexpr qint64 pastAnyBackoffMs = 61'000;

/// A server that keeps what it took for ever, before a device to which everything may happen.
class Story {
public:
    Story()
    {
        for (const quint8 number : {quint8(1), quint8(2)})
            m_logs.emplace_back(chatNumber(number), Talk::me(), std::vector{Talk::anna()});
        signIn();
    }

    void act(const Act &act)
    {
        const ChatId chat = logOf(act.second).chat();
        switch (act.first % 12) {
        case 0:
        case 1:
        case 2:
            return compose(chat);
        case 3:
        case 4:
            return answer(act.second, Fate::All);
        case 5:
            return answer(act.second, Fate::First);
        case 6:
            return answer(act.second, Fate::RefusesOne);
        case 7:
            return lose(act.second);
        case 8:
            return refuse(act.second % 2 ? ErrorCode::Busy : ErrorCode::Malformed);
        case 9:
            m_talk.restart();
            return signIn();
        case 10:
            return act.second % 2 ? retry(chat) : discard(chat);
        default:
            m_talk.disconnect();
            m_talk.advance(act.second * 200);
            return signIn();
        }
    }

    void finish()
    {
        for (int i = 0; i < endRoundsMost && !m_talk.core().outbox().isIdle(); ++i) {
            m_talk.disconnect();
            m_talk.advance(pastAnyBackoffMs);
            signIn();
            while (m_talk.has<Send>())
                answer(0, Fate::All);
        }
        RC_ASSERT(m_talk.core().outbox().isIdle());
        for (ChatLog &log : m_logs)
            RC_ASSERT(m_taken[log.chat()] == wishes(log.chat()));
    }

private:
    enum class Fate { All, First, RefusesOne };

    ChatLog &logOf(quint8 which) { return m_logs[which % m_logs.size()]; }
    ChatLog &logOf(const ChatId &chat)
    {
        return *std::ranges::find(m_logs, chat, [](const ChatLog &log) { return log.chat(); });
    }
    void signIn() { m_talk.signIn({&m_logs[0], &m_logs[1]}); }

    void compose(const ChatId &chat)
    {
        const auto id = m_talk.core().compose(chat, m_talk.text(QStringLiteral("words")));
        RC_ASSERT(bool(id));
        m_written[chat].push_back(*id);
    }

    OperationResult take(ChatLog &log, const Operation &operation)
    {
        OperationResult result;
        result.id = operation.id;
        const auto known = m_outcomes.find(operation.id);
        result.duplicate = known != m_outcomes.end();
        if (!result.duplicate) {
            log.append(Talk::me(), operation);
            m_taken[log.chat()].push_back(operation.id);
            m_outcomes[operation.id] = log.head();
        }
        result.seq = m_outcomes[operation.id];
        result.time = 1'700'000'000'000 + *result.seq;
        return result;
    }

    void answer(quint8 place, Fate fate)
    {
        if (!m_talk.has<Send>())
            return;
        const Send send = m_talk.expect<Send>();
        SendReply reply;
        const size_t chosen = place % send.operations.size();
        for (size_t i = 0; i < send.operations.size(); ++i) {
            const Operation &operation = send.operations[i];
            const bool isKnown = m_outcomes.contains(operation.id);
            if (fate == Fate::First && i >= chosen) {
                reply.results.push_back({operation.id, {}, {}, false, ErrorCode::Busy, {}});
            } else if (fate == Fate::RefusesOne && i == chosen && !isKnown) {
                m_refused.insert(operation.id);
                reply.results.push_back({operation.id, {}, {}, false, ErrorCode::Forbidden, {}});
            } else {
                reply.results.push_back(take(logOf(send.chat), operation));
            }
        }
        m_talk.reply(reply);
    }

    /// The connection ends before the server heard of it, or before the device heard the answer.
    void lose(quint8 which)
    {
        if (!m_talk.has<Send>())
            return;
        const Send send = m_talk.expect<Send>();
        if (which % 2) {
            for (const Operation &operation : send.operations)
                take(logOf(send.chat), operation);
        }
        m_talk.disconnect();
        if (which % 3 == 0)
            m_talk.restart();
        signIn();
    }

    void refuse(ErrorCode code)
    {
        if (!m_talk.has<Send>())
            return;
        const Send send = m_talk.expect<Send>();
        const bool isFinal = errorClass(code) == ErrorClass::Reject && send.operations.size() == 1;
        // The outcome of what is in the log is told, not refused.
        if (isFinal && m_outcomes.contains(send.operations.front().id)) {
            m_talk.reply(SendReply{{take(logOf(send.chat), send.operations.front())}});
            return;
        }
        if (isFinal)
            m_refused.insert(send.operations.front().id);
        m_talk.refuse(code);
    }

    std::optional<MessageId> failed(const ChatId &chat) const
    {
        for (const OutboxItem &item : m_talk.core().outbox().items(chat)) {
            if (item.failure)
                return item.operation.id;
        }
        return std::nullopt;
    }

    void retry(const ChatId &chat)
    {
        const auto id = failed(chat);
        if (!id)
            return;
        RC_ASSERT(bool(m_talk.core().retry(chat, *id)));
        m_written[chat].push_back(m_talk.core().outbox().items(chat).back().operation.id);
    }

    void discard(const ChatId &chat)
    {
        if (const auto id = failed(chat))
            RC_ASSERT(bool(m_talk.core().discard(chat, *id)));
    }

    std::vector<MessageId> wishes(const ChatId &chat)
    {
        std::vector<MessageId> ids = m_written[chat];
        std::erase_if(ids, [&](const MessageId &id) { return m_refused.contains(id); });
        return ids;
    }

    mutable Talk m_talk;
    std::deque<ChatLog> m_logs;
    std::map<ChatId, std::vector<MessageId>> m_written; ///< in the order of writing
    std::map<ChatId, std::vector<MessageId>> m_taken; ///< in the order of the log
    std::map<MessageId, qint64> m_outcomes;
    std::set<MessageId> m_refused;
};

} // namespace

void tst_OutboxProperties::isFirstInFirstOutThroughEverything()
{
    holds(
        "first in, first out",
        [] {
            Story story;
            for (const Act &act : *rc::gen::arbitrary<std::vector<Act>>())
                story.act(act);
            story.finish();
        },
        storiesTold);
}

QTEST_GUILESS_MAIN(tst_OutboxProperties)
#include "tst_outboxproperties.moc"
