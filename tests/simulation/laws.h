// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"
#include "shared/protocol/commands.h"

#include <set>

namespace parley::simulation {

/// What no log may show whoever sent what: told from the entries and rows alone, sharing no code
/// with the server's rules. The law that is broken, or nothing.
std::optional<QString> brokenLaw(const MemoryChat &chat);
/// The same of all chats together.
std::optional<QString> brokenLaw(const std::map<ChatId, MemoryChat> &chats);

/// Judges what senders are told: an ok names what is in the log by then, and what was asked; what
/// is in the log is not refused; and the first final outcome of an operation stays, whoever heard
/// it.
class Outcomes {
public:
    std::optional<QString> wrong(
        const MemoryState &state, const UserId &user, const Send &asked, const SendReply &reply);
    /// The past changed.
    void forget() { m_refused.clear(); }

private:
    std::set<std::tuple<ChatId, MessageId, UserId>> m_refused;
};

} // namespace parley::simulation
