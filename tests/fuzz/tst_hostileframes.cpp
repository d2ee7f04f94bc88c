// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/fuzz/hostileframes.h"
#include "tests/fuzz/liveserver.h"

#include <QtTest/QTest>

using namespace parley;

/// 10,000 frames that no honest client sends, against the live parts of a server: each gets the
/// protocol's answer, and nothing changes.
class tst_HostileFrames : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void areTenThousandAndAlwaysTheSame();
    void areAnsweredAndChangeNothing();
    void areAnsweredBeforeSignInToo();
    void leaveNothingToAStranger();

private:
    std::vector<HostileFrame> m_frames;
};

namespace {

/// What a stranger could have harmed: the logs, rows and marks of all chats.
QByteArray digest(const MemoryState &state)
{
    CborWriter writer;
    for (const auto &[id, chat] : state.chats) {
        if (!chat.state)
            continue;
        writer.write(id);
        writer.write(chat.entries);
        for (const auto &[seq, row] : chat.rows)
            writer.write(row);
        for (const auto &[user, member] : chat.state->members) {
            writer.write(member.row);
            writer.write(member.delivered);
            writer.write(member.read);
        }
    }
    return writer.take();
}

/// A connection that is opened again whenever a frame has ended it.
class Visitor {
public:
    enum class Stage : quint8 { SignedIn, Before };
    Visitor(LiveServer &server, size_t person, Stage stage)
        : m_server(server)
        , m_token(LiveWorld::get().tokens[person])
        , m_stage(stage)
    {
    }

    LivePeer &peer()
    {
        if (m_peer && !m_peer->isClosed) {
            m_peer->written.clear();
            return *m_peer;
        }
        if (m_peer)
            m_server.disconnect(*m_peer);
        m_peer = &m_server.connect();
        if (m_stage == Stage::SignedIn)
            m_peer->signIn(m_token);
        m_server.settle();
        m_peer->keepsFrames = true;
        return *m_peer;
    }

private:
    LiveServer &m_server;
    QByteArray m_token;
    Stage m_stage;
    LivePeer *m_peer = nullptr;
};

/// The answers among what was written, and whether the session said that it ends as Malformed.
struct Heard {
    std::vector<Refusal> refusals; ///< of the request that all carry
    int answers = 0; ///< refusals of other requests too
    bool saysMalformed = false;
};

Heard heardBy(const LivePeer &peer)
{
    Heard heard;
    for (const QByteArray &bytes : peer.written) {
        const auto frame = decodeServerFrame(bytes);
        if (const auto *refused = frame ? std::get_if<Refused>(&*frame) : nullptr) {
            if (refused->request == hostileRequest)
                heard.refusals.push_back(refused->refusal);
            else
                ++heard.answers;
        } else if (frame && std::holds_alternative<Answer>(*frame)) {
            ++heard.answers;
        } else if (const auto *event = frame ? std::get_if<Event>(&*frame) : nullptr) {
            const auto *closing = std::get_if<Closing>(event);
            heard.saysMalformed |= closing && closing->reason == CloseReason::Malformed;
        }
    }
    return heard;
}

/// Nothing, or how the answer to the frame differs from the protocol's.
QByteArray faultOf(const HostileFrame &frame, const LivePeer &peer)
{
    const Heard heard = heardBy(peer);
    if (frame.closes)
        return peer.isClosed && heard.saysMalformed ? "" : "not closed as malformed";
    if (frame.refusals.empty()) {
        const bool isAnswered = heard.answers + int(heard.refusals.size()) > 0;
        return isAnswered || peer.isClosed ? "" : "neither answered nor closed";
    }
    if (heard.refusals.size() != 1 || heard.answers != 0)
        return "not refused once";
    return frame.refusals.contains(heard.refusals.front().code)
        ? QByteArray()
        : QByteArray("refused as ") + errorName(heard.refusals.front().code);
}

/// For as long as the test function needs it.
const char *told(const HostileFrame &frame, const QByteArray &fault)
{
    static QByteArray text;
    text = frame.what + ": " + fault + ": " + frame.bytes.left(400).toHex();
    return text.constData();
}

} // namespace

void tst_HostileFrames::initTestCase()
{
    m_frames = hostileFrames(LiveWorld::get().known);
}

void tst_HostileFrames::areTenThousandAndAlwaysTheSame()
{
    QCOMPARE(m_frames.size(), hostileFrameCount);
    const auto again = hostileFrames(LiveWorld::get().known);
    QCOMPARE(again.size(), m_frames.size());
    size_t directed = 0;
    for (size_t i = 0; i < m_frames.size(); ++i) {
        QCOMPARE(again[i].bytes, m_frames[i].bytes);
        directed += m_frames[i].closes || !m_frames[i].refusals.empty() ? 1 : 0;
    }
    qInfo("%zu frames, %zu of them with a known answer", m_frames.size(), directed);
    QVERIFY(directed > m_frames.size() / 2);
}

void tst_HostileFrames::areAnsweredAndChangeNothing()
{
    LiveServer server(LiveWorld::get().state);
    Visitor ada(server, 0, Visitor::Stage::SignedIn);
    for (const HostileFrame &frame : m_frames) {
        LivePeer &peer = ada.peer();
        const int appends = server.store().appends;
        peer.send(frame.bytes);
        server.settle();
        const QByteArray fault = faultOf(frame, peer);
        QVERIFY2(fault.isEmpty(), told(frame, fault));
        if (frame.closes || !frame.refusals.empty())
            QVERIFY2(server.store().appends == appends, told(frame, "something was written"));
        peer.checkAllAnswered();
    }
    server.checkLogs();
}

void tst_HostileFrames::areAnsweredBeforeSignInToo()
{
    LiveServer server(LiveWorld::get().state);
    Visitor nobody(server, 0, Visitor::Stage::Before);
    const QByteArray before = digest(server.state());
    for (const HostileFrame &frame : m_frames) {
        LivePeer &peer = nobody.peer();
        peer.send(frame.bytes);
        server.settle();
        const QByteArray fault = faultOf(frame, peer);
        QVERIFY2(fault.isEmpty(), told(frame, fault));
    }
    QCOMPARE(digest(server.state()), before);
    QCOMPARE(server.store().appends, 0);
}

/// Well-formed commands of Eve that name what belongs to Ada and Ben.
void tst_HostileFrames::leaveNothingToAStranger()
{
    LiveServer server(LiveWorld::get().state);
    Visitor eve(server, 2, Visitor::Stage::SignedIn);
    KnownIds foreign = LiveWorld::get().known;
    foreign.chats.resize(2);
    const QByteArray before = digest(server.state());
    QRandomGenerator random(20261124);
    for (int i = 0; i < 10'000; ++i) {
        QByteArray bytes(400, '\0');
        for (char &byte : bytes)
            byte = char(random.bounded(240)); // above, ids are made up
        Feed feed(bytes);
        const Command command = filledOneOf<Commands>(feed, foreign);
        // Eve's own chats are no matter here.
        const auto *send = std::get_if<Send>(&command);
        if (send && std::ranges::find(foreign.chats, send->chat) == foreign.chats.end())
            continue;
        LivePeer &peer = eve.peer();
        peer.send(encodeCommand(hostileRequest, command));
        server.settle();
        QCOMPARE(digest(server.state()), before);
        for (const QByteArray &frame : peer.written)
            QVERIFY2(!frame.contains("words") && !frame.contains("to one"), commandName(command));
    }
    server.checkLogs();
}

QTEST_GUILESS_MAIN(tst_HostileFrames)
#include "tst_hostileframes.moc"
