// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/directchat.h"
#include "shared/random.h"
#include "shared/uuid7.h"
#include "tests/bench/parleyspeaker.h"
#include "tests/bench/scenarios.h"

#include <unordered_map>

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 readyMs = 120'000;
constexpr qint64 drainMs = 30'000;
constexpr quint16 runNumber = 1;

/// What the senders have under way, and to how many of the others it has come.
class Board {
public:
    Board(size_t senders, size_t members)
        : m_said(senders)
        , m_others(members - 1)
    {
    }

    void begin(qint64 now, qint64 warmUpNs, qint64 measureNs)
    {
        from = now + warmUpNs;
        end = from + measureNs;
    }
    bool isOver(qint64 now) const { return now >= end; }
    size_t underWay(size_t sender) const { return m_said[sender].open.size(); }
    quint64 next(size_t sender) const { return m_said[sender].first + underWay(sender); }

    void say(size_t sender, size_t count, qint64 now)
    {
        m_said[sender].open.insert(m_said[sender].open.end(), count, {now, m_others, false});
        sent += count;
    }
    void acknowledge(size_t sender, quint64 message, qint64 now)
    {
        Message &said = at(sender, message);
        said.isAcknowledged = true;
        ++acknowledged;
        if (isMeasured(now))
            acknowledgements.add(now - said.since);
        finish(sender);
    }
    void deliver(const MessageNumber &message, qint64 now)
    {
        if (message.run != runNumber || message.voice >= m_said.size())
            return;
        Message &said = at(message.voice, message.message);
        --said.left;
        ++delivered;
        if (isMeasured(now))
            deliveries.add(now - said.since);
        finish(message.voice);
    }
    quint64 unfinished() const
    {
        quint64 count = 0;
        for (const Said &said : m_said)
            count += said.open.size();
        return count;
    }

    quint64 sent = 0;
    quint64 acknowledged = 0;
    quint64 delivered = 0;
    Histogram acknowledgements;
    Histogram deliveries;
    qint64 from = 0;
    std::vector<size_t> freed; ///< senders who may say more

private:
    struct Message {
        qint64 since = 0;
        size_t left = 0;
        bool isAcknowledged = false;
    };
    struct Said {
        std::deque<Message> open;
        quint64 first = 0; ///< the number of the first of them
    };

    bool isMeasured(qint64 now) const { return now >= from && now < end; }
    Message &at(size_t sender, quint64 message)
    {
        Said &said = m_said[sender];
        PARLEY_ASSERT(message >= said.first && message - said.first < said.open.size());
        return said.open[static_cast<size_t>(message - said.first)];
    }
    void finish(size_t sender)
    {
        Said &said = m_said[sender];
        for (;
             !said.open.empty() && said.open.front().isAcknowledged && said.open.front().left == 0;
             ++said.first) {
            said.open.pop_front();
            freed.push_back(sender);
        }
    }

    std::vector<Said> m_said;
    size_t m_others;
    qint64 end = 0;
};

/// One of the group. Says what was delivered as Parley's client does: at once, and in a group of
/// more than 64 every five seconds.
class GroupMember : public ParleySession {
public:
    GroupMember(Run &run, Board &board, const ChatId &chat, size_t number)
        : ParleySession(run.route, run.faults, run.tickets[number], quint32(number))
        , m_run(run)
        , m_board(board)
        , m_chat(chat)
    {
    }

    void found()
    {
        SystemRandom random;
        Operation create;
        create.id = Uuid7(random).next(wallMs());
        create.kind = Kind::Create;
        create.text = u"fan-out"_s;
        for (size_t i = 1; i < size_t(m_run.settings.members); ++i)
            create.members.push_back(m_run.tickets[i].user);
        m_founding = ask(Send{m_chat, {create}});
    }
    void open() { m_opening = ask(Page{m_chat, 0, 0}); }
    bool isFounded() const { return m_founding == 0; }
    bool isOpen() const { return m_isOpen; }

    void say()
    {
        if (number() >= size_t(m_run.settings.senders) || m_send != 0 || m_board.isOver(now()))
            return;
        const auto most = static_cast<size_t>(m_run.settings.outstanding);
        const size_t underWay = m_board.underWay(number());
        if (underWay >= most)
            return;
        m_count = std::min(most - underWay, m_run.phrases.operations());
        m_firstOfSend = m_board.next(number());
        m_send = nextRequest();
        m_run.phrases.send(
            link().out(), m_count, m_send, m_chat, {runNumber, number(), m_firstOfSend}, wallMs());
        m_board.say(number(), m_count, now());
    }

protected:
    void answered(RequestNumber request, std::string_view body) override
    {
        if (request == m_send)
            return sent(body);
        if (request == m_opening)
            opened(body);
        if (request == m_founding)
            m_founding = 0;
        if (request == m_mark)
            m_mark = 0;
    }

    void pushed(std::string_view body) override
    {
        std::string_view chat;
        const std::string_view me(user().view().data(), size_t(UserId::sizeBytes));
        const auto onEntry = [&](const EntryGlance &entry) {
            if (entry.seq <= m_seq)
                return;
            if (entry.seq != m_seq + 1)
                faults().add("an entry is missing");
            m_seq = entry.seq;
            if (entry.kind == quint64(Kind::Message) && entry.actor != me)
                m_board.deliver(MessageNumber::of(entry.id), now());
        };
        if (!readPush(body, chat, onEntry, [](const MarkGlance &) {}))
            faults().add("a push that cannot be read");
        sayMark();
        say();
    }

private:
    using ParleySession::opened;

