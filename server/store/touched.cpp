// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/touched.h"

namespace parley {

MessageId touchedRow(const Entry &entry)
{
    return entry.target.value_or(entry.id);
}

std::optional<UserId> touchedMember(const Entry &entry)
{
    if (entry.user)
        return entry.user;
    switch (entry.kind) {
    case Kind::Leave:
    case Kind::Accept:
    case Kind::Block:
    case Kind::Unblock:
    case Kind::Receipts:
        return entry.actor;
    default:
        return std::nullopt;
    }
}

bool touchesChat(Kind kind)
{
    switch (kind) {
    case Kind::Create:
    case Kind::Title:
    case Kind::Add:
    case Kind::Remove:
    case Kind::Leave:
    case Kind::Accept:
        return true;
    default:
        return false;
    }
}

} // namespace parley
