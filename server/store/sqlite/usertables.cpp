// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/usertables.h"

#include "shared/codec/cbor.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

UserRow readProfile(const UserId &user, const Statement &s)
{
    UserRow row;
    row.id = user;
    row.userName = s.text(0);
    row.displayName = s.text(1);
    row.status = s.text(2);
    row.statusUntil = s.optionalInteger(3);
    row.revision = s.integer(4);
    row.picture = s.bytes(5);
    return row;
}

StateRow readState(const Statement &s)
{
    return StateRow{s.text(0), s.optionalBytes(1), s.integer(2)};
}

} // namespace

Result<std::optional<qint64>> UserTables::revision(const UserId &user)
{
    return m_database.integer(u"SELECT revision FROM users WHERE user = ?"_s, user);
}

Result<bool> UserTables::isActive(const UserId &user)
{
    const auto disabled = m_database.integer(u"SELECT disabled FROM users WHERE user = ?"_s, user);
    if (!disabled)
        return disabled.error();
    return disabled->value_or(1) == 0;
}

Result<std::optional<UserAggregate>> UserTables::user(const UserId &user)
{
    auto found = readFirst(
        m_database
            .statement(u"SELECT userName, displayName, status, statusUntil, profileRevision, "
                       "picture, passwordHash, admin, disabled, created, revision, stateKeys "
                       "FROM users LEFT JOIN pictures USING(user) WHERE users.user = ?"_s)
            .bind(user),
        [&](const Statement &s) {
            UserAggregate state;
            state.profile = readProfile(user, s);
            state.passwordHash = s.bytes(6);
            state.admin = s.integer(7) != 0;
            state.disabled = s.integer(8) != 0;
            state.created = s.integer(9);
            state.revision = s.integer(10);
            state.stateKeys = s.integer(11);
            return state;
        });
    if (!found || !*found)
        return found;
    auto owned = devices(user);
    if (!owned)
        return owned.error();
    (*found)->devices = *std::move(owned);
    const auto hidden = privacy(user);
    if (!hidden)
        return hidden.error();
    (*found)->privacy = *hidden;
    return found;
}

Result<std::vector<StoredDevice>> UserTables::devices(const UserId &user)
{
    return readAll(m_database
                       .statement(u"SELECT device, name, created, lastSeen, tokenHash FROM devices "
                                  "WHERE user = ? ORDER BY created, device"_s)
                       .bind(user),
        [](const Statement &s) {
            StoredDevice device;
            device.row.id = s.id<DeviceId>(0);
            device.row.deviceName = s.text(1);
            device.row.created = s.integer(2);
            device.row.lastSeen = s.integer(3);
            device.tokenHash = s.bytes(4);
            return device;
        });
}

Result<Privacy> UserTables::privacy(const UserId &user)
{
    const auto rows = stateRows(user, {u"privacy"_s});
    if (!rows)
        return rows.error();
    if (rows->empty() || !rows->front().value)
        return Privacy();
    const auto privacy = fromCbor<Privacy>(*rows->front().value);
    return privacy ? *privacy : Privacy();
}

Result<std::optional<UserRow>> UserTables::profile(const UserId &user)
{
    return readFirst(
        m_database
            .statement(u"SELECT userName, displayName, status, statusUntil, profileRevision, "
                       "picture FROM users LEFT JOIN pictures USING(user) WHERE users.user = ?"_s)
            .bind(user),
        [&](const Statement &s) { return readProfile(user, s); });
}

Result<std::vector<StateRow>> UserTables::stateAfter(
    const UserId &user, qint64 revision, qsizetype most)
{
    return readAll(
        m_database
            .statement(u"SELECT key, value, revision FROM state WHERE user = ? AND revision > ? "
                       "ORDER BY revision LIMIT ?"_s)
            .bindAll(user, revision, qint64(most)),
        readState);
}

Result<std::vector<StateRow>> UserTables::stateRows(const UserId &user, const QStringList &keys)
{
    std::vector<StateRow> rows;
    auto s = m_database.statement(
        u"SELECT key, value, revision FROM state WHERE user = ? AND key = ?"_s);
    for (const QString &key : keys) {
        auto found = readAll(s.bindAll(user, key), readState);
        if (!found)
            return found;
        std::move(found->begin(), found->end(), std::back_inserter(rows));
    }
    return rows;
}

Result<qint64> UserTables::countRemoved(const UserId &user, qint64 most)
{
    const auto count = m_database.integer(u"SELECT count(*) FROM (SELECT 1 FROM state "
                                          "WHERE user = ? AND value IS NULL LIMIT ?)"_s,
        user, most);
    if (!count)
        return count.error();
    return count->value_or(0);
}

