# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""The client's side of a WebSocket (RFC 6455), as far as the protocol needs it: binary messages,
no extensions, pings answered. Blocking, with a timeout for each read."""

import base64
import hashlib
import os
import socket
import time

ACCEPT_SUFFIX = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA


class Closed(Exception):
    """The other side, or the network, ended the connection."""


class WebSocket:
    def __init__(self, host, port, path="/", headers=(), timeout=10.0):
        self.buffer = b""
        self.parts = []
        self.socket = socket.create_connection((host, port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16))
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}", "Upgrade: websocket",
                 "Connection: Upgrade", f"Sec-WebSocket-Key: {key.decode()}",
                 "Sec-WebSocket-Version: 13", *headers]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = self._read_head(time.monotonic() + timeout)
        self.status = int(head.split(b" ", 2)[1])
        accept = base64.b64encode(hashlib.sha1(key + ACCEPT_SUFFIX).digest())
        if self.status != 101 or accept not in head:
            self.socket.close()
            raise Closed(f"the server answered {self.status} to the upgrade")

    def _read_head(self, deadline):
        while b"\r\n\r\n" not in self.buffer:
            self._fill(deadline)
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        return head

    def _fill(self, deadline):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.socket.settimeout(left)
        try:
            data = self.socket.recv(65536)
        except socket.timeout as late:
            raise TimeoutError from late
        except OSError as error:
            raise Closed(str(error)) from error
        if not data:
            raise Closed("end of stream")
        self.buffer += data

    def _send_frame(self, opcode, data):
        mask = os.urandom(4)
        length = len(data)
        if length < 126:
            head = bytes([0x80 | opcode, 0x80 | length])
        elif length < 65536:
            head = bytes([0x80 | opcode, 0x80 | 126]) + length.to_bytes(2, "big")
        else:
            head = bytes([0x80 | opcode, 0x80 | 127]) + length.to_bytes(8, "big")
        repeated = (mask * (length // 4 + 1))[:length]
        masked = (int.from_bytes(data, "big") ^ int.from_bytes(repeated, "big")).to_bytes(
            length, "big") if length else b""
        try:
            self.socket.sendall(head + mask + masked)
        except OSError as error:
            raise Closed(str(error)) from error

    def send(self, data):
        self._send_frame(BINARY, data)

    def send_text(self, text):
        self._send_frame(TEXT, text.encode())

    def receive(self, seconds):
        """The next binary message; raises TimeoutError when none came in time."""
        deadline = time.monotonic() + seconds
        while True:
            frame = self._take_frame()
            if frame is None:
                self._fill(deadline)
                continue
            is_last, opcode, data = frame
            if opcode == PING:
                self._send_frame(PONG, data)
            elif opcode == CLOSE:
                raise Closed(f"closed with code {int.from_bytes(data[:2], 'big')}")
            elif opcode != PONG:
                self.parts.append(data)
                if is_last:
                    message, self.parts = b"".join(self.parts), []
                    return message

    def _take_frame(self):
        if len(self.buffer) < 2:
            return None
        if self.buffer[1] & 0x80:
            raise Closed("a server must not mask")
        length, at = self.buffer[1] & 0x7F, 2
        if length >= 126:
            width = 2 if length == 126 else 8
            length, at = int.from_bytes(self.buffer[2:2 + width], "big"), 2 + width
        if len(self.buffer) < at + length:
            return None
        first = self.buffer[0]
        data, self.buffer = self.buffer[at:at + length], self.buffer[at + length:]
        return bool(first & 0x80), first & 0x0F, data

    def cut(self):
        """Ends it without a word, as a network does."""
        self.socket.close()
