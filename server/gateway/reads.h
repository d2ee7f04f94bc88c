// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/presence/presence.h"
#include "server/store/reader.h"

/// What sessions ask of the readers, and what comes back: values, as on the queue.
namespace parley {

struct ReadToken {
    QByteArray tokenHash;
};
struct ReadUserByName {
    QString foldedName;
};
struct ReadInvite {
    QByteArray codeHash;
};
/// What a device says it has, gathered from `hello` and the `catchUp`s behind it.
struct ReadCatchUp {
    quint64 number = 0; ///< of this catching up; the answer carries it
    std::optional<Epoch> epoch;
    qint64 userRevision = 0;
    std::vector<Have> have;
};
/// A client's command that readers answer.
struct ReadCommand {
    Command command;
};

struct ReadJob {
    Origin origin;
    std::variant<ReadToken, ReadUserByName, ReadInvite, ReadCatchUp, ReadCommand> what;
};

struct TokenRead {
    std::optional<TokenOwner> owner;
};
struct UserRead {
    std::optional<UserAggregate> user;
};
struct InviteRead {
    std::optional<InviteState> invite;
    std::optional<UserAggregate> usedBy;
};
/// `sync` frames to send in order, and the chats that are up to date.
struct CaughtUp {
    quint64 number = 0;
    std::vector<QByteArray> frames;
    std::vector<Page> handOvers;
};
/// The body of the answer.
struct BodyRead {
    QByteArray body;
};
/// This page ends at the head: the message service gives it, between two commits.
struct PageForService {
    Page page;
};
/// Presence answers this one.
struct WatchRead {
    std::vector<Watchable> users;
};

struct ReadAnswer {
    Origin origin;
    std::variant<Error, TokenRead, UserRead, InviteRead, CaughtUp, BodyRead, PageForService,
        WatchRead>
        what;
};

} // namespace parley