Result<std::optional<TokenOwner>> UserTables::tokenOwner(const QByteArray &tokenHash)
{
    return readFirst(
        m_database
            .statement(u"SELECT d.user, d.device, u.disabled FROM devices AS d "
                       "CROSS JOIN users AS u ON u.user = d.user WHERE d.tokenHash = ?"_s)
            .bind(tokenHash),
        [](const Statement &s) {
            return TokenOwner{s.id<UserId>(0), s.id<DeviceId>(1), s.integer(2) != 0};
        });
}

Result<std::vector<UserListing>> UserTables::list()
{
    auto s = m_database.statement(
        u"SELECT userName, displayName, status, statusUntil, profileRevision, NULL, user, admin, "
        "disabled, created, (SELECT count(*) FROM devices AS d WHERE d.user = users.user) "
        "FROM users ORDER BY userName, user"_s);
    return readAll(s, [](const Statement &row) {
        return UserListing{readProfile(row.id<UserId>(6), row), row.integer(7) != 0,
            row.integer(8) != 0, row.integer(9), row.integer(10)};
    });
}

Status UserTables::put(const UserAppend &append)
{
    const UserId &user = append.user;
    std::vector<StoredDevice> devices = append.devices;
    if (append.create) {
        if (auto done = insert(user, *append.create); !done)
            return done;
        devices.insert(
            devices.begin(), append.create->devices.begin(), append.create->devices.end());
    }
    for (const StateRow &row : append.state) {
        if (auto done = putState(user, row); !done)
            return done;
    }
    if (append.create || !append.state.empty()) {
        if (auto done =
                m_database.run(u"UPDATE users SET revision = ?, stateKeys = ? WHERE user = ?"_s,
                    append.expectedRevision + qint64(append.state.size()), append.stateKeys, user);
            !done)
            return done;
    }
    if (append.profile) {
        if (auto done = putProfile(user, *append.profile); !done)
            return done;
    }
    if (append.passwordHash) {
        if (auto done = m_database.run(
                u"UPDATE users SET passwordHash = ? WHERE user = ?"_s, *append.passwordHash, user);
            !done)
            return done;
    }
    if (append.disabled) {
        if (auto done = m_database.run(
                u"UPDATE users SET disabled = ? WHERE user = ?"_s, int(*append.disabled), user);
            !done)
            return done;
    }
    for (const StoredDevice &device : devices) {
        if (auto done = putDevice(user, device); !done)
            return done;
    }
    for (const DeviceId &device : append.removedDevices) {
        if (auto done = m_database.run(
                u"DELETE FROM devices WHERE device = ? AND user = ?"_s, device, user);
            !done)
            return done;
    }
    return Done{};
}

Status UserTables::insert(const UserId &user, const UserAggregate &state)
{
    const UserRow &profile = state.profile;
    auto done = m_database.run(
        u"INSERT INTO users(user, userName, displayName, status, statusUntil, profileRevision, "
        "passwordHash, admin, disabled, created, revision, stateKeys) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)"_s,
        user, profile.userName, profile.displayName, profile.status, profile.statusUntil,
        profile.revision, state.passwordHash, int(state.admin), int(state.disabled), state.created);
    return done ? putPicture(user, profile.picture) : done;
}

Status UserTables::putProfile(const UserId &user, const UserRow &profile)
{
    auto done = m_database.run(u"UPDATE users SET userName = ?, displayName = ?, status = ?, "
                               "statusUntil = ?, profileRevision = ? WHERE user = ?"_s,
        profile.userName, profile.displayName, profile.status, profile.statusUntil,
        profile.revision, user);
    return done ? putPicture(user, profile.picture) : done;
}

Status UserTables::putPicture(const UserId &user, const QByteArray &picture)
{
    if (picture.isEmpty())
        return m_database.run(u"DELETE FROM pictures WHERE user = ?"_s, user);
    return m_database.run(u"INSERT INTO pictures(user, picture) VALUES(?, ?) ON CONFLICT(user) "
                          "DO UPDATE SET picture = excluded.picture "
                          "WHERE picture <> excluded.picture"_s,
        user, picture);
}

Status UserTables::putState(const UserId &user, const StateRow &row)
{
    return m_database.run(u"INSERT INTO state(user, key, value, revision) VALUES(?, ?, ?, ?) "
                          "ON CONFLICT(user, key) DO UPDATE SET value = excluded.value, "
                          "revision = excluded.revision"_s,
        user, row.key, row.value, row.revision);
}

Status UserTables::putDevice(const UserId &user, const StoredDevice &device)
{
    return m_database.run(
        u"INSERT INTO devices(device, user, name, created, lastSeen, tokenHash) "
        "VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(device) DO UPDATE SET user = excluded.user, "
        "name = excluded.name, created = excluded.created, lastSeen = excluded.lastSeen, "
        "tokenHash = excluded.tokenHash"_s,
        device.row.id, user, device.row.deviceName, device.row.created, device.row.lastSeen,
        device.tokenHash);
}

} // namespace parley
