// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/chatdraft.h"
#include "server/messages/desk.h"

namespace parley {

/// What the store says about the people whom a create or add names.
using NamedPeople = std::vector<Loaded::Person>;

/// The start of SHA-256 over the operation's CBOR: two attempts with the same id must agree in it.
QByteArray contentHash(const Operation &operation);

/// Decides one operation of `actor` against the draft and applies it there.
///
/// The known outcome of the id is looked up first, whatever has changed since; only then is the
/// actor's right checked, against the chat as it stands. A final refusal of who is or was a member
/// is kept in the draft like an acceptance. Errors of class retry leave no trace.
OperationResult decideOperation(DeskContext &context, ChatDraft &draft, const UserId &actor,
    const Operation &operation, const NamedPeople &people);

/// The server's own operation that tells a chat of a member's receipts switch. Its id is computed:
/// the same `occasion` (a userRevision, or minus a head) makes the same one.
Operation receiptsOperation(const ChatId &chat, const UserId &user, bool off, qint64 occasion);

} // namespace parley
