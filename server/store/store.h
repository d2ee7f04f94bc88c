// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"
#include "shared/result.h"

namespace parley {

/// What the message service asks the store to read, for one aggregate, before it decides.
struct LoadRequest {
    quint64 ticket = 0; ///< comes back with the answer

    /// One chat. All of it is read at one moment.
    std::optional<ChatId> chat;
    bool wantState = false; ///< ChatAggregate with all members
    std::vector<MessageId> operations; ///< what is known about these ids
    std::vector<MessageId> rows; ///< these rows as they are now
    struct CountOthers {
        UserId user;
        qint64 after = 0;
        qint64 upTo = 0;
    };
    std::vector<CountOthers> counts; ///< Message rows of others with after < seq <= upTo
    struct Entries {
        qint64 first = 0;
        qint64 last = 0;
    };
    std::optional<Entries> entries; ///< entries with the rows, members and chat as they are now
    qsizetype newestRows = 0; ///< so many of the newest rows
    std::optional<UserId> mineOf; ///< ids of this user's newest entries, at most limits::arrayItems

    /// One user.
    std::optional<UserId> user;
    std::vector<QString> stateKeys; ///< these rows of the user's state

    /// People whom an operation names, as `asker` sees them.
    std::vector<UserId> people;
    UserId asker;

    /// The directory of names and invites.
    std::optional<QString> userName; ///< folded; who has it?
    std::optional<QByteArray> inviteHash;
};

struct Loaded {
    quint64 ticket = 0;
    std::optional<Error> error; ///< Unavailable: try again later; nothing else is filled
    std::optional<qint64> head; ///< of the chat, at the moment of the read; absent: no such chat
    std::optional<ChatAggregate> state; ///< absent: there is no such chat
    std::vector<KnownOperation> operations; ///< those that are known
    std::vector<Row> rows; ///< those that exist
    std::vector<qint64> counts; ///< one for each asked
    std::vector<Entry> entries;
    std::vector<Row> newestRows; ///< oldest first
    std::vector<MessageId> mine;
    std::optional<UserAggregate> user; ///< absent: there is no such user
    std::vector<StateRow> stateRows; ///< those that exist; removed ones have no value
    struct Person {
        UserId user;
        bool common = false; ///< asker and user are both Member of one chat
    };
    std::vector<Person> people; ///< those who exist and are not disabled
    std::optional<UserId> nameOwner;
    std::optional<InviteState> invite;
};

/// What became of one append. Everything else than Applied means: nothing was promised.
enum class Outcome : quint8 {
    Applied = 1, ///< durable
    HeadMoved = 2, ///< the head, or an id, is not what was expected: load again, decide again
    Unknown = 3, ///< perhaps applied: read back before anything is answered
    Unavailable = 4, ///< not applied, the store cannot write now
};

/// Where the store's answers go. Called by the store, on the thread that drives it.
class StoreListener {
public:
    virtual ~StoreListener() = default;
    virtual void loaded(Loaded answer) = 0;
    /// One outcome for each append of the batch, in order.
    virtual void appended(quint64 batch, std::vector<Outcome> outcomes) = 0;
};

/// Server persistence, as the message service sees it: asynchronous by form; the embedded engines
/// answer within the call. One append touches one aggregate and is atomic; appends of one batch are
/// independent of each other. No transaction across two aggregates may be assumed.
///
/// Appends whose expected head (epoch, seq; for users epoch, userRevision) is not the stored one
/// are HeadMoved, as is one whose operation id is known already. Watermarks are max-registers:
/// repeating or reordering their writes harms nothing. Applied means durable by the engine's own
/// strongest setting (SQLite: synchronous=FULL and one fsync for the batch).
///
/// Used by one thread. \see SqliteStore, MemoryStore
class Store {
public:
    virtual ~Store() = default;

    virtual void setListener(StoreListener *listener) = 0;
    virtual void load(LoadRequest request) = 0;
    virtual void append(quint64 batch, std::vector<Append> appends) = 0;

    /// Drawn when the store was created or restored.
    virtual Epoch epoch() const = 0;
    /// Derived writes that were promised by appends and not reported done. Read once at start.
    virtual Result<std::vector<Derived>> pendingDerived() = 0;
};

} // namespace parley