    void opened(std::string_view body)
    {
        const auto page = fromCbor<PageReply>(bytesOf(body));
        m_isOpen = page && !page->more;
        m_seq = page ? quint64(page->head) : 0;
        m_marked = m_seq;
    }

    void sent(std::string_view body)
    {
        size_t count = 0;
        const bool isGood = readSendReply(body, [&](const ResultGlance &result) {
            if (result.error != 0)
                return faults().add("a message was refused");
            m_board.acknowledge(number(), m_firstOfSend + count++, now());
        });
        if (!isGood || count != m_count)
            faults().add("an answer to a send that does not fit it");
        m_send = 0;
        say();
    }

    void sayMark()
    {
        const bool isLarge = m_run.settings.members > limits::marksMembers;
        if (m_mark != 0 || m_marked >= m_seq || (isLarge && now() < m_markNotBefore))
            return;
        m_mark = nextRequest();
        m_marked = m_seq;
        m_markNotBefore = now() + limits::largeGroupMarkMs * nsPerMs;
        m_run.phrases.mark(link().out(), m_mark, m_chat, qint64(m_seq));
    }

    Run &m_run;
    Board &m_board;
    const ChatId m_chat;
    RequestNumber m_founding = 0;
    RequestNumber m_opening = 0;
    RequestNumber m_send = 0;
    RequestNumber m_mark = 0;
    size_t m_count = 0;
    quint64 m_firstOfSend = 0;
    bool m_isOpen = false;
    quint64 m_seq = 0;
    quint64 m_marked = 0;
    qint64 m_markNotBefore = 0;
};

using Group = std::vector<std::unique_ptr<GroupMember>>;

/// Each says every 20 s that it is there.
class Beats {
public:
    explicit Beats(Group &group)
        : m_group(group)
        , m_pauseNs(20 * nsPerSecond / qint64(group.size()))
        , m_nextAt(nowNs() + m_pauseNs)
    {
    }
    void tick(qint64 now)
    {
        for (; m_nextAt <= now; m_nextAt += m_pauseNs) {
            GroupMember &member = *m_group[m_next++ % m_group.size()];
            if (member.isSynced())
                member.alive();
        }
    }

private:
    Group &m_group;
    const qint64 m_pauseNs;
    qint64 m_nextAt;
    size_t m_next = 0;
};

bool gather(Run &run, Group &group, Beats &beats)
{
    const auto tick = [&](qint64 now) { beats.tick(now); };
    size_t started = 0;
    size_t there = 0;
    const bool haveCome = run.loop.until(
        [&] {
            while (there < started && group[there]->isSynced())
                ++there;
            while (started < group.size() && started < there + size_t(run.settings.parallel))
                group[started++]->connectNow();
            return there == group.size() || run.faults.count() > 0;
        },
        readyMs, tick);
    if (!haveCome)
        run.faults.add("not all members came");
    if (run.faults.count() > 0)
        return false;
    group.front()->found();
    run.loop.until([&] { return group.front()->isFounded(); }, readyMs, tick);
    for (const auto &member : group)
        member->open();
    const auto isOpen = [](const auto &member) { return member->isOpen(); };
    if (!run.loop.until([&] { return std::ranges::all_of(group, isOpen); }, readyMs, tick))
        run.faults.add("the group is not open for all");
    return run.faults.count() == 0;
}

void add(Run &run, const Board &board, const Span &span)
{
    run.result.insert(u"deliveries"_s, qint64(span.done));
    run.result.insert(u"deliveriesPerSecond"_s, span.perSecond());
    run.result.insert(u"messagesPerSecond"_s, span.perSecond() / double(run.settings.members - 1));
    span.addTo(run.result);
    run.result.insert(u"acknowledgedMs"_s, percentiles(board.acknowledgements));
    run.result.insert(u"deliveredMs"_s, percentiles(board.deliveries));
    run.result.insert(u"total"_s,
        QJsonObject{{u"sent"_s, qint64(board.sent)},
            {u"acknowledged"_s, qint64(board.acknowledged)},
            {u"delivered"_s, qint64(board.delivered)}});
}

} // namespace

void runFanOut(Run &run)
{
    SystemRandom random;
    const ChatId chat = newGroupId(random);
    const auto members = static_cast<size_t>(run.settings.members);
    Board board(static_cast<size_t>(run.settings.senders), members);
    Group group;
    for (size_t number = 0; number < members; ++number)
        group.push_back(std::make_unique<GroupMember>(run, board, chat, number));
    Beats beats(group);
    if (!gather(run, group, beats))
        return;

    board.begin(nowNs(), run.warmUpNs(), run.measureNs());
    Stopwatch watch(run);
    const auto tick = [&](qint64 now) {
        if (!watch.isRunning() && now >= board.from)
            watch.start(board.delivered);
        beats.tick(now);
        // It is another member's receipt that lets a sender go on.
        for (const size_t sender : std::exchange(board.freed, {}))
            group[sender]->say();
    };
    run.loop.refresh();
    for (const auto &member : group)
        member->say();
    const qint64 mostMs = (run.warmUpNs() + run.measureNs()) / nsPerMs + drainMs;
    // With a fault the run is of no use, and who was lost would be waited for in vain.
    const auto isFaulty = [&run] { return run.faults.count() > 0; };
    run.loop.until([&] { return board.isOver(run.loop.now()) || isFaulty(); }, mostMs, tick);
    const Span span = watch.stop(board.delivered);
    run.loop.until([&] { return board.unfinished() == 0 || isFaulty(); }, drainMs, tick);
    run.faults.add(board.unfinished(), "messages did not come to all");
    add(run, board, span);
    for (const auto &member : group)
        member->disconnectNow();
}

} // namespace parley::bench
