// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/pagesizes.h"
#include "server/store/reader.h"
#include "shared/protocol/commands.h"

/// What a member reads of one chat. Forbidden for who is served nothing of it.
namespace parley {

/// A page that does not reach the head, or nothing: then the message service gives it.
Result<std::optional<PageReply>> readPage(
    StoreReader &reader, const UserId &user, const Page &command, const PageSizes &sizes);
Result<HistoryReply> readHistory(StoreReader &reader, const UserId &user, const History &command);
Result<MembersReply> readMembers(StoreReader &reader, const UserId &user, const Members &command);
Result<MarksReply> readMarks(StoreReader &reader, const UserId &user, const Marks &command);

} // namespace parley
