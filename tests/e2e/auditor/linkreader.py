# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Reads what the proxy kept of one connection: WebSocket (RFC 6455) and frames, both ways."""

import struct

import cborreader
from cborreader import Malformed

TO_SERVER, TO_CLIENT = ord(">"), ord("<")


class MessageStream:
    """One way of a WebSocket connection: bytes in, whole binary messages out."""

    def __init__(self):
        self._pending = bytearray()
        self._isOpen = False
        self.isOther = False  # no WebSocket: what is polled by HTTP is not read
        self._message = bytearray()

    def feed(self, data):
        """The messages that are complete with these bytes."""
        if self.isOther:
            return []
        self._pending += data
        if not self._isOpen:
            end = self._pending.find(b"\r\n\r\n")
            if end < 0:
                return []
            head = bytes(self._pending[:end]).lower()
            del self._pending[: end + 4]
            self._isOpen = b"\r\nupgrade: websocket" in head
            self.isOther = not self._isOpen
            if self.isOther:
                return []
        messages = []
        while (taken := self._frame()) is not None:
            isLast, opcode, payload = taken
            if opcode >= 8:
                continue
            if opcode == 1:
                raise Malformed("a text message")
            self._message += payload
            if isLast:
                messages.append(bytes(self._message))
                self._message.clear()
        return messages

    def _frame(self):
        data = self._pending
        if len(data) < 2:
            return None
        if data[0] & 0x70:
            raise Malformed("a WebSocket extension that nobody agreed on")
        isMasked, length, at = bool(data[1] & 0x80), data[1] & 0x7F, 2
        if length > 125:
            size = 2 if length == 126 else 8
            if len(data) < at + size:
                return None
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        mask = bytes(data[at : at + 4]) if isMasked else None
        at += 4 if isMasked else 0
        if len(data) < at + length:
            return None
        payload = bytes(data[at : at + length])
        if mask is not None:
            key = (mask * (length // 4 + 1))[:length]
            payload = (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(
                length, "big"
            )
        head = data[0]
        del data[: at + length]
        return bool(head & 0x80), head & 0x0F, payload


def records(path):
    """(direction, microseconds, bytes) as they were kept; a torn end is no record."""
    with open(path, "rb") as file:
        while len(head := file.read(13)) == 13:
            direction, micros, length = struct.unpack(">BqI", head)
            data = file.read(length)
            if len(data) < length:
                return
            yield direction, micros, data


def isWebSocket(path):
    """Whether the client asked for one."""
    for direction, _, data in records(path):
        if direction == TO_SERVER:
            return data.startswith(b"GET ")
    return False


def frames(path):
    """(direction, frame) of one connection, in the order in which the proxy saw them. What was cut
    in its middle is no frame; what is no frame though it is whole raises Malformed."""
    streams = {TO_SERVER: MessageStream(), TO_CLIENT: MessageStream()}
    for direction, _, data in records(path):
        if direction not in streams:
            raise Malformed("no record of a link")
        for message in streams[direction].feed(data):
            frame = cborreader.decode(message)
            if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
                raise Malformed("no frame")
            yield direction, frame
