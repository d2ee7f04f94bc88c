// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/reads.h"

/// What a user reads about people. Who is not to be known looks like who does not exist.
namespace parley {

/// Those with a chat in common, and the other one of a direct chat.
Result<UsersReply> readUsers(
    StoreReader &reader, const UserId &viewer, const Users &command, qint64 nowMs);
Result<UsersReply> findUser(StoreReader &reader, const FindUser &command, qint64 nowMs);
Result<std::vector<Watchable>> readWatch(
    StoreReader &reader, const UserId &viewer, const Watch &command, qint64 nowMs);
Result<DevicesReply> readDevices(StoreReader &reader, const UserId &user, const DeviceId &current);

} // namespace parley
