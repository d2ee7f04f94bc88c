// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/crashingdisk.h"

#include <array>
#include <functional>

namespace parley::simulation {

/// What is done to one storage operation.
enum class SweptFault : quint8 {
    PowerLoss, ///< the machine dies at it; what was not synced is lost, kept, reordered or torn
    TornWrite, ///< the process dies at it, of which some sectors arrived
    ErrorOnce, ///< EIO
    ErrorForEver,
    FullOnce, ///< ENOSPC
    FullForEver,
    ShortRead,
};
inline constexpr std::array sweptFaults{SweptFault::PowerLoss, SweptFault::TornWrite,
    SweptFault::ErrorOnce, SweptFault::ErrorForEver, SweptFault::FullOnce, SweptFault::FullForEver,
    SweptFault::ShortRead};
const char *sweptFaultName(SweptFault fault);

/// One life of a scenario: from its beginning, over the act in which something may fail, to what
/// must hold after it.
class SweptLife {
public:
    virtual ~SweptLife() = default;
    /// The one that fails.
    virtual CrashingDisk &disk() = 0;
    /// Calls will fail without the machine going down.
    virtual void expectErrors() { }
    virtual void act() = 0;
    /// The disk works again. Nothing, or what does not hold.
    virtual std::optional<QString> recover() = 0;
};

/// How a life goes, apart from what fails in it.
struct SweptManner {
    quint64 seed = 1;
    CrashingDisk::Crash crash = CrashingDisk::Crash::Kill; ///< how it ends at the latest
    /// Logs are taken into their files often, so that this is swept, too; or they grow, so that
    /// the disk can be full.
    bool hasCheckpoints = true;
};

struct SweptScenario {
    QString name;
    std::function<std::unique_ptr<SweptLife>(const SweptManner &manner)> begin;
};

/// On the whole: the server's store, and the client's cache, each under conversations, and as
/// files.
std::vector<SweptScenario> sweptScenarios();
std::vector<SweptScenario> sweptConversations();
std::vector<SweptScenario> sweptFiles();

/// What came of one scenario.
struct Swept {
    qint64 changes =
        0; ///< writes, truncations, syncs, creations and deletions of an undisturbed life
    qint64 calls = 0; ///< those, and reads and openings
    std::array<qint64, sweptFaults.size()> lives{}; ///< in which the fault happened
    std::optional<QString> violation; ///< with the fault and its place

    qint64 livesInAll() const;
};

/// Lives through a scenario once to count its storage operations, then again for each of them and
/// each fault.
class Sweep {
public:
    struct Plan {
        quint64 seed = 1;
        qint64 most = 0; ///< places for each fault, evenly spread; 0: all
        /// For a test of the sweep: the disk reports syncs that it does not do.
        bool isDiskLying = false;
    };
    explicit Sweep(const Plan &plan)
        : m_plan(plan)
    {
    }

    Swept run(const SweptScenario &scenario) const;

private:
    struct Lived {
        bool wasStruck = false;
        qint64 changes = 0;
        qint64 calls = 0;
        qint64 writes = 0;
        qint64 reads = 0;
        std::optional<QString> violation;
    };
    Lived live(const SweptScenario &scenario, std::optional<SweptFault> fault, qint64 nth) const;

    Plan m_plan;
};

} // namespace parley::simulation
