# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""What was said on the connections, beside the server's file."""

import hashlib
from collections import defaultdict

import linkreader
import pollreader
from cborreader import Malformed
from serverfile import EDIT, MESSAGE, slim

# The classes of docs/protocol.md: these codes promise nothing.
RETRY_CODES = {1, 10, 11, 12}


class Wire:
    """Takes conversations in the order of their beginning."""

    def __init__(self, server, faults):
        self._server, self._faults = server, faults
        self.linkCount = self.pollCount = self.frameCount = self.pushCount = 0
        self.accepted = {}  # (chat, id) -> seq
        self._firstSent = defaultdict(list)  # (device, chat) -> ids in the order of their sending
        self._known = set()  # (device, chat, id)

    def takeAll(self, paths):
        """Everything that was kept, in the order of its beginning."""
        sessions = pollreader.Sessions()
        conversations = []
        for path in paths:
            self.linkCount += 1
            begin = next(linkreader.records(path), (0, 0, b""))[1]
            name = path.rsplit("/", 1)[-1]
            try:
                if linkreader.isWebSocket(path):
                    conversations.append((begin, name, linkreader.frames(path)))
                else:
                    sessions.take(linkreader.records(path))
            except Malformed as error:
                self.fault(name, f"cannot be read: {error!r}")
        polled = list(sessions.conversations())
        self.pollCount = len(polled)
        for _, name, frames in sorted(conversations + polled, key=lambda each: each[0]):
            self._take(name, frames)
        self._finish()

    def _take(self, name, frames):
        link = _Link(self, name)
        try:
            for direction, frame in frames:
                self.frameCount += 1
                link.take(direction, frame)
        except (Malformed, KeyError, TypeError) as error:
            link.fault(f"cannot be read: {error!r}")

    def _finish(self):
        """First in, first out, per device and chat."""
        for (_, chat), ids in self._firstSent.items():
            last = 0
            for id in ids:
                entry = self._server.entries[chat].get(id)
                if entry is None:
                    continue
                if entry.seq <= last:
                    self._faults.append(
                        f"wire, chat {chat.hex()}: {id.hex()} overtook what its device sent before"
                    )
                last = entry.seq

    def noteSent(self, device, chat, id):
        """The first time counts."""
        if (device, chat, id) not in self._known:
            self._known.add((device, chat, id))
            self._firstSent[device, chat].append(id)

    def fault(self, name, text):
        """What is wrong with one connection."""
        self._faults.append(f"wire, {name}: {text}")

    @property
    def server(self):
        """The file to compare with."""
        return self._server


