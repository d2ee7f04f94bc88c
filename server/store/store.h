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
    qint64 countRemoved = 0; ///< the user's keys without a value, counted up to this many

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
    Epoch epoch; ///< of the store, at the moment of the read
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
    qint64 removedKeys = 0;
    struct Person {
        UserId user;
        bool common = false; ///< both are Member of a chat in which none blocks the other
    };
    std::vector<Person> people; ///< those who exist and are not disabled
    std::optional<UserId> nameOwner;
    std::optional<InviteState> invite;
};

/// What became of one append. Everything else than Applied means: nothing was promised. After a
/// crash an Unavailable append may yet turn out to be there, where a commit failed while it was
/// being synced: its command comes again, and is answered as a duplicate.
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
    /// The outcome of one append, by its place in the batch. Engines that answer append by append,
    /// in any order, use this one instead.
    virtual void appendedOne(quint64 batch, size_t place, Outcome outcome)
    {
        PARLEY_ASSERT(batch == 0 && place == 0);
        appended(batch, {outcome});
    }
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
/// A load sees, in each aggregate that it names, one moment between its being asked and its being
/// answered: never an older one. In several aggregates these may be several moments, and whether
/// two people have a chat in common may be told late. An append whose outcome is Unknown may be
/// applied at any later time, as long as its expected head is then still the stored one.
///
/// Several services may have one store open, each by a Store of its own.
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
    /// Derived writes that were promised by appends, of any owner, and not reported done: all of
    /// them, or an error. Read at start, when one of them failed, and now and then.
    virtual Result<std::vector<Derived>> pendingDerived() = 0;
};

} // namespace parley
