// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/directorytables.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

InviteState readInvite(const Statement &s)
{
    InviteState invite;
    invite.codeHash = s.bytes(0);
    invite.created = s.integer(1);
    invite.expires = s.integer(2);
    invite.usedBy = s.optionalId<UserId>(3);
    invite.revoked = s.integer(4) != 0;
    invite.admin = s.integer(5) != 0;
    invite.note = s.text(6);
    return invite;
}

} // namespace

Result<std::optional<UserId>> DirectoryTables::nameOwner(const QString &foldedName)
{
    return readFirst(
        m_database.statement(u"SELECT user FROM names WHERE name = ?"_s).bind(foldedName),
        [](const Statement &s) { return s.id<UserId>(0); });
}

Result<std::optional<InviteState>> DirectoryTables::invite(const QByteArray &codeHash)
{
    return readFirst(
        m_database
            .statement(u"SELECT codeHash, created, expires, usedBy, revoked, admin, note "
                       "FROM invites WHERE codeHash = ?"_s)
            .bind(codeHash),
        readInvite);
}

Result<std::vector<InviteState>> DirectoryTables::invites()
{
    auto s = m_database.statement(u"SELECT codeHash, created, expires, usedBy, revoked, admin, "
                                  "note FROM invites ORDER BY created, codeHash"_s);
    return readAll(s, readInvite);
}

Status DirectoryTables::putName(const QString &foldedName, const UserId &user)
{
    return m_database.run(
        u"INSERT OR REPLACE INTO names(name, user) VALUES(?, ?)"_s, foldedName, user);
}

Status DirectoryTables::putInvite(const InviteState &invite)
{
    return m_database.run(u"INSERT OR REPLACE INTO invites(codeHash, created, expires, usedBy, "
                          "revoked, admin, note) VALUES(?, ?, ?, ?, ?, ?, ?)"_s,
        invite.codeHash, invite.created, invite.expires, invite.usedBy, int(invite.revoked),
        int(invite.admin), invite.note);
}

} // namespace parley