class _Link:
    def __init__(self, wire, name):
        self._wire, self._server, self._name = wire, wire.server, name
        self._asked = {}
        self._user = self._device = None
        self._next = {}  # chat -> the seq that the next push begins with
        self._marks = {}  # chat -> what mark was answered last

    def fault(self, text):
        self._wire.fault(self._name, text)

    def take(self, direction, frame):
        kind, body = frame["type"], frame.get("body", {})
        if direction == linkreader.TO_SERVER:
            self._asked[frame["request"]] = (kind, body)
            if kind == "send":
                for operation in body.get("ops", []):
                    self._wire.noteSent(self._device, body["chat"], operation["id"])
        elif kind in ("ok", "error"):
            asked = self._asked.pop(frame["request"], None)
            if asked is None:
                self.fault("an answer that nobody asked for, or a second one")
            elif kind == "ok":
                self._answer(*asked, body)
        elif kind == "push":
            self._push(body)
        elif kind == "live":
            self._page(body["page"])
        elif kind == "lagging":
            self._next.clear()
        elif kind == "sync":
            self._checkEpoch(body["epoch"])
            for head in body.get("chats", []):
                if "last" in head:
                    self._row(head["chat"], head["last"])

    def _answer(self, kind, asked, body):
        if kind == "hello":
            self._user, self._device = body["user"]["id"], body["device"]
            self._checkEpoch(body["epoch"])
        elif kind == "send":
            for operation, result in zip(asked["ops"], body["results"], strict=True):
                self._result(asked["chat"], operation, result)
        elif kind == "page":
            self._page(body)
        elif kind == "history":
            for row in body.get("rows", []):
                self._row(asked["chat"], row)
        elif kind == "mark":
            self._mark(asked["chat"], body)

    def _checkEpoch(self, epoch):
        if epoch != self._server.epoch:
            self.fault("another epoch")

    def _result(self, chat, operation, result):
        id = operation["id"]
        entry = self._server.entries[chat].get(id)
        if result["id"] != id:
            self.fault(f"{id.hex()} got the result of another one")
        if "error" in result:
            isOwn = entry is not None and entry.actor == self._user
            if isOwn and result["error"] not in RETRY_CODES:
                self.fault(f"{id.hex()} was refused for good, and is in the log")
            return
        self._wire.accepted[chat, id] = result["seq"]
        if entry is None:
            self.fault(f"{id.hex()} was accepted, and is not in the log")
            return
        told = (result["seq"], result["time"], self._user, operation["kind"], operation.get("target"))
        if told != (entry.seq, entry.time, entry.actor, entry.kind, entry.target):
            self.fault(f"{id.hex()} was accepted as something else than it is in the log")
        row = self._server.rows[chat].get(entry.target or id)
        isLast = self._server.written.get((chat, entry.target or id)) == entry.seq
        if entry.kind in (MESSAGE, EDIT) and isLast:
            if row is None or row["payload"] != operation["payload"]:
                self.fault(f"{id.hex()} has another text than was sent")
        # What is deleted answers nothing any more.
        if entry.kind == MESSAGE and row is not None and not row.get("deleted"):
            if row.get("replyTo") != operation.get("replyTo"):
                self.fault(f"{id.hex()} answers something else than was sent")

    def _page(self, page):
        chat = page["chat"]
        if page["head"] > self._server.heads.get(chat, 0):
            self.fault(f"chat {chat.hex()} had the head {page['head']}")
        self._entries(chat, page.get("entries", []))
        for row in page.get("opened", {}).get("rows", []):
            self._row(chat, row)
        if not page.get("more"):
            self._next[chat] = page["head"] + 1

    def _push(self, push):
        chat, entries = push["chat"], push.get("entries", [])
        self._wire.pushCount += 1
        self._entries(chat, entries)
        if entries:
            due = self._next.get(chat, entries[0]["seq"])
            if entries[0]["seq"] != due:
                self.fault(f"chat {chat.hex()}: pushed {entries[0]['seq']} where {due} was due")
            self._next[chat] = entries[-1]["seq"] + 1
        for mark in push.get("marks", []):
            _, _, delivered, read = self._server.members[chat, mark["user"]]
            if mark["delivered"] > delivered or mark["read"] > read:
                self.fault(f"chat {chat.hex()}: a mark above what it came to be")

    def _entries(self, chat, entries):
        last = None
        for entry in entries:
            kept = self._server.places[chat].get(entry["seq"])
            told = (entry["kind"], entry["id"], entry["actor"], entry["time"], entry.get("target"))
            if kept is None or told != (kept.kind, kept.id, kept.actor, kept.time, kept.target):
                self.fault(f"chat {chat.hex()}: told {entry['seq']} as something else than it is")
            if last is not None and entry["seq"] != last + 1:
                self.fault(f"chat {chat.hex()}: a hole before {entry['seq']}")
            last = entry["seq"]
            if "row" in entry:
                self._row(chat, entry["row"])

    def _row(self, chat, row):
        kept = self._server.rows[chat].get(row["id"])
        if kept is None or row["seq"] != kept["seq"] or row["rev"] > kept["rev"]:
            self.fault(f"chat {chat.hex()}: told a row {row['id'].hex()} that is none")
        elif row["rev"] == kept["rev"] and slim(row) != kept:
            self.fault(f"chat {chat.hex()}: told row {row['id'].hex()} otherwise than it is")

    def _mark(self, chat, reply):
        before = self._marks.get(chat, (0, 0))
        now = (reply["delivered"], reply["read"])
        _, _, delivered, read = self._server.members[chat, self._user]
        if now[0] < before[0] or now[1] < before[1] or now[0] > delivered or now[1] > read:
            self.fault(f"chat {chat.hex()}: a mark went back")
        self._marks[chat] = now


def compareJournal(path, server, faults):
    """A delivery journal; how many operations it says are accepted."""
    with open(path, "rb") as file:
        lines = file.read().split(b"\n")[:-1]
    count = 0
    for number, line in enumerate(lines, 1):
        words = line.decode("ascii").split(" ")
        if line.startswith(b"#") or len(words) != 7:
            continue
        count += 1
        chat, id, sender = (bytes.fromhex(words[index]) for index in (0, 1, 3))
        seq, kind = int(words[2]), int(words[4])
        entry = server.entries[chat].get(id)
        place = f"{path}:{number}: {id.hex()}"
        if entry is None or entry.actor != sender or entry.kind != kind:
            faults.append(f"{place} was accepted, and is not in the log")
            continue
        if seq not in (0, entry.seq):
            faults.append(f"{place} is at another place")
        row = entry.target or id
        isLast = server.written.get((chat, row)) == entry.seq
        kept = server.rows[chat].get(row)
        if kind in (MESSAGE, EDIT) and isLast:
            if kept is None or hashlib.sha256(kept["payload"]).hexdigest() != words[6]:
                faults.append(f"{place} has another text")
    return count
