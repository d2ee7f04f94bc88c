# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Reads what was said by long polling: HTTP on several connections, JSON, numbered frames."""

import base64
import json

from cborreader import Malformed
from linkreader import TO_CLIENT, TO_SERVER

# What is bytes, and what a 64-bit number, in the documents' JSON; everything else is as it is.
BYTES = {
    "id", "chat", "user", "device", "target", "replyTo", "thread", "actor", "sender", "epoch",
    "token", "payload", "picture", "digest", "value", "next", "users", "members", "wake", "mine",
    "media", "ids",
}  # fmt: skip
NUMBERS = {
    "seq", "time", "rev", "since", "head", "delivered", "read", "unread", "userRevision", "low",
    "high", "created", "lastSeen", "expires", "edited", "at", "statusUntil", "marks", "basedOn",
    "retryAfterMs", "before", "after", "around",
}  # fmt: skip


def fromJson(value, key=""):
    """A frame's value as CBOR would have given it."""
    if isinstance(value, dict):
        return {name: fromJson(field, name) for name, field in value.items()}
    if isinstance(value, list):
        return [fromJson(item, key) for item in value]
    if isinstance(value, str) and key in BYTES:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    if isinstance(value, str) and key in NUMBERS:
        return int(value)
    return value


class BodyStream:
    """One way of an HTTP connection: bytes in, whole bodies out."""

    def __init__(self):
        self._pending = bytearray()

    def feed(self, data):
        """(first line, body) of what is complete with these bytes."""
        self._pending += data
        bodies = []
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            first, *fields = bytes(self._pending[:end]).decode("latin-1").split("\r\n")
            length = 0
            for field in fields:
                name, _, value = field.partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            if len(self._pending) < end + 4 + length:
                break
            bodies.append((first, bytes(self._pending[end + 4 : end + 4 + length])))
            del self._pending[: end + 4 + length]
        return bodies


class Sessions:
    """Puts together what belongs to each session, over all its connections."""

    def __init__(self):
        self._sessions = {}  # name -> (begin, {number: frame} to the server, the same to the client)

    def take(self, records):
        """The records of one connection that is no WebSocket."""
        streams = {TO_SERVER: BodyStream(), TO_CLIENT: BodyStream()}
        asked = []  # requests whose answers are to come, in order
        for direction, micros, data in records:
            for first, body in streams[direction].feed(data):
                if direction == TO_SERVER:
                    asked.append((micros, first, body))
                elif asked:
                    self._exchange(*asked.pop(0), first, body)
        for micros, first, body in asked:
            self._request(micros, first, body)

    @staticmethod
    def _object(body):
        try:
            value = json.loads(body)
        except ValueError as error:
            raise Malformed("no JSON") from error
        if not isinstance(value, dict):
            raise Malformed("no body of a poll")
        return value

    def _keep(self, name, micros, direction, value):
        begin, *ways = self._sessions.get(name, (micros, {}, {}))
        frames = ways[0 if direction == TO_SERVER else 1]
        for number, frame in enumerate(value.get("frames", []), int(value.get("seq", 1))):
            kept = frames.setdefault(number, frame)
            if kept != frame:
                raise Malformed("a frame that was another one when it was said again")
        self._sessions[name] = (min(begin, micros), *ways)

    def _request(self, micros, first, body, name=None):
        if not first.startswith("POST ") or not body:
            return None
        value = self._object(body)
        name = value.get("session", name)
        if name is not None:
            self._keep(name, micros, TO_SERVER, value)
        return name

    def _exchange(self, micros, asked, request, answered, answer):
        isAnswer = " 200 " in answered + " " and asked.startswith("POST ")
        value = self._object(answer) if isAnswer else {}
        name = self._request(micros, asked, request, value.get("session"))
        if isAnswer and name is not None:
            self._keep(name, micros, TO_CLIENT, value)

    @staticmethod
    def _whole(frames):
        """What there is without a hole: behind one, nobody has taken anything."""
        taken = []
        while len(taken) + 1 in frames:
            taken.append(fromJson(frames[len(taken) + 1]))
        return taken

    def conversations(self):
        """(begin, name, frames), the client's before the server's answer to them."""
        for name, (begin, toServer, toClient) in self._sessions.items():
            said, heard = self._whole(toServer), self._whole(toClient)
            # The greeting, and who it was; then what one asked, then what came of it.
            frames = [(TO_SERVER, frame) for frame in said[:1]]
            frames += [(TO_CLIENT, frame) for frame in heard[:1]]
            frames += [(TO_SERVER, frame) for frame in said[1:]]
            frames += [(TO_CLIENT, frame) for frame in heard[1:]]
            yield begin, f"poll {name[:6]}", frames
