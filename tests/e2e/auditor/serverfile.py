# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""The server's file by SQL of its own: what the log holds, and whether it agrees with itself."""

import sqlite3
from collections import defaultdict, namedtuple

import cborreader

CREATE, MESSAGE, EDIT, DELETE = 1, 2, 3, 4

Entry = namedtuple("Entry", "seq kind id actor time target user")


def read(path):
    """A database for reading only."""
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    file.text_factory = lambda text: text.decode("utf-8")
    return file


def slim(row):
    """Without what a frame leaves out."""
    return {key: value for key, value in row.items() if value is not None and value is not False and value != []}


class ServerFile:
    """Everything that was accepted, by chat."""

    def __init__(self, path, faults):
        self._faults = faults
        self.entries = defaultdict(dict)  # chat -> id -> Entry
        self.places = defaultdict(dict)  # chat -> seq -> Entry
        self.rows = defaultdict(dict)  # chat -> id -> wire row
        self.rowPlaces = defaultdict(dict)  # chat -> seq -> wire row
        self.written = {}  # (chat, row id) -> seq of the last entry that wrote its payload
        self.members = {}  # (chat, user) -> (state, since, delivered, read)
        file = read(path)
        for (text,) in file.execute("PRAGMA integrity_check"):
            if text != "ok":
                faults.append(f"server: {text}")
        self.epoch = file.execute("SELECT epoch FROM store").fetchone()[0]
        self.heads = dict(file.execute("SELECT chat, head FROM chats"))
        self._readEntries(file)
        self._readRows(file)
        self._readOperations(file)
        for chat, user, *rest in file.execute(
            "SELECT chat, user, state, since, delivered, read FROM members"
        ):
            self.members[chat, user] = tuple(rest)
        file.close()

    def _fault(self, chat, text):
        self._faults.append(f"server, chat {chat.hex()}: {text}")

    def _readEntries(self, file):
        touched = self._touched = {}
        for chat, *rest in file.execute(
            "SELECT chat, seq, kind, id, actor, time, target, user FROM entries ORDER BY chat, seq"
        ):
            entry = Entry(*rest)
            if entry.id in self.entries[chat]:
                self._fault(chat, f"id {entry.id.hex()} is in the log twice")
            if entry.seq != len(self.places[chat]) + 1:
                self._fault(chat, f"seq {entry.seq} where {len(self.places[chat]) + 1} was due")
            self.entries[chat][entry.id] = entry
            self.places[chat][entry.seq] = entry
            row = entry.target or entry.id
            touched[chat, row] = entry.seq
            if entry.kind in (MESSAGE, EDIT, DELETE):
                self.written[chat, row] = entry.seq
        for chat, head in self.heads.items():
            if max(self.places[chat], default=0) != head:
                self._fault(chat, f"the head is {head}, the last entry is another one")

    def _readRows(self, file):
        for (
            chat, seq, id, kind, rev, sender, time, edited, deleted, replyTo, thread, expires,
            contentType, payload, user, text, role, reactions,
        ) in file.execute(
            "SELECT chat, seq, id, kind, revision, sender, time, editedAt, deleted, replyTo, "
            "threadRoot, expires, contentType, payload, user, text, role, reactions FROM rows"
        ):  # fmt: skip
            row = slim({
                "id": id, "kind": kind, "seq": seq, "rev": rev, "sender": sender, "time": time,
                "edited": edited, "deleted": bool(deleted), "replyTo": replyTo, "thread": thread,
                "expires": expires, "type": contentType, "payload": payload, "user": user,
                "text": text, "role": role,
                "reactions": cborreader.decode(reactions)["all"] if reactions else None,
            })  # fmt: skip
            if id in self.rows[chat]:
                self._fault(chat, f"row {id.hex()} is there twice")
            self.rows[chat][id] = row
            self.rowPlaces[chat][seq] = row
            entry = self.places[chat].get(seq)
            if entry is None or entry.id != id or entry.actor != sender or entry.kind != kind:
                self._fault(chat, f"row {id.hex()} is not of the entry at {seq}")
            if self._touched.get((chat, id)) != rev:
                self._fault(chat, f"row {id.hex()} has a revision that no entry made")
            if deleted and payload:
                self._fault(chat, f"row {id.hex()} is deleted and has a payload")
        for chat, entries in self.entries.items():
            for entry in entries.values():
                if entry.kind == MESSAGE and entry.id not in self.rows[chat]:
                    self._fault(chat, f"message {entry.id.hex()} has no row")

    def _readOperations(self, file):
        known = set()
        for chat, id, sender, seq in file.execute("SELECT chat, id, sender, seq FROM operations"):
            known.add((chat, id))
            entry = self.entries[chat].get(id)
            if seq is None and entry is not None:
                self._fault(chat, f"id {id.hex()} was refused, and is in the log")
            if seq is not None and (entry is None or entry.seq != seq or entry.actor != sender):
                self._fault(chat, f"id {id.hex()} was accepted, and is not so in the log")
        for chat, entries in self.entries.items():
            for id in entries:
                if (chat, id) not in known and entries[id].kind != 15:  # receipts: the server's own
                    self._fault(chat, f"id {id.hex()} is in the log, and nobody asked for it")

    def count(self):
        """How many entries there are."""
        return sum(len(entries) for entries in self.entries.values())
