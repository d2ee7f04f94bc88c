// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"
#include "server/store/reader.h"

#include <set>

namespace parley {

/// What the memory engine knows of one chat.
struct MemoryChat {
    std::optional<ChatAggregate> state; ///< absent while only refused operations are known
    std::vector<Entry> entries; ///< seq 1 first; without rows
    std::map<qint64, Row> rows; ///< by seq
    std::map<MessageId, qint64> places; ///< seq of the row of an id
    std::map<MessageId, KnownOperation> operations;

    /// The entries with what they touch, as it is now.
    std::vector<Entry> entriesBetween(qint64 first, qint64 last) const;
    std::vector<Row> rowsBetween(qint64 low, qint64 high) const;
    std::vector<Row> newestRows(qsizetype count) const;
    const Row *row(const MessageId &id) const;
    /// Message rows of others with after < seq <= upTo.
    qint64 countOthers(const UserId &user, qint64 after, qint64 upTo) const;
    std::vector<MessageId> ownEntries(const UserId &user) const;
};

struct MemoryUser {
    UserAggregate state; ///< privacy is decoded when it is read
    std::map<QString, StateRow> keys;

    UserAggregate whole() const;
};

/// All that the memory engine holds: a value, so that a copy is a backup.
struct MemoryState {
    Epoch epoch;
    std::map<ChatId, MemoryChat> chats;
    std::map<UserId, std::set<ChatId>> chatsOf; ///< former ones too
    std::map<UserId, MemoryUser> users;
    std::map<QString, UserId> names;
    std::map<QByteArray, InviteState> invites;
    std::vector<Derived> derived;

    const MemoryChat *chat(const ChatId &id) const; ///< nullptr unless it was created
    const MemoryUser *user(const UserId &id) const;
    bool haveCommonChat(const UserId &one, const UserId &other) const;
    bool areServedTogether(const UserId &one, const UserId &other) const;
    std::vector<UserHead> heads(const UserId &user) const;
};

} // namespace parley
