// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"
#include "server/store/store.h"

namespace parley::simulation {

class CrashingDisk;

/// The engine under a world's servers, with what goes wrong in it. Outlives every server.
class WorldStore {
public:
    virtual ~WorldStore() = default;

    /// What one server process works with, from its start to its end.
    struct Opened {
        std::unique_ptr<Store> store;
        std::vector<std::unique_ptr<StoreReader>> readers; ///< at least one
    };
    /// Without a store when it cannot be opened now: to be tried again.
    virtual Opened open() = 0;
    /// So many servers have it open at once.
    virtual int owners() const { return 1; }
    /// Of a step: one of several owners stops for a while, and goes on with what it remembers.
    virtual double ownerPause() const { return 0; }
    /// What was committed may be pushed to nobody: another owner wrote it, or nobody knew the
    /// outcome. Devices find it by their digests.
    virtual bool losesPushes() const { return false; }
    /// Something of what is under way in the store happens; false when nothing is.
    virtual bool step() { return false; }
    virtual void tick(qint64 /*nowMs*/) { }
    /// All that is under way happens, and nothing goes wrong.
    virtual void settle() { }

    // Engines on a machine of their own: it dies at some storage operation, or is made to.
    virtual bool isDown() const { return false; }
    virtual CrashingDisk *disk() { return nullptr; }
    /// From now on nothing more is stored.
    virtual void goDown() { }
    /// The machine is there again, with what survived. No server has it open.
    virtual void comeUp() { }
    /// Of a step: what may go wrong with it.
    virtual void misfortune() { }
    /// At the very end, at rest: a last look at what is stored.
    virtual void finish() { }
    /// What was found wrong with it.
    virtual std::optional<QString> violation() const { return std::nullopt; }

    virtual void backup() = 0;
    /// Back to the last backup, with a new epoch; false when there is none. No server has it open,
    /// unless it has several owners.
    virtual bool restore() = 0;
    /// All that is durable now.
    virtual const MemoryState &state() const = 0;
    /// From now on nothing goes wrong any more.
    virtual void endFaults() = 0;
};

} // namespace parley::simulation
