# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""A client of the protocol in Python, written from docs/protocol.md alone.

A `Device` keeps what a cache and an outbox would keep, and outlives its connections: `connect` says
hello with what it has and catches up, `cut` ends the connection without a word. Everything runs on
the caller's thread; frames are taken in while a caller waits for something (`call`, `pump`).
"""

import base64
import hashlib
import os
import time

import cbor2

from websocket import WebSocket

# Numbers of docs/protocol.md.
CREATE, MESSAGE, EDIT, DELETE, REACT, UNREACT, TITLE = 1, 2, 3, 4, 5, 6, 7
ADD, REMOVE, LEAVE, SET_ROLE, ACCEPT, BLOCK, UNBLOCK = 8, 9, 10, 11, 12, 13, 14
IS_MEMBER, IS_INVITED, HAS_LEFT, WAS_REMOVED = 1, 2, 3, 4
RETRY_CODES = {1, 10, 11, 12}
MEMBERS_WITH_MARKS, PEOPLE_WITH_MARKS = 64, 512
ANSWER_SECONDS = 15


class Refused(Exception):
    def __init__(self, refusal):
        super().__init__(f"code {refusal['code']}")
        self.code = refusal["code"]
        self.refusal = refusal


def uuid7():
    number = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    return number.to_bytes(16, "big")


def direct_chat(one, other):
    digest = hashlib.sha256(b"parley direct" + min(one, other) + max(one, other)).digest()[:16]
    return bytes([digest[0] | 0x80]) + digest[1:]


def group_chat():
    drawn = os.urandom(16)
    return bytes([drawn[0] & 0x7F]) + drawn[1:]


def text_body(text):
    return cbor2.dumps({"text": text})


class Chat:
    """What a device holds of one chat."""

    def __init__(self):
        self.seq = 0
        self.generation = 0
        self.held = []  # disjoint closed intervals, rising
        self.rows = {}
        self.members = {}
        self.marks = {}  # user: [delivered, read]
        self.info = None
        self.unread = 0
        self.is_live = False

    def hold(self, low, high):
        if low > high:
            return
        apart = [i for i in self.held if i[1] + 1 < low or i[0] > high + 1]
        touching = [i for i in self.held if i not in apart]
        lows, highs = [low] + [i[0] for i in touching], [high] + [i[1] for i in touching]
        self.held = sorted(apart + [(min(lows), max(highs))])

    def holds(self, seq):
        return any(low <= seq <= high for low, high in self.held)

    def merge_row(self, row):
        known = self.rows.get(row["id"])
        if known is None or row["rev"] > known["rev"]:
            self.rows[row["id"]] = row

    def merge_member(self, row):
        known = self.members.get(row["user"])
        if known is None or row["rev"] > known["rev"]:
            self.members[row["user"]] = row

    def merge_info(self, row):
        if self.info is None or row["rev"] > self.info["rev"]:
            self.info = row

    def merge_marks(self, marks):
        for mark in marks:
            have = self.marks.setdefault(mark["user"], [0, 0])
            have[0], have[1] = max(have[0], mark["delivered"]), max(have[1], mark["read"])

    def visible(self):
        """The timeline: rows of held intervals, in order."""
        rows = [row for row in self.rows.values() if self.holds(row["seq"])]
        return sorted(rows, key=lambda row: row["seq"])

    def marks_sum(self, me):
        if (self.info is None or self.info["members"] > MEMBERS_WITH_MARKS
                or len(self.members) > PEOPLE_WITH_MARKS):
            return sum(self.marks.get(me, (0, 0)))
        total = 0
        own_off = self.members.get(me, {}).get("receiptsOff", False)
        for user, (delivered, read) in self.marks.items():
            hidden = user != me and (
                own_off or self.members.get(user, {}).get("receiptsOff", False))
            total += delivered + (0 if hidden else read)
        return total


class Device:
    def __init__(self, host, port, auth, name="python"):
        self.address = (host, port)
        self.auth = auth
        self.name = name
        self.user = None
        self.device = None
        self.token = auth.get("token")
        self.epoch = None
        self.revision = 0
        self.state = {}
        self.chats = {}
        self.users = {}
        self.outbox = []  # (chat, operation), oldest first
        self.events = []
        self.results = {}
        self.welcome = None
        self.socket = None
        self.gaps = 0
        self.opened = 0
        self._request = 0
        self._stale_pages = []

    # Connection ---------------------------------------------------------------------------------

    def connect(self, features=()):
        self.cut()
        self.socket = WebSocket(*self.address)
        self._request = 0
        for chat in self.chats.values():
            chat.is_live = False
        body = {"versions": [1], "features": list(features), "app": "conformance 1",
                "auth": {"token": self.token} if self.token else self.auth,
                "userRevision": self.revision, "have": self._have()}
        if self.device:
            body["device"] = self.device
        if self.epoch:
            body["epoch"] = self.epoch
        self.welcome = self.call("hello", body)
        self.user = self.welcome["user"]["id"]
        self.device = self.welcome["device"]
        self.token = self.welcome.get("token", self.token)
        self._synchronise()

    def cut(self):
        if self.socket:
            self.socket.cut()
            self.socket = None

    def _have(self):
        return [{"chat": chat, "seq": c.seq, "marks": c.marks_sum(self.user), "gen": c.generation}
                for chat, c in self.chats.items() if c.info is not None]

    def _send_command(self, kind, body):
        self._request += 1
        self.socket.send(cbor2.dumps({"type": kind, "request": self._request, "body": body}))
        return self._request

    def call(self, kind, body):
        """Sends a command and waits for its answer; events that come before it are taken in."""
        number = self._send_command(kind, body)
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            frame = cbor2.loads(self.socket.receive(max(0.0, deadline - time.monotonic())))
            if frame.get("request") == number:
                if frame["type"] == "error":
                    raise Refused(frame["body"])
                assert frame["type"] == "ok", frame["type"]
                return frame["body"]
            assert "request" not in frame or frame["request"] == 0, "an answer nobody waits for"
            self._take_event(frame["type"], frame["body"])

    def pump(self, until, seconds=10):
        """Takes events in until the condition holds; False when it never did."""
        deadline = time.monotonic() + seconds
        while True:
            self._settle()
            if until():
                return True
            if time.monotonic() > deadline:
                return False
            try:
                data = self.socket.receive(min(0.2, max(0.01, deadline - time.monotonic())))
            except TimeoutError:
                continue
            frame = cbor2.loads(data)
            self._take_event(frame["type"], frame["body"])

    # Synchronising ------------------------------------------------------------------------------

    def _synchronise(self):
        """After hello or catchUp: takes sync frames to the last, then asks for what is missing."""
        self._synced = False
        while not self._synced:
            frame = cbor2.loads(self.socket.receive(ANSWER_SECONDS))
            self._take_event(frame["type"], frame["body"])
        self._settle()

    def catch_up(self):
        self.call("catchUp", {"userRevision": self.revision, "have": self._have(),
                              **({"epoch": self.epoch} if self.epoch else {})})
        self._synchronise()

    def _take_sync(self, body):
        if body.get("restored") or (self.epoch is not None and body["epoch"] != self.epoch):
            self.chats, self.state, self.revision = {}, {}, 0
            self.epoch = body["epoch"]
            self._restart = True
        self.epoch = body["epoch"]
        self._take_states(body.get("state", []), body["userRevision"])
        for row in body.get("users", []):
            self.users[row["id"]] = row
        self._take_heads(body.get("chats", []))
        self._synced = not body.get("more", False)
        if self._synced and getattr(self, "_restart", False):
            self._restart = False
            self.catch_up()

    def _take_states(self, rows, revision):
        for row in rows:
            self.state[row["key"]] = row
        self.revision = max(self.revision, revision)

    def _take_heads(self, heads):
        for head in heads:
            chat = self.chats.setdefault(head["chat"], Chat())
            if "info" in head:
                chat.merge_info(head["info"])
            chat.unread = head["unread"]
            member = head.get("self")
            if member:
                chat.merge_member(member)
            if not member or member["state"] in (IS_MEMBER, IS_INVITED):
                self._ask_later(head["chat"])

    def _ask_later(self, chat):
        if chat not in self._stale_pages:
            self._stale_pages.append(chat)

    def _settle(self):
        while self._stale_pages:
            self._fetch(self._stale_pages.pop(0))

    def _fetch(self, chat):
        while True:
            mine = self.chats.setdefault(chat, Chat())
            try:
                page = self.call("page", {"chat": chat, "after": mine.seq,
                                          "gen": mine.generation})
            except Refused:
                return  # not ours any more
            if self._take_page(page) and not page.get("more"):
                return

    def _take_page(self, page):
        """False when the page is from another time and must be asked for again."""
        chat = self.chats.setdefault(page["chat"], Chat())
        if page["gen"] != chat.generation or page["head"] < chat.seq:
            return False
        opened = page.get("opened")
        if opened is not None:
            self.opened += 1
            chat.rows, chat.held = {}, []
            chat.generation += 1
            chat.hold(opened["low"], page["head"])
            chat.seq = page["head"]
            for row in opened.get("rows", []):
                chat.merge_row(row)
            for member in opened.get("members", []):
                chat.merge_member(member)
            done = set(opened.get("mine", []))
            self.outbox = [o for o in self.outbox if o[1]["id"] not in done]
        whole = self._take_entries(page["chat"], page.get("entries", []))
        chat.merge_marks(page.get("marks", []))
        if "info" in page:
            chat.merge_info(page["info"])
        if "self" in page:
            chat.merge_member(page["self"])
        chat.unread = page["unread"]
        if not page.get("more"):
            chat.is_live = whole
        return whole

    def _take_entries(self, chat_id, entries):
        chat = self.chats.setdefault(chat_id, Chat())
        for entry in entries:
            if "row" in entry:
                chat.merge_row(entry["row"])
            if "member" in entry:
                chat.merge_member(entry["member"])
            if "chat" in entry:
                chat.merge_info(entry["chat"])
            if entry["seq"] > chat.seq + 1:
                self.gaps += 1
                return False
            if entry["seq"] == chat.seq + 1:
                chat.hold(entry["seq"], entry["seq"])
                chat.seq = entry["seq"]
            self.outbox = [o for o in self.outbox if o[1]["id"] != entry["id"]]
        return True

    def _take_event(self, kind, body):
        self.events.append((kind, body))
        if kind == "sync":
            self._take_sync(body)
        elif kind == "push":
            if not self._take_entries(body["chat"], body.get("entries", [])):
                self._ask_later(body["chat"])
            self.chats[body["chat"]].merge_marks(body.get("marks", []))
        elif kind == "live":
            if not self._take_page(body["page"]):
                self._ask_later(body["page"]["chat"])
        elif kind == "userState":
            self._take_user_state(body["row"])
        elif kind == "lagging":
            self.catch_up()

    def _take_user_state(self, row):
        if row["rev"] > self.revision + 1:
            self.digest()
        elif row["rev"] == self.revision + 1:
            self._take_states([row], row["rev"])
            self._take_chat_state(row)

    def _take_chat_state(self, row):
        if not row["key"].startswith("chat/") or "value" not in row:
            return
        value = cbor2.loads(row["value"])
        chat = chat_of_key(row["key"])
        if "since" in value:
            self._ask_later(chat)
        elif chat in self.chats:
            self.chats[chat].is_live = False

    # Digest -------------------------------------------------------------------------------------

    def digest_hash(self):
        sha = hashlib.sha256(self.revision.to_bytes(8, "big"))
        for have in sorted(self._have(), key=lambda h: h["chat"]):
            sha.update(have["chat"] + have["seq"].to_bytes(8, "big")
                       + have["marks"].to_bytes(8, "big"))
        return sha.digest()

    def differs(self):
        return self.call("alive", {"active": True, "digest": self.digest_hash()}).get(
            "differs", False)

    def digest(self):
        while True:
            reply = self.call("digest", {"userRevision": self.revision, "have": self._have()})
            self._take_states(reply.get("state", []), reply["userRevision"])
            self._take_heads(reply.get("chats", []))
            for head in reply.get("chats", []):
                self.chats[head["chat"]].merge_marks(head.get("marks", []))
            self._settle()
            if not reply.get("more"):
                return

    # What a person does -------------------------------------------------------------------------

    def post(self, chat, kind, **fields):
        """Puts an operation into the outbox; `flush` sends it."""
        operation = {"id": uuid7(), "kind": kind, "type": 0, "payload": b"", **fields}
        self.outbox.append((chat, operation))
        return operation

    def flush(self):
        """Sends the outbox, chat by chat, oldest first, until it is empty or must wait."""
        while self.outbox:
            chat = self.outbox[0][0]
            batch = [o for c, o in self.outbox if c == chat][:32]
            results = self.call("send", {"chat": chat, "ops": batch})["results"]
            assert [r["id"] for r in results] == [o["id"] for o in batch], "results in order"
            for result in results:
                self.results[result["id"]] = result
                if result.get("error") in RETRY_CODES:
                    time.sleep(result.get("retryAfterMs", 100) / 1000)
                    break
                self.outbox = [o for o in self.outbox if o[1]["id"] != result["id"]]

    def do(self, chat, kind, **fields):
        """One operation there and back: its result."""
        operation = self.post(chat, kind, **fields)
        self.flush()
        return self.results[operation["id"]]

    def say(self, chat, text, **fields):
        return self.do(chat, MESSAGE, type=1, payload=text_body(text), **fields)

    def mark(self, chat, delivered, read):
        reply = self.call("mark", {"chat": chat, "delivered": delivered, "read": read})
        mine = self.chats[chat]
        mine.merge_marks([{"user": self.user, "delivered": reply["delivered"],
                           "read": reply["read"]}])
        mine.unread = reply["unread"]
        return reply

    def history(self, chat, limit=100, **where):
        mine = self.chats[chat]
        reply = self.call("history", {"chat": chat, "limit": limit, "gen": mine.generation,
                                      **where})
        if reply["gen"] == mine.generation:
            for row in reply.get("rows", []):
                mine.merge_row(row)
            mine.hold(reply["low"], reply["high"])
        return reply

    def texts(self, chat):
        return [cbor2.loads(row["payload"])["text"] for row in self.chats[chat].visible()
                if row["kind"] == MESSAGE and row["type"] == 1]


def chat_of_key(key):
    return base64.urlsafe_b64decode(key.split("/", 1)[1] + "==")
