// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/replay/replay.h"

#include <algorithm>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr int lookMs = 5;
/// Lines that are under way at once: more would be no conversation any more.
constexpr int unacknowledgedMost = 48;
constexpr size_t comesBefore = 40; ///< steps before the own next one
constexpr size_t goesBefore = 250; ///< steps without anything to say
constexpr int comesAtOnce = 15; ///< that are not online yet
/// In large groups a mark waits up to 5 s; after that nothing may come any more.
constexpr qint64 quietMs = limits::largeGroupMarkMs + 1'500;
constexpr qint64 smallQuietMs = 1'500;
constexpr qint64 msPerMinute = 60'000;

} // namespace

Replay::Replay(DayPlan plan, Settings settings, std::vector<std::unique_ptr<Speaker>> &speakers,
    compare::JournalWriter &journal, TcpProxy *proxy)
    : m_plan(std::move(plan))
    , m_settings(std::move(settings))
    , m_speakers(speakers)
    , m_journal(journal)
    , m_proxy(proxy)
    , m_random(m_settings.seed)
    , m_stepsOf(m_speakers.size())
{
    for (size_t step = 0; step < m_plan.steps.size(); ++step)
        m_stepsOf[static_cast<size_t>(m_plan.steps[step].person)].push_back(step);
    for (const auto &speaker : m_speakers)
        connectSpeaker(*speaker);
    connect(&m_timer, &QTimer::timeout, this, &Replay::look);
}

void Replay::connectSpeaker(Speaker &speaker)
{
    connect(&speaker, &Speaker::stored, this,
        [this](qsizetype line, const ChatId &chat, const MessageId &message) {
            if (chat == m_group)
                m_lines.emplace(message, line);
        });
    connect(&speaker, &Speaker::acknowledged, this, [this](const Speaker::Acknowledged &what) {
        const auto &row = what.row;
        m_journal.write(
            {what.chat.bytes(), row.id.bytes(), row.seq, row.sender.bytes(), row.payload});
        ++m_result.acknowledged;
        auto &head = m_heads[what.chat];
        head = std::max(head, row.seq);
        if (row.kind != Kind::Message)
            return;
        --m_unacknowledged;
        if (const auto line = m_lines.find(row.id); line != m_lines.end())
            m_messages.emplace(line->second, row.id);
    });
    connect(&speaker, &Speaker::renamed, this, [this] {
        --m_openRenames;
        ++m_result.renamed;
    });
    connect(&speaker, &Speaker::refused, this,
        [this](const QString &why) { m_result.refusals += why; });
    connect(&speaker, &Speaker::told, this, [this] { m_quiet.start(); });
    connect(&speaker, &Speaker::created, this, [this](const ChatId &chat) {
        if (!m_group)
            m_group = chat;
        else
            m_direct = chat;
    });
}

void Replay::start()
{
    m_clock.start();
    m_quiet.start();
    m_timer.start(lookMs);
}

void Replay::look()
{
    if (!m_result.refusals.isEmpty() && m_stage != Stage::Finished) {
        m_stage = Stage::Finished;
        m_timer.stop();
        emit finished();
        return;
    }
    switch (m_stage) {
    case Stage::Gathering:
        gather();
        break;
    case Stage::Talking:
        talk();
        break;
    case Stage::Settling:
        settle();
        break;
    case Stage::Finished:
        break;
    }
}

bool Replay::isOfPair(size_t person) const
{
    return static_cast<int>(person) == m_plan.first || static_cast<int>(person) == m_plan.second;
}

void Replay::come(size_t person)
{
    if (m_speakers[person]->isHere())
        return;
    m_speakers[person]->come();
    ++m_result.visits;
}

// The one who speaks first makes the group, with everybody of the day; then one of the pair
// begins the direct chat.
void Replay::gather()
{
    const auto founder = static_cast<size_t>(m_plan.steps.front().person);
    const auto first = static_cast<size_t>(m_plan.first);
    come(founder);
    come(first);
    come(static_cast<size_t>(m_plan.second));
    if (!m_group) {
        if (m_speakers[founder]->isOnline() && !std::exchange(m_isCreating, true)) {
            std::vector<UserId> others;
            for (size_t person = 0; person < m_speakers.size(); ++person)
                if (person != founder)
                    others.push_back(m_speakers[person]->user());
            m_speakers[founder]->createGroup(m_settings.title, others);
        }
        return;
    }
    if (!m_speakers[first]->knows(*m_group))
        return;
    if (!m_direct) {
        if (std::exchange(m_isCreating, false))
            m_speakers[first]->createDirect(m_speakers[static_cast<size_t>(m_plan.second)]->user());
        return;
    }
    if (!m_speakers[static_cast<size_t>(m_plan.second)]->knows(*m_direct))
        return;
    emit progress(u"%1 people"_s.arg(m_speakers.size()));
    m_clock.start();
    m_stage = Stage::Talking;
}

std::optional<size_t> Replay::nextStepOf(size_t person) const
{
    const auto &steps = m_stepsOf[person];
    const auto next = std::lower_bound(steps.begin(), steps.end(), m_next);
    return next == steps.end() ? std::nullopt : std::optional(*next);
}

