// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/appends.h"
#include "shared/sqlite/database.h"

namespace parley {

/// Unique names, and invites. A view on a Database, on its thread; writes want a transaction.
class DirectoryTables {
public:
    explicit DirectoryTables(Database &database)
        : m_database(database)
    {
    }

    Result<std::optional<UserId>> nameOwner(const QString &foldedName);
    Result<std::optional<InviteState>> invite(const QByteArray &codeHash);
    Result<std::vector<InviteState>> invites();

    Status putName(const QString &foldedName, const UserId &user);
    Status putInvite(const InviteState &invite);

private:
    Database &m_database;
};

} // namespace parley
