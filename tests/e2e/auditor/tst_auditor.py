#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""The auditor's own readers, by the examples of the documents that they were written from."""

import json
import os
import struct
import tempfile
import unittest

import cborreader
import linkreader
import pollreader
from cborreader import Malformed

UPGRADE = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"


class CborReader(unittest.TestCase):
    """RFC 8949, appendix A."""

    def test_reads_the_examples_of_the_rfc(self):
        for text, value in [
            ("00", 0), ("17", 23), ("1818", 24), ("1903e8", 1000), ("1a000f4240", 1000000),
            ("1bffffffffffffffff", 18446744073709551615), ("20", -1), ("3903e7", -1000),
            ("3bffffffffffffffff", -18446744073709551616), ("f4", False), ("f5", True),
            ("f6", None), ("fb3ff199999999999a", 1.1), ("40", b""), ("4401020304", b"\1\2\3\4"),
            ("60", ""), ("6449455446", "IETF"), ("62c3bc", "ü"), ("80", []),
            ("8301820203820405", [1, [2, 3], [4, 5]]), ("a0", {}),
            ("a26161016162820203", {"a": 1, "b": [2, 3]}),
        ]:  # fmt: skip
            self.assertEqual(cborreader.decode(bytes.fromhex(text)), value, text)

    def test_refuses_what_the_protocol_refuses(self):
        for text in [
            "", "18", "4401", "8201", "a161", "9f01ff", "5f4101ff", "62c328", "0000",
            "a2616101616102", "c000", "f0",
        ]:  # fmt: skip
            with self.assertRaises(Malformed, msg=text):
                cborreader.decode(bytes.fromhex(text))


class LinkReader(unittest.TestCase):
    """RFC 6455, 5.7, and the proxy's records."""

    def test_reads_masked_and_plain_and_fragmented_messages(self):
        stream = linkreader.MessageStream()
        self.assertEqual(stream.feed(UPGRADE), [])
        masked = bytes.fromhex("828537fa213d7f9f4d5158")
        self.assertEqual(stream.feed(masked), [b"Hello"])
        self.assertEqual(stream.feed(b"\x02\x03Hel"), [])
        self.assertEqual(stream.feed(b"\x89\x00"), [])
        self.assertEqual(stream.feed(b"\x80\x02lo"), [b"Hello"])

    def test_takes_bytes_as_they_come(self):
        stream = linkreader.MessageStream()
        data = UPGRADE + b"\x82\x7e\x01\x00" + bytes(256) + b"\x82\x7f" + struct.pack(">Q", 70000)
        data += bytes(70000)
        got = [message for byte in data for message in stream.feed(bytes([byte]))]
        self.assertEqual([len(message) for message in got], [256, 70000])

    def test_refuses_text_and_extensions(self):
        for data in (b"\x81\x01x", b"\xc2\x01x"):
            stream = linkreader.MessageStream()
            stream.feed(UPGRADE)
            with self.assertRaises(Malformed):
                stream.feed(data)

    def test_reads_nothing_of_what_is_no_websocket(self):
        stream = linkreader.MessageStream()
        self.assertEqual(stream.feed(b"POST /poll HTTP/1.1\r\n\r\n\x82\x01x"), [])
        self.assertEqual(stream.feed(b"\x82\x01x"), [])

    def test_reads_records_up_to_a_torn_one(self):
        frame = b"\x82\x0f" + bytes.fromhex("a26474797065626f6b64626f6479a0")
        data = UPGRADE + frame + frame[:5]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "000000.link")
            with open(path, "wb") as file:
                file.write(b"<" + struct.pack(">qI", 1, len(data)) + data)
                file.write(b"<" + struct.pack(">qI", 2, 10) + b"torn")
            frames = list(linkreader.frames(path))
        self.assertEqual(frames, [(linkreader.TO_CLIENT, {"type": "ok", "body": {}})])


def http(first, value):
    """A request or an answer with this body."""
    body = json.dumps(value).encode()
    return first + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


class PollReader(unittest.TestCase):
    """docs/protocol.md, long polling."""

    HELLO = {"type": "hello", "request": 1, "body": {"userRevision": "7"}}
    ALIVE = {"type": "alive", "request": 2, "body": {}}
    WELCOME = {"type": "ok", "request": 1, "body": {"device": "AAECAwQFBgcICQoLDA0ODw"}}

    def records(self, *exchanges):
        """Requests and answers as a proxy keeps them."""
        for micros, (asked, answered) in enumerate(exchanges):
            yield linkreader.TO_SERVER, micros, http(b"POST /v1/poll HTTP/1.1", asked)
            yield linkreader.TO_CLIENT, micros, http(b"HTTP/1.1 200 OK", answered)

    def test_puts_together_what_came_on_several_connections(self):
        sessions = pollreader.Sessions()
        first = {"session": "s", "seq": "1", "frames": [self.HELLO]}
        sessions.take(self.records(({}, {"session": "s", "seq": "1"}), (first, {"session": "s"})))
        again = {"session": "s", "seq": "1", "frames": [self.HELLO, self.ALIVE]}
        answer = {"session": "s", "seq": "1", "frames": [self.WELCOME]}
        sessions.take(self.records((again, answer), (again, answer)))
        ((_, _, frames),) = sessions.conversations()
        self.assertEqual([frame["type"] for _, frame in frames], ["hello", "ok", "alive"])
        self.assertEqual(frames[0][1]["body"]["userRevision"], 7)
        self.assertEqual(frames[1][1]["body"]["device"], bytes(range(16)))

    def test_refuses_a_frame_that_became_another_one(self):
        sessions = pollreader.Sessions()
        first = {"session": "s", "seq": "1", "frames": [self.HELLO]}
        other = {"session": "s", "seq": "1", "frames": [self.ALIVE]}
        with self.assertRaises(Malformed):
            sessions.take(self.records((first, {"session": "s"}), (other, {"session": "s"})))


if __name__ == "__main__":
    unittest.main()
