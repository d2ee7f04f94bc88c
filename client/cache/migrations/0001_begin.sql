-- SPDX-FileCopyrightText: 2026 The Parley authors
-- SPDX-License-Identifier: MPL-2.0
-- oldest schema: 1
-- oldest program: 0.1.0

-- Bodies are the protocol's own CBOR. What stands in columns beside them is what is searched by.

CREATE TABLE meta(
    only INTEGER PRIMARY KEY CHECK(only = 1),
    user BLOB,
    epoch BLOB,
    userRevision INTEGER NOT NULL,
    serverTime INTEGER NOT NULL) STRICT;

CREATE TABLE chat(
    id BLOB PRIMARY KEY,
    generation INTEGER NOT NULL,
    head INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    unreadHead INTEGER NOT NULL,
    readWanted INTEGER NOT NULL,
    info BLOB,
    last BLOB) STRICT, WITHOUT ROWID;

-- Rows, held or not: which places are held stands in `interval`.
CREATE TABLE row(
    chat BLOB NOT NULL,
    id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    sender BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY(chat, id)) STRICT, WITHOUT ROWID;
CREATE INDEX row_by_place ON row(chat, seq, kind, sender);

-- Entries of kinds that this version does not know, as they came.
CREATE TABLE entry(
    chat BLOB NOT NULL,
    seq INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY(chat, seq)) STRICT, WITHOUT ROWID;

CREATE TABLE interval(
    chat BLOB NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    PRIMARY KEY(chat, low)) STRICT, WITHOUT ROWID;

CREATE TABLE member(
    chat BLOB NOT NULL,
    user BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY(chat, user)) STRICT, WITHOUT ROWID;

CREATE TABLE mark(
    chat BLOB NOT NULL,
    user BLOB NOT NULL,
    delivered INTEGER NOT NULL,
    read INTEGER NOT NULL,
    PRIMARY KEY(chat, user)) STRICT, WITHOUT ROWID;

-- What waits, or was refused for good.
CREATE TABLE outbox(
    position INTEGER PRIMARY KEY,
    chat BLOB NOT NULL,
    failure INTEGER,
    body BLOB NOT NULL) STRICT;

-- What was accepted in the last 30 days: it waits again when the server's store is restored.
CREATE TABLE sent(
    position INTEGER PRIMARY KEY,
    chat BLOB NOT NULL,
    seq INTEGER NOT NULL,
    time INTEGER NOT NULL,
    body BLOB NOT NULL) STRICT;
CREATE INDEX sent_by_place ON sent(chat, seq);
CREATE INDEX sent_by_time ON sent(time);

CREATE TABLE user(
    id BLOB PRIMARY KEY,
    revision INTEGER NOT NULL,
    body BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE state(
    key TEXT PRIMARY KEY,
    value BLOB,
    revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Keys of the own state that the person set and the server has not confirmed, drafts among them.
CREATE TABLE wish(
    key TEXT PRIMARY KEY,
    value BLOB) STRICT, WITHOUT ROWID;
