// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"
#include "shared/protocol/frame.h"

namespace parley::simulation {

/// Says, from the log alone and in its own words, what each user may ever read. It shares no code
/// with the server's own predicate. What was decided before something changed may still be on its
/// way after it: the oracle forgives that, and nothing else.
class Oracle {
public:
    /// `state` is what is committed at each moment; it must outlive the oracle.
    using State = std::function<const MemoryState &()>;
    explicit Oracle(State state)
        : m_state(std::move(state))
    {
    }

    /// Looks at what was committed to the chat since it looked last.
    void follow(const ChatId &chat, const MemoryChat &stored);
    /// A device was removed: nothing that is committed from now on may reach it.
    void removed(const DeviceId &device);
    bool isRemoved(const DeviceId &device) const { return m_removed.contains(device); }
    /// Removed at one of several servers: the others need not know yet, and lists may name it.
    void removedSomewhere(const DeviceId &device) { m_removedSomewhere.insert(device); }
    /// The past changed: start over.
    void forget();

    /// What is wrong with showing this frame to the user's device, or nothing.
    std::optional<QString> judge(const UserId &user, const DeviceId &device,
        const ServerFrame &frame, const std::map<RequestNumber, Command> &asked) const;

private:
    using Wrong = std::optional<QString>;
    struct Stay {
        qint64 from = 1;
        qint64 until = std::numeric_limits<qint64>::max(); ///< the seq of the leave
    };
    struct Known {
        qint64 seen = 0;
        std::map<UserId, std::vector<Stay>> stays;
        /// Whose receipts are off, with everybody's reads at that moment.
        std::map<UserId, std::map<UserId, qint64>> hidden;
    };
    struct Viewer {
        UserId user;
        DeviceId device;
    };

    const Known *known(const ChatId &chat) const;
    bool everBelonged(const ChatId &chat, const UserId &user) const;
    bool wasThere(const Known &chat, const UserId &user, qint64 seq) const;
    bool mayRead(const Known &chat, const UserId &user, const Row &row) const;
    Wrong judgeRow(const Viewer &viewer, const ChatId &chat, const Row &row) const;
    Wrong judgeRows(const Viewer &viewer, const ChatId &chat, const std::vector<Row> &rows) const;
    Wrong judgeEntries(
        const Viewer &viewer, const ChatId &chat, const std::vector<Entry> &entries) const;
    Wrong judgeMarks(
        const Viewer &viewer, const ChatId &chat, const std::vector<Mark> &marks) const;
    Wrong judgeMembers(const Viewer &viewer, const std::vector<MemberRow> &members) const;
    Wrong judgeBelonging(const Viewer &viewer, const ChatId &chat) const;
    Wrong judgeState(const Viewer &viewer, const std::vector<StateRow> &rows) const;
    Wrong judgePeople(const Viewer &viewer, const std::vector<UserRow> &users) const;
    Wrong judgePage(const Viewer &viewer, const PageReply &page) const;
    Wrong judgeHeads(const Viewer &viewer, const std::vector<ChatHead> &heads) const;
    Wrong judgeEvent(const Viewer &viewer, const Event &event) const;
    Wrong judgeAnswer(const Viewer &viewer, const Command &command, const QByteArray &body) const;

    State m_state;
    std::map<ChatId, Known> m_chats;
    /// With the heads of all chats when it was removed.
    std::map<DeviceId, std::map<ChatId, qint64>> m_removed;
    std::set<DeviceId> m_removedSomewhere;
};

} // namespace parley::simulation
