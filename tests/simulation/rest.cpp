// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

/// How a world ends: nothing goes wrong any more, and all must be well soon.
namespace parley::simulation {
namespace {

/// Catching up asks and answers a few times for each chat; more is a busy loop.
constexpr int busyRounds = 2'000;
constexpr qint64 restStepMs = 5'000;
constexpr qint64 heartbeats = 3;
/// A push that was lost is found by the digest; a connection that was silent by the silence, and a
/// send that failed again and again waits for so long.
constexpr qint64 digestMs = (limits::digestEvery + 1) * limits::heartbeatMs;
constexpr qint64 longestBackoffMs = 60'000;
constexpr qint64 quotaMs = 3'600'000;
/// Nothing is written any more after so long.
constexpr qint64 changesMs = 30'000;
/// Marks are not sent at once.
constexpr qint64 lastWordsMs = 3'000;

} // namespace

bool World::deliverAll()
{
    bool moved = false;
    int rounds = 0;
    for (bool again = true; again;) {
        again = false;
        if (++rounds > busyRounds) {
            m_server.violation = QStringLiteral("client and server talk without end, without time");
            return false;
        }
        for (const auto &device : m_devices) {
            while (device->transmit())
                again = true;
        }
        // What was read may be overtaken by what was pushed after it.
        const auto first =
            m_random.pick(2) == 0 ? &ServerSide::stepReader : &ServerSide::stepMailbox;
        while (m_server.stepService() || (m_server.*first)() || m_server.stepReader()
            || m_server.stepMailbox())
            again = true;
        for (const auto &device : m_devices) {
            while (device->receive())
                again = true;
        }
        moved = moved || again;
        if (violation())
            return false;
    }
    return moved;
}

qint64 World::endFaults()
{
    qint64 allowedMs = heartbeats * limits::heartbeatMs;
    const auto used = [this](const char *fault) {
        const auto found = counts().find(QLatin1String("fault: ") + QLatin1String(fault));
        return found != counts().end() && found->second > 0;
    };
    if (used("push lost") || used("lagging"))
        allowedMs += digestMs;
    // What one device heard of by its digest, the marks that follow are heard of by the others'.
    if (m_server.losesPushes())
        allowedMs += 2 * digestMs;
    const bool isSilent = std::any_of(m_devices.begin(), m_devices.end(),
        [](const auto &device) { return device->isConnected() && device->wire()->isSilent; });
    if (isSilent || used("pause") || used("slow peer"))
        allowedMs += limits::silenceMs;
    const bool wasRefused = std::any_of(m_devices.begin(), m_devices.end(),
        [](const auto &device) { return device->isOn() && !device->core().outbox().isIdle(); });
    if (wasRefused)
        allowedMs += longestBackoffMs;
    m_hasFaults = false;
    m_server.endFaults();
    m_server.boot();
    for (const auto &device : m_devices)
        device->endFaults();
    // Who added too many was told to wait so long.
    if (m_mix.hasQuota)
        passTime(quotaMs);
    return allowedMs;
}

std::optional<QString> World::comeToRest()
{
    tell(QStringLiteral("nothing goes wrong any more"));
    if (auto wrong = restWithin(endFaults(), changesMs))
        return wrong;
    if (m_mix.pushLoss == 0)
        return std::nullopt;
    loseLastWords();
    return restWithin(heartbeats * limits::heartbeatMs + 2 * digestMs, 0);
}

/// The last that is said does not reach everybody, and nothing follows by which one would notice:
/// only the digest finds it.
void World::loseLastWords()
{
    ++m_server.counts[QStringLiteral("case: last words")];
    m_server.losesLastWords = true;
    for (int left = 3 + m_random.pick(6); left > 0; --left) {
        Device &device = someDevice();
        const bool mayTalk = mustBeWell(device) && device.isOn();
        const auto chat = mayTalk ? someChat(device) : std::nullopt;
        if (!chat)
            continue;
        const int what = m_random.pick(4);
        if (what == 0)
            say(device, *chat);
        else if (what == 1)
            keepState(device, *chat);
        else
            readOn(device, *chat);
        device.settle();
        deliverAll();
        passTime(lastWordsMs);
        deliverAll();
    }
    m_server.losesLastWords = false;
    // Without the digest it is found by the next connection.
    for (const auto &device : m_devices) {
        if (device->peer == Peer::Plain)
            device->disconnect();
    }
}

/// While devices fetch what they do not hold, somebody changes it.
void World::changeThePast()
{
    Device &device = someDevice();
    const bool mayTalk = mustBeWell(device) && device.isOn();
    if (const auto chat = mayTalk ? someChat(device) : std::nullopt) {
        change(device, *chat);
        device.settle();
    }
}

std::optional<QString> World::restWithin(qint64 allowedMs, qint64 changingMs)
{
    std::optional<QString> missing;
    qint64 restedMs = 0;
    qint64 held = heldRows();
    for (qint64 passedMs = 0; passedMs <= allowedMs || restedMs < digestMs;
         passedMs += restStepMs) {
        for (const auto &device : m_devices) {
            if (!device->isConnected())
                device->connect();
        }
        if (passedMs < changingMs)
            changeThePast();
        deliverAll();
        if (auto wrong = violation())
            return wrong;
        missing = whatIsMissing();
        restedMs = missing ? 0 : restedMs + restStepMs;
        // Within three heartbeats, or as much later as what had happened explains. The whole past
        // comes piece by piece.
        const bool isFetching = heldRows() > std::exchange(held, heldRows());
        if (missing && passedMs >= allowedMs && !isFetching)
            return QStringLiteral("9: not well after %1 s without faults: %2")
                .arg(passedMs / 1000)
                .arg(*missing);
        // Well, and nothing was under way that a digest would still have to find.
        const bool isFound = m_mix.isGapless() && !m_server.losesPushes();
        if (!missing && isFound && restedMs >= heartbeats * limits::heartbeatMs)
            break;
        passTime(restStepMs);
    }
    deliverAll();
    return violation();
}

qint64 World::heldRows() const
{
    qint64 sum = 0;
    for (const auto &device : m_devices) {
        if (!device->isOn())
            continue;
        for (const Have &have : device->core().have()) {
            for (const Interval &interval : device->core().chat(have.chat)->held.all())
                sum += interval.high - interval.low + 1;
        }
    }
    return sum;
}

/// 9: what is not at the heads, or still waits.
std::optional<QString> World::whatIsMissing()
{
    for (const auto &device : m_devices) {
        const auto missing = [&](const char *what) {
            return QStringLiteral("%1: %2").arg(device->name, QLatin1String(what));
        };
        if (!mustBeWell(*device))
            continue;
        if (!device->isOn())
            return missing("is off");
        if (!device->isConnected() || !device->core().isLive())
            return missing("not live");
        if (!device->core().outbox().isIdle())
            return missing("the outbox is not empty");
        const auto user = m_server.state().users.find(device->user);
        if (device->core().state().revision() != user->second.state.revision)
            return missing("behind in user state");
        for (const auto &[id, stored] : m_server.state().chats) {
            if (!stored.state)
                continue;
            const auto member = stored.state->members.find(device->user);
            if (member == stored.state->members.end())
                continue;
            const MemberState state = member->second.row.state;
            if (state != MemberState::Member && state != MemberState::Invited)
                continue;
            const Chat *chat = device->core().chat(id);
            if (!chat || !chat->isMine())
                return missing("lacks a chat");
            if (chat->seq() != stored.state->head)
                return missing("not at the head of a chat");
            if (!chat->held.covers(member->second.row.since, stored.state->head))
                return missing("has holes");
            const Mark own = chat->mark(device->user);
            if (own.delivered != member->second.delivered || own.read != member->second.read)
                return missing("its own marks are not the server's");
            if (state == MemberState::Member && own.delivered != stored.state->head)
                return missing("delivered is not at the head");
        }
    }
    return std::nullopt;
}

} // namespace parley::simulation
