// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"
#include "server/store/reader.h"
#include "shared/sqlite/database.h"

namespace parley {

/// Users with their state and devices. A view on a Database, on its thread; writes want a
/// transaction.
class UserTables {
public:
    explicit UserTables(Database &database)
        : m_database(database)
    {
    }

    Result<std::optional<qint64>> revision(const UserId &user);
    /// Exists, and is not disabled.
    Result<bool> isActive(const UserId &user);
    Result<std::optional<UserAggregate>> user(const UserId &user);
    Result<std::optional<UserRow>> profile(const UserId &user);
    Result<std::vector<StateRow>> stateAfter(const UserId &user, qint64 revision, qsizetype most);
    /// Keys without a value; counting stops at `most`.
    Result<qint64> countRemoved(const UserId &user, qint64 most);
    Result<std::vector<StateRow>> stateRows(const UserId &user, const QStringList &keys);
    Result<std::optional<TokenOwner>> tokenOwner(const QByteArray &tokenHash);
    /// Without pictures.
    Result<std::vector<UserListing>> list();

    /// The user has been compared and fits: writes all of it.
    Status put(const UserAppend &append);

private:
    Result<std::vector<StoredDevice>> devices(const UserId &user);
    Result<Privacy> privacy(const UserId &user);
    Status insert(const UserId &user, const UserAggregate &state);
    Status putProfile(const UserId &user, const UserRow &profile);
    Status putPicture(const UserId &user, const QByteArray &picture);
    Status putState(const UserId &user, const StateRow &row);
    Status putDevice(const UserId &user, const StoredDevice &device);

    Database &m_database;
};

} // namespace parley
