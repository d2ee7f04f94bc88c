-- SPDX-FileCopyrightText: 2026 The Parley authors
-- SPDX-License-Identifier: MPL-2.0
-- oldest schema: 1
-- oldest program: 0.1.0

-- The index for searching. It follows the rows at leisure, in transactions of its own.

-- Messages that the index has to look at, the newest wish last: new, changed, or gone. Triggers, so
-- that no program can forget it that writes rows.
CREATE TABLE unindexed(
    position INTEGER PRIMARY KEY,
    chat BLOB NOT NULL,
    id BLOB NOT NULL) STRICT;
CREATE TRIGGER row_saved AFTER INSERT ON row WHEN new.kind = 2 BEGIN
    INSERT INTO unindexed(chat, id) VALUES(new.chat, new.id);
END;
CREATE TRIGGER row_removed AFTER DELETE ON row WHEN old.kind = 2 BEGIN
    INSERT INTO unindexed(chat, id) VALUES(old.chat, old.id);
END;
INSERT INTO unindexed(chat, id) SELECT chat, id FROM row WHERE kind = 2;

-- What the index holds. `place` rises with the server's time, so that the newest is found first.
CREATE TABLE indexed(
    place INTEGER PRIMARY KEY,
    chat BLOB NOT NULL,
    id BLOB NOT NULL,
    text TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX indexed_by_id ON indexed(chat, id);

-- Every three characters of `indexed.text` in a row. It has no copy of the text and no positions:
-- it names candidates, which are read and compared.
CREATE VIRTUAL TABLE gram USING fts5(
    text, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1');

-- 1: characters of a text that is gone may still lie in the index's pages. 2: they are being merged
-- away.
CREATE TABLE indexing(
    only INTEGER PRIMARY KEY CHECK(only = 1),
    remains INTEGER NOT NULL) STRICT;
INSERT INTO indexing(only, remains) VALUES(1, 0);
