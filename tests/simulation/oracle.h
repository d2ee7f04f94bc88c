// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"
#include "shared/protocol/frame.h"

namespace parley::simulation {

/// Says, from the log alone and in its own words, what each user may ever read. It shares no code
/// with the server's own predicate.
class Oracle {
public:
    /// Reads the chat's entries that it has not seen yet.
    void follow(const ChatId &chat, const MemoryChat &stored);
    /// The past changed: start over.
    void forget() { m_chats.clear(); }

    /// What is wrong with showing this frame to the user, or nothing.
    std::optional<QString> judge(
        const UserId &user, const QByteArray &frame, const std::map<RequestNumber, Command> &asked);

private:
    struct Stay {
        qint64 from = 1;
        qint64 until = std::numeric_limits<qint64>::max(); ///< the seq of the leave
    };
    struct Known {
        qint64 seen = 0;
        std::map<UserId, std::vector<Stay>> stays;
    };

    bool mayRead(const ChatId &chat, const UserId &user, const Row &row) const;
    std::optional<QString> judge(const UserId &user, const ChatId &chat, const Row &row) const;
    std::optional<QString> judge(const UserId &user, const PageReply &page) const;
    std::optional<QString> judge(const UserId &user, const std::vector<ChatHead> &heads) const;
    std::optional<QString> judge(
        const UserId &user, const ChatId &chat, const std::vector<Entry> &entries) const;

    std::map<ChatId, Known> m_chats;
};

} // namespace parley::simulation
