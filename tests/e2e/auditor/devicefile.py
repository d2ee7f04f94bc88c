# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""One device's cache by SQL of its own, beside the server's file."""

from collections import defaultdict

import cborreader
from serverfile import read, slim

MEMBER, INVITED = 1, 2


class DeviceFile:
    """Compares as it reads. Text is never printed."""

    def __init__(self, path, server, faults):
        self._path, self._server, self._faults = path, server, faults
        self.rowCount = 0
        file = read(path)
        for (text,) in file.execute("PRAGMA integrity_check"):
            if text != "ok":
                self._fault(text)
        metas = list(file.execute("SELECT user, epoch FROM meta"))
        if len(metas) != 1:
            self._fault("never signed in")
            return
        self._user, epoch = metas[0]
        if epoch != server.epoch:
            self._fault("another epoch")
        self._compareRows(file)
        self._compareSent(file)
        for chat, failure in file.execute("SELECT chat, failure FROM outbox"):
            if failure is None:
                self._fault(f"chat {chat.hex()}: something waits in the outbox")
        file.close()

    def _fault(self, text):
        self._faults.append(f"{self._path}: {text}")

    def _compareRows(self, file):
        held = defaultdict(list)
        for chat, low, high in file.execute("SELECT chat, low, high FROM interval ORDER BY low"):
            held[chat].append((low, high))
        ours = defaultdict(dict)
        for chat, id, seq, rev, body in file.execute(
            "SELECT chat, id, seq, revision, body FROM row"
        ):
            row = slim(cborreader.decode(body))
            if (row.get("id"), row.get("seq"), row.get("rev")) != (id, seq, rev):
                self._fault(f"chat {chat.hex()}: row {id.hex()} is another one than its columns say")
            if seq in ours[chat]:
                self._fault(f"chat {chat.hex()}: two rows at {seq}")
            ours[chat][seq] = row
        for chat, intervals in held.items():
            for low, high in intervals:
                self._compareInterval(chat, low, high, ours[chat])
        for (chat, user), (state, since, *_) in self._server.members.items():
            if user != self._user or state not in (MEMBER, INVITED):
                continue
            head = self._server.heads[chat]
            top = max((high for _, high in held[chat]), default=0)
            if head >= since and top != head:
                self._fault(f"chat {chat.hex()}: holds up to {top}, the head is {head}")

    def _compareInterval(self, chat, low, high, ours):
        since = self._server.members.get((chat, self._user), (0, 1))[1]
        theirs = self._server.rowPlaces[chat]
        if high > self._server.heads.get(chat, 0):
            self._fault(f"chat {chat.hex()}: holds {high}, which the server does not have")
        for seq in range(max(low, since), high + 1):
            here, there = ours.get(seq), theirs.get(seq)
            self.rowCount += here is not None
            if here != there:
                self._fault(f"chat {chat.hex()}: the row at {seq} is not the server's")

    def _compareSent(self, file):
        """What this device knows as accepted is in the log, and in the order of its sending."""
        last = {}
        for chat, seq, body in file.execute("SELECT chat, seq, body FROM sent ORDER BY position"):
            operation = cborreader.decode(body)
            id = operation["id"]
            entry = self._server.entries[chat].get(id)
            if entry is None or entry.actor != self._user or entry.kind != operation["kind"]:
                self._fault(f"chat {chat.hex()}: {id.hex()} was accepted, and is not in the log")
                continue
            if seq not in (0, entry.seq):
                self._fault(f"chat {chat.hex()}: {id.hex()} is at another place")
            if entry.seq <= last.get(chat, 0):
                self._fault(f"chat {chat.hex()}: {id.hex()} came before what was sent before it")
            last[chat] = entry.seq
