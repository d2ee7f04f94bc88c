-- SPDX-FileCopyrightText: 2026 The Parley authors
-- SPDX-License-Identifier: MPL-2.0
-- oldest schema: 1
-- oldest program: 0.1.0

-- Ids are 16 bytes. Times are milliseconds UTC. Numbers of kinds, states and roles are the wire's.

CREATE TABLE store(
    only INTEGER PRIMARY KEY CHECK(only = 1),
    epoch BLOB NOT NULL CHECK(length(epoch) = 16),
    isBackup INTEGER NOT NULL
) STRICT;

-- Counted along, since counting would read the tables from end to end.
CREATE TABLE totals(
    only INTEGER PRIMARY KEY CHECK(only = 1),
    users INTEGER NOT NULL,
    chats INTEGER NOT NULL,
    entries INTEGER NOT NULL
) STRICT;
INSERT INTO totals VALUES(1, 0, 0, 0);

CREATE TABLE chats(
    chat BLOB NOT NULL PRIMARY KEY CHECK(length(chat) = 16),
    kind INTEGER NOT NULL,
    title TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created INTEGER NOT NULL,
    memberCount INTEGER NOT NULL,
    userA BLOB,
    userB BLOB,
    head INTEGER NOT NULL,
    lastTime INTEGER NOT NULL,
    messages INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE members(
    chat BLOB NOT NULL,
    user BLOB NOT NULL CHECK(length(user) = 16),
    state INTEGER NOT NULL,
    role INTEGER NOT NULL,
    since INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    receiptsOff INTEGER NOT NULL,
    blocking INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    read INTEGER NOT NULL,
    ownMessages INTEGER NOT NULL,
    readMessages INTEGER NOT NULL,
    PRIMARY KEY(chat, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX membersByUser ON members(user, state, chat);

CREATE TABLE entries(
    chat BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    actor BLOB NOT NULL,
    time INTEGER NOT NULL,
    target BLOB,
    user BLOB,
    PRIMARY KEY(chat, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE rows(
    chat BLOB NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    sender BLOB NOT NULL,
    time INTEGER NOT NULL,
    editedAt INTEGER,
    deleted INTEGER NOT NULL,
    replyTo BLOB,
    threadRoot BLOB,
    expires INTEGER,
    contentType INTEGER NOT NULL,
    payload BLOB NOT NULL,
    user BLOB,
    text TEXT,
    role INTEGER,
    reactions BLOB,
    PRIMARY KEY(chat, seq)
) STRICT, WITHOUT ROWID;

-- Kept for ever: the first final outcome of every id, and the place of the row of that id.
CREATE TABLE operations(
    chat BLOB NOT NULL,
    id BLOB NOT NULL CHECK(length(id) = 16),
    sender BLOB NOT NULL,
    content BLOB NOT NULL,
    seq INTEGER,
    time INTEGER NOT NULL,
    error INTEGER,
    place INTEGER,
    PRIMARY KEY(chat, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE derived(
    user BLOB NOT NULL,
    chat BLOB NOT NULL,
    at INTEGER NOT NULL,
    since INTEGER,
    gone INTEGER, -- MemberState, when since is NULL
    PRIMARY KEY(user, chat, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE users(
    user BLOB NOT NULL PRIMARY KEY CHECK(length(user) = 16),
    userName TEXT NOT NULL,
    displayName TEXT NOT NULL,
    status TEXT NOT NULL,
    statusUntil INTEGER,
    profileRevision INTEGER NOT NULL,
    passwordHash BLOB NOT NULL,
    admin INTEGER NOT NULL,
    disabled INTEGER NOT NULL,
    created INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    stateKeys INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Apart, so that what changes often in `users` does not write them again.
CREATE TABLE pictures(
    user BLOB NOT NULL PRIMARY KEY,
    picture BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- A removed key stays, without a value, so that devices hear of it.
CREATE TABLE state(
    user BLOB NOT NULL,
    key TEXT NOT NULL,
    value BLOB,
    revision INTEGER NOT NULL,
    PRIMARY KEY(user, key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX stateByRevision ON state(user, revision);

CREATE TABLE devices(
    device BLOB NOT NULL PRIMARY KEY CHECK(length(device) = 16),
    user BLOB NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    lastSeen INTEGER NOT NULL,
    tokenHash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX devicesByUser ON devices(user, created, device);
CREATE UNIQUE INDEX devicesByToken ON devices(tokenHash);

CREATE TABLE names(
    name TEXT NOT NULL PRIMARY KEY,
    user BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invites(
    codeHash BLOB NOT NULL PRIMARY KEY,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    usedBy BLOB,
    revoked INTEGER NOT NULL,
    admin INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
