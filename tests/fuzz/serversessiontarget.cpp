// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Sequences of frames against a live server: several connections, good frames, frames that are
// nearly good, and bytes; the parts run in whatever order the input says.
#include "shared/uuid7.h"
#include "tests/fuzz/liveserver.h"
#include "tests/fuzz/targets.h"

namespace parley {
namespace {

constexpr int stepsMost = 200;
constexpr size_t peersMost = 4;

enum class Step : quint8 {
    Connect,
    SignIn,
    Command,
    Spoiled,
    Raw,
    Message,
    Service,
    Readers,
    Mailbox,
    Time,
    Disconnect,
    Fault,
    Count,
};

class Conversation {
public:
    explicit Conversation(QByteArrayView input)
        : m_feed(input)
        , m_server(LiveWorld::get().state)
        , m_known(LiveWorld::get().known)
    {
    }

    void run()
    {
        for (int i = 0; i < stepsMost && !m_feed.isEmpty(); ++i)
            step(static_cast<Step>(m_feed.byte() % quint8(Step::Count)));
        m_server.settle();
        for (const LivePeer *peer : m_peers)
            peer->checkAllAnswered();
        m_server.checkLogs();
    }

private:
    void step(Step step)
    {
        switch (step) {
        case Step::Connect:
            if (m_peers.size() < peersMost)
                m_peers.push_back(&m_server.connect());
            return;
        case Step::Service:
            return m_server.runService();
        case Step::Readers:
            return m_server.runReaders();
        case Step::Mailbox:
            return m_server.runMailbox();
        case Step::Time:
            return m_server.pass(qint64(m_feed.word()) * (m_feed.flip() ? 100 : 1));
        case Step::Fault:
            m_server.store().faults.push_back(static_cast<FaultyStore::Fault>(m_feed.byte() % 5));
            return;
        default:
            if (!m_peers.empty())
                speak(*m_peers[m_feed.byte() % m_peers.size()], step);
        }
    }

    void speak(LivePeer &peer, Step step)
    {
        switch (step) {
        case Step::SignIn: {
            const auto &tokens = LiveWorld::get().tokens;
            peer.signIn(tokens[m_feed.byte() % tokens.size()]);
            return m_server.settle();
        }
        case Step::Command:
            return peer.send(command(peer));
        case Step::Spoiled: {
            QByteArray frame = command(peer);
            for (int changes = 1 + m_feed.byte() % 4; changes > 0 && !frame.isEmpty(); --changes)
                frame[m_feed.pick(quint32(frame.size()))] = char(m_feed.byte());
            return peer.send(frame);
        }
        case Step::Raw:
            return peer.send(m_feed.take(m_feed.word() % 600));
        case Step::Message:
            return peer.send(message(peer));
        default:
            std::erase(m_peers, &peer);
            return m_server.disconnect(peer);
        }
    }

    QByteArray command(LivePeer &peer)
    {
        return encodeCommand(peer.nextRequest(), filledOneOf<Commands>(m_feed, m_known));
    }

    /// Made to be accepted, for the most part: what lies behind the first checks is tried too.
    QByteArray message(LivePeer &peer)
    {
        Send send;
        fill(m_feed, m_known, send.chat);
        Operation operation = filled<Operation>(m_feed, m_known);
        if (m_feed.byte() < 200)
            operation.id = Uuid7::compose(quint64(m_server.nowMs), 1, ++m_made);
        m_known.messages.push_back(operation.id);
        send.operations.push_back(std::move(operation));
        return encodeCommand(peer.nextRequest(), send);
    }

    Feed m_feed;
    LiveServer m_server;
    KnownIds m_known;
    std::vector<LivePeer *> m_peers;
    quint64 m_made = 0;
};

QByteArray opening(char person)
{
    QByteArray steps;
    steps += char(Step::Connect);
    steps += char(Step::SignIn);
    steps += char(0);
    steps += person;
    return steps;
}

} // namespace

void runServerSession(QByteArrayView input)
{
    Conversation(input).run();
}

std::vector<QByteArray> serverSessionSeeds()
{
    std::vector<QByteArray> seeds;
    quint32 seed = 1;
    const KnownIds &known = LiveWorld::get().known;
    Commands::forEach([&]<typename T>() {
        const QByteArray bytes(160, char(seed));
        Feed feed(bytes);
        const QByteArray frame = encodeCommand(100 + seed++, filled<T>(feed, known)).left(599);
        QByteArray raw = opening(0);
        raw += char(Step::Raw);
        raw += char(0);
        raw += char(frame.size() & 0xFF);
        raw += char(frame.size() >> 8);
        raw += frame;
        raw += QByteArray{} + char(Step::Service) + char(Step::Mailbox) + char(Step::Readers);
        seeds.push_back(raw);
    });
    for (int kind = 0; kind < 16; ++kind) {
        QByteArray two = opening(0);
        two += opening(1);
        for (int i = 0; i < 4; ++i) {
            two += char(Step::Message);
            two += char(i % 2);
            two += QByteArray(60, char(kind * 13 + i));
            two += char(Step::Service);
            two += char(Step::Mailbox);
        }
        seeds.push_back(two);
    }
    return seeds;
}

} // namespace parley
