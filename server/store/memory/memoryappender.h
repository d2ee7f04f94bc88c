// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"
#include "server/store/store.h"

namespace parley {

/// Writes appends into a MemoryState: compares first, then changes all or nothing. Made for one
/// batch, under the state's lock.
class MemoryAppender {
public:
    explicit MemoryAppender(MemoryState &state)
        : m_state(state)
    {
    }

    Outcome apply(const Append &append);

private:
    Outcome applyOne(const ChatAppend &append);
    Outcome applyOne(const UserAppend &append);
    Outcome applyOne(const DirectoryAppend &append);
    Outcome applyOne(const DerivedDone &done);
    void putEntries(MemoryChat &chat, const ChatAppend &append);
    void putRows(MemoryChat &chat, const ChatAppend &append);
    static void raiseMarks(ChatAggregate &state, const std::vector<StoredMark> &marks);
    static void putDevices(UserAggregate &user, const std::vector<StoredDevice> &devices);

    MemoryState &m_state;
};

} // namespace parley
