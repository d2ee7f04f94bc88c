// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Sync pages, answers, events and bytes of a hostile server against a live client core.
#include "client/core/statekeys.h"
#include "tests/fuzz/liveclient.h"
#include "tests/fuzz/targets.h"

namespace parley {
namespace {

constexpr int stepsMost = 120;
constexpr quint8 entriesMost = 12;

enum class Step : quint8 {
    Connect,
    Welcome,
    CaughtUp,
    Joined,
    Reply,
    Refuse,
    Event,
    Raw,
    NextEntries,
    Compose,
    Intent,
    Time,
    Look,
    Count,
};

class HostileServer {
public:
    HostileServer(QByteArrayView input, SqliteCache &cache)
        : m_feed(input)
        , m_client(cache)
    {
    }

    void run()
    {
        for (int i = 0; i < stepsMost && !m_feed.isEmpty(); ++i)
            step(static_cast<Step>(m_feed.byte() % quint8(Step::Count)));
        m_client.look();
        m_client.checkAtEnd();
    }

private:
    void step(Step step)
    {
        switch (step) {
        case Step::Connect:
            return m_client.connect();
        case Step::Welcome:
            return welcome();
        case Step::CaughtUp:
            return m_client.hear(ServerFrame(Event(caughtUp())));
        case Step::Joined:
            return joined();
        case Step::Reply:
            return reply();
        case Step::Refuse:
            return refuse();
        case Step::Event:
            return m_client.hear(encodeEvent(filledOneOf<Events>(m_feed, m_client.known())));
        case Step::Raw:
            return m_client.hear(m_feed.take(m_feed.word() % 600));
        case Step::NextEntries:
            return nextEntries();
        case Step::Compose:
            return m_client.compose(chat(), m_feed.take(m_feed.byte() % 20));
        case Step::Intent:
            return intent();
        case Step::Time:
            return m_client.pass(qint64(m_feed.word()) * (m_feed.flip() ? 10 : 1));
        default:
            return m_client.look();
        }
    }

    ChatId chat()
    {
        const auto &chats = m_client.known().chats;
        return chats[m_feed.byte() % chats.size()];
    }

    void welcome()
    {
        if (m_client.pending.empty())
            return;
        Welcome welcome;
        welcome.version = 1;
        welcome.epoch = m_epoch;
        welcome.user = UserRow();
        welcome.user->id = LiveClient::me();
        welcome.time = 1'700'000'000'000;
        m_client.hear(encodeReply(m_client.pending.front().request, welcome));
    }

    Sync caughtUp()
    {
        Sync sync;
        sync.epoch = m_epoch;
        if (m_feed.byte() > 230)
            m_epoch = sync.epoch = Epoch::fromArray({m_feed.byte()});
        sync.userRevision = m_client.core().state().revision();
        return sync;
    }

    void joined()
    {
        const ChatState state{m_feed.byte() % 9, m_feed.byte() % 4};
        StateRow row{statekeys::chat(chat()), toCbor(state), 0};
        row.revision = m_client.core().state().revision() + 1;
        m_client.hear(encodeEvent(UserStateChanged{row}));
    }

    /// Answers something that is asked, with a value of the right type.
    void reply()
    {
        if (m_client.pending.empty())
            return;
        const ClientFrame asked = m_client.pending[m_feed.byte() % m_client.pending.size()];
        std::visit(
            [&](const auto &command) {
                using Reply = typename std::remove_cvref_t<decltype(command)>::Reply;
                auto reply = filled<Reply>(m_feed, m_client.known());
                if constexpr (std::same_as<Reply, PageReply> || std::same_as<Reply, HistoryReply>) {
                    if (m_feed.byte() < 200)
                        reply.generation = command.generation;
                }
                m_client.hear(encodeReply(asked.request, reply));
            },
            asked.command);
    }

    void refuse()
    {
        if (m_client.pending.empty())
            return;
        const ClientFrame asked = m_client.pending[m_feed.byte() % m_client.pending.size()];
        Error error(static_cast<ErrorCode>(1 + m_feed.byte() % 20));
        error.retryAfterMs = m_feed.number<qint64>();
        m_client.hear(encodeRefusal(asked.request, refusalOf(error)));
    }

    /// Entries that fit behind what the device has, as a push.
    void nextEntries()
    {
        Pushed push;
        push.chat = chat();
        const Chat *held = m_client.core().chat(push.chat);
        qint64 seq = held ? held->seq() : 0;
        for (int count = 1 + m_feed.byte() % entriesMost; count > 0; --count) {
            auto entry = filled<Entry>(m_feed, m_client.known());
            entry.seq = ++seq;
            if (entry.row && m_feed.flip())
                entry.row->seq = entry.row->revision = seq;
            push.entries.push_back(std::move(entry));
        }
        m_client.hear(encodeEvent(push));
    }

    void intent()
    {
        ClientCore &core = m_client.core();
        const KnownIds &known = m_client.known();
        const ChatId where = chat();
        const auto id = filled<MessageId>(m_feed, known);
        const auto number = m_feed.number<qint64>();
        switch (m_feed.byte() % 12) {
        case 0:
            (void)core.edit(where, id, ContentType::Text, "edited");
            break;
        case 1:
            (void)core.remove(where, id);
            break;
        case 2:
            (void)core.react(where, id, QStringLiteral("+"));
            break;
        case 3:
            m_client.retry(where, id);
            break;
        case 4:
            (void)core.createGroup(QStringLiteral("Group"), {known.users.back()});
            break;
        case 5:
            (void)core.createDirect(known.users[1]);
            break;
        case 6:
            (void)core.markRead(where, number);
            break;
        case 7:
            (void)core.setState(statekeys::mute(where), QByteArray("x"));
            break;
        case 8:
            core.wantHistory(where, number, m_feed.number<qint64>());
            break;
        case 9:
            core.focus(where);
            core.watch(known.users);
            break;
        case 10:
            core.wantDelivery(where, id, 9);
            break;
        default:
            (void)core.changeOwnMembership(where, Kind::Leave);
            break;
        }
        m_client.settle();
    }

    Feed m_feed;
    LiveClient m_client;
    Epoch m_epoch = Epoch::fromArray({1});
};

QByteArray opening()
{
    return QByteArray() + char(Step::Connect) + char(Step::Welcome) + char(Step::CaughtUp) + char(0)
        + char(Step::Joined) + char(1) + char(1) + char(0);
}

} // namespace

void runClientCore(QByteArrayView input)
{
    static ReusedCache cache;
    HostileServer(input, cache.fresh()).run();
}

std::vector<QByteArray> clientCoreSeeds()
{
    std::vector<QByteArray> seeds;
    quint32 seed = 1;
    Events::forEach([&]<typename T>() {
        const QByteArray bytes(200, char(seed++));
        Feed feed(bytes);
        const QByteArray frame = encodeEvent(filled<T>(feed, {})).left(599);
        QByteArray raw = opening() + char(Step::Raw);
        raw += char(frame.size() & 0xFF);
        raw += char(frame.size() >> 8);
        seeds.push_back(raw + frame);
    });
    for (int i = 0; i < 24; ++i) {
        QByteArray steps = opening();
        steps += char(Step::Compose) + QByteArray("\x00\x04word", 6);
        for (const Step step : {Step::Reply, Step::NextEntries, Step::Reply, Step::Intent,
                 Step::Refuse, Step::Time, Step::Reply}) {
            steps += char(step);
            steps += QByteArray(24, char(i * 11));
        }
        seeds.push_back(steps);
    }
    return seeds;
}

} // namespace parley
