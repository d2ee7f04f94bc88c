// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/hostilestore.h"

#include "tests/simulation/hostileowner.h"

namespace parley::simulation {
namespace {

constexpr int longestAwayMs = 40'000;
/// So many things happen in the store while one happens elsewhere.
constexpr int happeningsAtOnce = 6;

} // namespace

Hostility Hostility::draw(SeededRandom &random)
{
    const auto oneOf = [&](auto... values) {
        const std::array choices{double(values)...};
        return choices[size_t(random.pick(int(choices.size())))];
    };
    Hostility hostility;
    hostility.owners = int(oneOf(2, 2, 3));
    hostility.unavailable = oneOf(0, 0.01, 0.05);
    hostility.unknown = oneOf(0, 0.02, 0.1, 0.3);
    hostility.away = oneOf(0, 0, 0.01, 0.05);
    hostility.lagMs = qint64(oneOf(0, 500, 5'000, 60'000));
    hostility.ownerPause = oneOf(0, 0.003, 0.01);
    return hostility;
}

/// Answers within the call: what the partitions themselves say.
class HostileStore::Hearing : public StoreListener {
public:
    explicit Hearing(MemoryStore &store)
        : m_store(store)
    {
        store.setListener(this);
    }
    Loaded load(LoadRequest request)
    {
        m_store.load(std::move(request));
        return std::move(m_loaded);
    }
    Outcome append(const Append &append)
    {
        m_store.append(0, {append});
        return m_outcome;
    }

private:
    void loaded(Loaded answer) override { m_loaded = std::move(answer); }
    void appended(quint64, std::vector<Outcome> outcomes) override { m_outcome = outcomes.at(0); }

