// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/aggregates.h"
#include "shared/protocol/session.h"
#include "shared/result.h"

namespace parley {

/// One chat of a user, with what catching up compares.
struct UserHead {
    ChatId chat;
    qint64 head = 0;
    qint64 since = 1;
    qint64 marks = 0; ///< the sum by the rule of `visibleMarks`
    qint64 unread = 0;
    qint64 lastTime = 0;
    MemberState state = MemberState::Member;
};

/// What a token, looked up by its hash, stands for.
struct TokenOwner {
    UserId user;
    DeviceId device;
    bool disabled = false;
};

/// A user as the admin lists it.
struct UserListing {
    UserRow profile;
    bool admin = false;
    bool disabled = false;
    qint64 created = 0;
    qint64 devices = 0;
};

struct StoreCounts {
    qint64 users = 0;
    qint64 chats = 0;
    qint64 entries = 0;
    qint64 sizeBytes = 0;
};

/// Reads what is committed; never waits for the writer. One object belongs to one thread at a time
/// (each reader thread has its own). Each call sees one moment; two calls may see two.
///
/// `head`, `member`, `user`, `tokenOwner`, `userByName` and `invite` are current: they see all that
/// was Applied before the call. The others may be behind, in each chat and user by as much as they
/// like, but one reader never goes back within an aggregate: what it has seen of it, by any call,
/// all its later calls see. The embedded engines are never behind.
///
/// Access is checked by the caller with what these answers tell (since, state).
class StoreReader {
public:
    virtual ~StoreReader() = default;

    virtual Epoch epoch() const = 0;
    /// The user's chats as Member or Invited, newest activity first.
    virtual Result<std::vector<UserHead>> heads(const UserId &user) = 0;
    /// The user's aggregate; NotFound.
    virtual Result<UserAggregate> user(const UserId &user) = 0;
    virtual Result<std::vector<StateRow>> stateAfter(
        const UserId &user, qint64 revision, qsizetype most) = 0;
    /// The chat with its own row and all members; NotFound.
    virtual Result<ChatAggregate> chat(const ChatId &chat) = 0;
    /// The asking user's membership alone; nothing when there never was one.
    virtual Result<std::optional<StoredMember>> member(const ChatId &chat, const UserId &user) = 0;
    /// Head of the chat; NotFound.
    virtual Result<qint64> head(const ChatId &chat) = 0;
    /// Entries with rows, members and chat as they are now.
    virtual Result<std::vector<Entry>> entries(const ChatId &chat, qint64 first, qint64 last) = 0;
    /// Rows with low <= seq <= high, oldest first.
    virtual Result<std::vector<Row>> rows(const ChatId &chat, qint64 low, qint64 high) = 0;
    /// The newest row with seq >= since.
    virtual Result<std::optional<Row>> lastRow(const ChatId &chat, qint64 since) = 0;
    /// By rising user id, above `after`.
    virtual Result<std::vector<StoredMember>> members(
        const ChatId &chat, const std::optional<UserId> &after, qsizetype most) = 0;
    /// Profiles of those who exist.
    virtual Result<std::vector<UserRow>> profiles(const std::vector<UserId> &users) = 0;
    /// Those of `users` with whom `viewer` has a chat in common (both Member, and none blocks the
    /// other in it), and `viewer` itself.
    virtual Result<std::vector<UserId>> known(
        const UserId &viewer, const std::vector<UserId> &users) = 0;
    /// Those of `users` with whom `viewer` is served a chat (Member, or Invited), and `viewer`
    /// itself.
    virtual Result<std::vector<UserId>> servedWith(
        const UserId &viewer, const std::vector<UserId> &users) = 0;
    virtual Result<std::optional<UserId>> userByName(const QString &foldedName) = 0;
    virtual Result<std::optional<TokenOwner>> tokenOwner(const QByteArray &tokenHash) = 0;
    virtual Result<std::optional<InviteState>> invite(const QByteArray &codeHash) = 0;

    virtual Result<std::vector<UserListing>> listUsers() = 0;
    virtual Result<std::vector<InviteState>> listInvites() = 0;
    virtual Result<StoreCounts> counts() = 0;
};

/// Makes readers, one for each thread that asks. Any thread.
class StoreReaders {
public:
    virtual ~StoreReaders() = default;
    virtual Result<std::unique_ptr<StoreReader>> open() = 0;
};

} // namespace parley
