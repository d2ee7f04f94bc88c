// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/sweep.h"

#include "tests/simulation/crashingvfs.h"

#include <numeric>

using namespace Qt::StringLiterals;

namespace parley::simulation {
namespace {

constexpr qint64 allSyncs = std::numeric_limits<qint32>::max();

bool isCrash(SweptFault fault)
{
    return fault == SweptFault::PowerLoss || fault == SweptFault::TornWrite;
}

bool isFull(SweptFault fault)
{
    return fault == SweptFault::FullOnce || fault == SweptFault::FullForEver;
}

void arm(CrashingDisk &disk, SweptFault fault, qint64 nth)
{
    using Failure = CrashingDisk::Failure;
    using Lasting = CrashingDisk::Lasting;
    switch (fault) {
    case SweptFault::PowerLoss:
    case SweptFault::TornWrite:
        return disk.crashAt(nth);
    case SweptFault::ErrorOnce:
        return disk.failAt(nth, Failure::Error, Lasting::Once);
    case SweptFault::ErrorForEver:
        return disk.failAt(nth, Failure::Error, Lasting::ForEver);
    case SweptFault::FullOnce:
        return disk.failAt(nth, Failure::Full, Lasting::Once);
    case SweptFault::FullForEver:
        return disk.failAt(nth, Failure::Full, Lasting::ForEver);
    case SweptFault::ShortRead:
        return disk.failAt(nth, Failure::ShortRead, Lasting::Once);
    }
}

} // namespace

const char *sweptFaultName(SweptFault fault)
{
    constexpr std::array names{"power loss", "torn write", "error once", "error for ever",
        "full once", "full for ever", "short read"};
    return names[size_t(fault)];
}

std::vector<SweptScenario> sweptScenarios()
{
    std::vector<SweptScenario> all = sweptConversations();
    for (SweptScenario &scenario : sweptFiles())
        all.push_back(std::move(scenario));
    return all;
}

qint64 Swept::livesInAll() const
{
    return std::accumulate(lives.begin(), lives.end(), qint64(0));
}

Sweep::Lived Sweep::live(
    const SweptScenario &scenario, std::optional<SweptFault> fault, qint64 nth) const
{
    // The beginning is the same each time; what is lost at a crash is not.
    CrashingVfs::reseed(m_plan.seed);
    const bool isPowerLoss = m_plan.isDiskLying || fault == SweptFault::PowerLoss;
    const auto life = scenario.begin(
        {m_plan.seed, isPowerLoss ? CrashingDisk::Crash::PowerLoss : CrashingDisk::Crash::Kill,
            !(fault && isFull(*fault))});
    CrashingDisk &disk = life->disk();
    disk.reseed(m_plan.seed * 1'000'003 + quint64(nth));
    if (fault && !isCrash(*fault))
        life->expectErrors();
    Lived lived{false, disk.changes(), disk.calls(), disk.writes(), disk.reads(), std::nullopt};
    const qint64 failuresBefore = disk.failures();
    if (m_plan.isDiskLying)
        disk.lieAboutSyncs(allSyncs);
    if (fault)
        arm(disk, *fault, nth);
    life->act();
    lived.changes = disk.changes() - lived.changes;
    lived.calls = disk.calls() - lived.calls;
    lived.writes = disk.writes() - lived.writes;
    lived.reads = disk.reads() - lived.reads;
    lived.wasStruck =
        fault && (isCrash(*fault) ? !disk.isArmed() : disk.failures() > failuresBefore);
    disk.heal();
    disk.crashAt(0);
    lived.violation = life->recover();
    return lived;
}

Swept Sweep::run(const SweptScenario &scenario) const
{
    const Lived undisturbed = live(scenario, std::nullopt, 0);
    Swept swept;
    swept.changes = undisturbed.changes;
    swept.calls = undisturbed.calls;
    if (undisturbed.violation && !m_plan.isDiskLying) {
        swept.violation = u"without any fault: "_s + *undisturbed.violation;
        return swept;
    }
    for (const SweptFault fault : sweptFaults) {
        const qint64 places = isCrash(fault) ? undisturbed.changes
            : fault == SweptFault::ShortRead ? undisturbed.reads
            : isFull(fault)                  ? undisturbed.writes
                                             : undisturbed.calls;
        const qint64 stride =
            m_plan.most > 0 ? std::max<qint64>(1, (places + m_plan.most - 1) / m_plan.most) : 1;
        for (qint64 nth = 1 + qint64(m_plan.seed) % stride; nth <= places; nth += stride) {
            const Lived lived = live(scenario, fault, nth);
            if (lived.violation) {
                swept.violation = u"%1 at operation %2: %3"_s.arg(
                    QLatin1String(sweptFaultName(fault)), QString::number(nth), *lived.violation);
                return swept;
            }
            if (!lived.wasStruck)
                break;
            ++swept.lives[size_t(fault)];
        }
    }
    return swept;
}

} // namespace parley::simulation