    MemoryStore &m_store;
    Loaded m_loaded;
    Outcome m_outcome = Outcome::Applied;
};

HostileStore::HostileStore(quint64 seed, const Hostility &hostility, Counts &counts)
    : m_random(seed)
    , m_hostility(hostility)
    , m_counts(counts)
    , m_truth(std::make_unique<MemoryStore>(m_random))
    , m_hearing(std::make_unique<Hearing>(*m_truth))
{
}

HostileStore::~HostileStore() = default;

WorldStore::Opened HostileStore::open()
{
    Opened opened;
    opened.store = std::make_unique<HostileOwner>(*this);
    for (int i = 0; i < readersOfOwner; ++i) {
        auto replica = std::make_shared<Replica>(state());
        m_replicas.push_back(replica);
        opened.readers.push_back(std::make_unique<HostileReader>(*this, std::move(replica)));
    }
    return opened;
}

void HostileStore::ask(HostileOwner &owner, LoadRequest request)
{
    Load load;
    load.answer.ticket = request.ticket;
    // What lies in several partitions is read at several moments.
    const auto share = [&](LoadRequest part) { load.parts.push_back(std::move(part)); };
    if (request.user) {
        LoadRequest part;
        part.user = request.user;
        part.stateKeys = std::move(request.stateKeys);
        part.countRemoved = std::exchange(request.countRemoved, 0);
        share(std::move(part));
    }
    if (!request.people.empty() || request.userName || request.inviteHash) {
        LoadRequest part;
        part.people = std::move(request.people);
        part.asker = request.asker;
        part.userName = std::move(request.userName);
        part.inviteHash = std::move(request.inviteHash);
        share(std::move(part));
    }
    if (request.chat) {
        request.user.reset();
        request.people.clear();
        request.userName.reset();
        request.inviteHash.reset();
        share(std::move(request));
    }
    m_requests.push_back(Request{&owner, std::move(load)});
}

void HostileStore::ask(HostileOwner &owner, quint64 batch, std::vector<Append> appends)
{
    for (size_t place = 0; place < appends.size(); ++place)
        m_requests.push_back(
            Request{&owner, OneAppend{std::move(appends[place]), batch, place, {}}});
}

Result<std::vector<Derived>> HostileStore::pendingDerived()
{
    // A part of the truth would pass for all of it.
    if (!m_isCalm && !m_awayUntilMs.empty())
        return ErrorCode::Unavailable;
    return m_truth->pendingDerived();
}

void HostileStore::forget(HostileOwner &owner)
{
    for (Request &request : m_requests) {
        if (request.owner == &owner)
            request.owner = nullptr;
    }
    // Reads of the dead are of no use; what it wrote may still arrive.
    std::erase_if(m_requests, [](const Request &request) {
        return !request.owner && std::holds_alternative<Load>(request.what);
    });
}

bool HostileStore::step()
{
    bool moved = false;
    const int times = 1 + m_random.pick(happeningsAtOnce);
    for (int i = 0; i < times; ++i) {
        if (!m_limbo.empty() && m_random.pick(4) == 0)
            moved = decideLimbo() || moved;
        if (!m_replicas.empty() && m_random.pick(3) == 0)
            moved = someReplica().catchUpSome(m_random) || moved;
        if (m_requests.empty())
            continue;
        const size_t first = size_t(m_random.pick(int(m_requests.size())));
        const size_t count = m_requests.size();
        for (size_t k = 0; k < count; ++k) {
            if (advance((first + k) % count)) {
                moved = true;
                break;
            }
        }
    }
    if (!moved && m_isCalm && !m_limbo.empty())
        return decideLimbo();
    return moved;
}

bool HostileStore::advance(size_t index)
{
    // Taken out while it moves: who hears an answer asks the next thing.
    Request request = std::move(m_requests[index]);
    const bool isLoad = std::holds_alternative<Load>(request.what);
    const Fate fate =
        isLoad ? advance(std::get<Load>(request.what)) : advance(std::get<OneAppend>(request.what));
    if (fate != Fate::Answered) {
        m_requests[index] = std::move(request);
        return fate == Fate::Moved;
    }
    m_requests.erase(m_requests.begin() + std::ptrdiff_t(index));
    if (!request.owner)
        return true;
    if (isLoad) {
        request.owner->hear(std::move(std::get<Load>(request.what).answer));
    } else {
        const auto &one = std::get<OneAppend>(request.what);
        request.owner->hear(one.batch, one.place, *one.outcome);
    }
    return true;
}

HostileStore::Fate HostileStore::advance(Load &load)
{
    if (load.parts.empty() || load.answer.error)
        return Fate::Answered;
    const size_t which = size_t(m_random.pick(int(load.parts.size())));
    const LoadRequest &part = load.parts[which];
    const Partition partition = part.chat ? Partition(*part.chat)
        : part.user                       ? Partition(*part.user)
                                          : Partition();
    const bool away = isAway(partition);
    if (away && !chance(0.2))
        return Fate::Waits;
    if (away || chance(m_hostility.unavailable)) {
        ++m_counts[QStringLiteral("fault: store unavailable")];
        load.answer.error = Error(ErrorCode::Unavailable);
        return Fate::Moved;
    }
    Loaded read = m_hearing->load(part);
    Loaded &answer = load.answer;
    if (part.chat) {
        read.ticket = answer.ticket;
        read.user = std::move(answer.user);
        read.stateRows = std::move(answer.stateRows);
        read.removedKeys = answer.removedKeys;
        read.people = std::move(answer.people);
        read.nameOwner = answer.nameOwner;
        read.invite = std::move(answer.invite);
        answer = std::move(read);
    } else if (part.user) {
        answer.user = std::move(read.user);
        answer.epoch = read.epoch;
        answer.stateRows = std::move(read.stateRows);
        answer.removedKeys = read.removedKeys;
    } else {
        answer.people = std::move(read.people);
        answer.nameOwner = read.nameOwner;
        answer.invite = std::move(read.invite);
    }
    load.parts.erase(load.parts.begin() + std::ptrdiff_t(which));
    return Fate::Moved;
}

HostileStore::Fate HostileStore::advance(OneAppend &one)
{
    if (one.outcome)
        return Fate::Answered;
    const bool away = isAway(partitionOf(one.append));
    if (away && !chance(0.2))
        return Fate::Waits;
    if (away ? m_random.pick(2) == 0 : chance(m_hostility.unavailable)) {
        ++m_counts[QStringLiteral("fault: store unavailable")];
        one.outcome = Outcome::Unavailable;
    } else if (away || chance(m_hostility.unknown)) {
        one.outcome = Outcome::Unknown;
        switch (m_random.pick(3)) {
        case 0:
            ++m_counts[QStringLiteral("fault: outcome unknown, lost")];
            break;
        case 1:
            ++m_counts[QStringLiteral("fault: outcome unknown, decided later")];
            m_limbo.push_back(std::move(one.append));
            break;
        case 2:
            ++m_counts[QStringLiteral("fault: outcome unknown, applied")];
            happen(one.append);
            break;
        }
    } else {
        one.outcome = happen(one.append);
        if (one.outcome == Outcome::HeadMoved)
            ++m_counts[QStringLiteral("fault: head moved")];
    }
    return Fate::Moved;
}

Outcome HostileStore::happen(const Append &append)
{
    const Outcome outcome = m_hearing->append(append);
    if (outcome != Outcome::Applied)
        return outcome;
    std::erase_if(m_replicas, [](const auto &replica) { return replica.use_count() == 1; });
    const auto heard = std::make_shared<const Append>(append);
    for (const auto &replica : m_replicas) {
        replica->hear(heard, m_nowMs);
        if (m_isCalm || m_hostility.lagMs == 0)
            replica->catchUp(partitionOf(append));
    }
    return outcome;
}

bool HostileStore::decideLimbo()
{
    if (m_limbo.empty())
        return false;
    const auto at = m_limbo.begin() + m_random.pick(int(m_limbo.size()));
    const Append append = std::move(*at);
    m_limbo.erase(at);
    if (m_random.pick(3) == 0) {
        ++m_counts[QStringLiteral("case: lost long after it was answered Unknown")];
        return true;
    }
    const bool applied = happen(append) == Outcome::Applied;
    ++m_counts[applied ? QStringLiteral("case: applied long after it was answered Unknown")
                       : QStringLiteral("case: too late long after it was answered Unknown")];
    return true;
}

Replica &HostileStore::someReplica()
{
    return *m_replicas[size_t(m_random.pick(int(m_replicas.size())))];
}

bool HostileStore::isAway(const Partition &partition) const
{
    return !m_isCalm && m_awayUntilMs.contains(partition);
}

void HostileStore::tick(qint64 nowMs)
{
    m_nowMs = nowMs;
    std::erase_if(m_awayUntilMs, [&](const auto &item) { return item.second <= nowMs; });
    for (const auto &replica : m_replicas)
        replica->catchUp(nowMs - m_hostility.lagMs);
    if (!chance(m_hostility.away) || state().chats.empty() || state().users.empty())
        return;
    ++m_counts[QStringLiteral("fault: partition away")];
    const auto any = [&](const auto &map) {
        return std::next(map.begin(), m_random.pick(int(map.size())))->first;
    };
    const Partition partition =
        m_random.pick(2) ? Partition(any(state().chats)) : Partition(any(state().users));
    m_awayUntilMs[partition] = nowMs + m_random.pick(longestAwayMs);
}

void HostileStore::settle()
{
    const bool wasCalm = std::exchange(m_isCalm, true);
    while (step()) { }
    m_isCalm = wasCalm;
}

void HostileStore::endFaults()
{
    m_isCalm = true;
    m_awayUntilMs.clear();
    m_hostility.lagMs = 0;
    for (const auto &replica : m_replicas)
        replica->catchUp(m_nowMs);
}

bool HostileStore::restore()
{
    if (!m_backup)
        return false;
    m_truth = std::make_unique<MemoryStore>(*m_backup, m_random);
    m_hearing = std::make_unique<Hearing>(*m_truth);
    for (const auto &replica : m_replicas)
        replica->reset(state());
    return true;
}

} // namespace parley::simulation