void Replay::letComeAndGo()
{
    int coming = 0;
    for (const auto &speaker : m_speakers)
        coming += speaker->isHere() && !speaker->isOnline() ? 1 : 0;
    for (size_t person = 0; person < m_speakers.size(); ++person) {
        auto &speaker = *m_speakers[person];
        const auto next = nextStepOf(person);
        if (!speaker.isHere()) {
            const bool isNeeded = next && *next < m_next + comesBefore;
            if (isNeeded && (coming < comesAtOnce || *next == m_next)) {
                come(person);
                ++coming;
            }
            continue;
        }
        const bool hasTime = !next || *next > m_next + goesBefore;
        if (hasTime && !m_settings.isEveryoneStaying && !isOfPair(person) && speaker.isOnline()
            && !speaker.isWaiting() && m_openRenames == 0)
            speaker.go();
    }
}

qint64 Replay::dueMs(const PlannedStep &step) const
{
    if (m_settings.speed <= 0)
        return 0;
    const auto minutes = step.minute - m_plan.steps.front().minute;
    return static_cast<qint64>(static_cast<double>(minutes * msPerMinute) / m_settings.speed);
}

// One answers what one can have read: the answered line is in the log.
bool Replay::mayTake(const PlannedStep &step) const
{
    const auto &speaker = *m_speakers[static_cast<size_t>(step.person)];
    if (m_clock.elapsed() < dueMs(step) || m_unacknowledged >= unacknowledgedMost)
        return false;
    if (!speaker.isHere() || !speaker.knows(*m_group))
        return false;
    return !step.repliesTo || m_messages.contains(*step.repliesTo);
}

void Replay::talk()
{
    letComeAndGo();
    while (m_next < m_plan.steps.size() && mayTake(m_plan.steps[m_next])) {
        take(m_plan.steps[m_next]);
        ++m_next;
        cutIfDue();
    }
    if (m_next < m_plan.steps.size() || m_unacknowledged > 0 || m_openRenames > 0)
        return;
    m_result.talkMs = m_clock.elapsed();
    emit progress(u"everything is said"_s);
    m_stage = Stage::Settling;
}

void Replay::take(const PlannedStep &step)
{
    if (!step.newName) {
        say(step);
        return;
    }
    ++m_openRenames;
    m_speakers[static_cast<size_t>(step.person)]->rename(*step.newName);
}

NewMessage Replay::messageOf(const PlannedStep &step) const
{
    TextBody body;
    body.text = step.text;
    NewMessage message;
    if (step.isAction)
        body.entities.push_back(
            {0, static_cast<quint32>(step.text.size()), EntityKind::Italic, {}, {}});
    if (step.addressed) {
        const auto user = m_speakers[static_cast<size_t>(*step.addressed)]->user();
        body.entities.push_back(
            {0, static_cast<quint32>(step.addressLength), EntityKind::Mention, {}, user});
        message.wake.push_back(user);
    }
    message.payload = toCbor(body);
    return message;
}

void Replay::say(const PlannedStep &step)
{
    auto &speaker = *m_speakers[static_cast<size_t>(step.person)];
    auto message = messageOf(step);
    if (step.isAlsoDirect) {
        speaker.say(step.line, *m_direct, message);
        ++m_unacknowledged;
        ++m_result.saidDirectly;
        speaker.read(*m_direct);
    }
    if (step.repliesTo) {
        message.replyTo = m_messages.at(*step.repliesTo);
        ++m_result.replies;
    }
    speaker.say(step.line, *m_group, message);
    speaker.read(*m_group);
    ++m_unacknowledged;
    ++m_result.said;
}

// Evenly over the day; which connection, and at which byte, is the seed's.
void Replay::cutIfDue()
{
    if (!m_proxy)
        return;
    const auto due = static_cast<int>(static_cast<qint64>(m_settings.cuts)
        * static_cast<qint64>(m_next) / static_cast<qint64>(m_plan.steps.size()));
    for (; m_result.cuts < due; ++m_result.cuts)
        m_proxy->cutOne(static_cast<quint32>(m_random()));
}

bool Replay::hasEverything(const Speaker &speaker, size_t person) const
{
    const auto hasChat = [&](const ChatId &chat) {
        return speaker.isComplete(chat) && speaker.head(chat) >= m_heads.at(chat);
    };
    return speaker.isOnline() && !speaker.isWaiting() && hasChat(*m_group)
        && (!isOfPair(person) || hasChat(*m_direct));
}

// Everybody comes, until nothing is missing anywhere and nothing moves any more.
void Replay::settle()
{
    int coming = 0;
    bool isComplete = true;
    for (size_t person = 0; person < m_speakers.size(); ++person) {
        auto &speaker = *m_speakers[person];
        if (!speaker.isHere() && coming < comesAtOnce)
            come(person);
        coming += speaker.isOnline() ? 0 : 1;
        isComplete = isComplete && speaker.isHere() && hasEverything(speaker, person);
    }
    const bool isLarge = static_cast<qsizetype>(m_speakers.size()) > limits::marksMembers;
    if (!isComplete || m_quiet.elapsed() < (isLarge ? quietMs : smallQuietMs))
        return;
    m_result.totalMs = m_clock.elapsed();
    m_stage = Stage::Finished;
    m_timer.stop();
    emit finished();
}

} // namespace parley
