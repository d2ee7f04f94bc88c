# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Reads CBOR (RFC 8949) with definite lengths, as docs/protocol.md says frames are written."""

import struct


class Malformed(Exception):
    """These bytes are not what they should be."""


def decode(data):
    """The one value that these bytes are, to their end."""
    value, end = _value(data, 0)
    if end != len(data):
        raise Malformed("bytes behind the value")
    return value


def _argument(data, at):
    """Major type, argument and the place behind them."""
    if at >= len(data):
        raise Malformed("ends too early")
    major, short = data[at] >> 5, data[at] & 0x1F
    at += 1
    if short < 24:
        return major, short, at
    if short > 27:
        raise Malformed("no definite length")
    size = 1 << (short - 24)
    if at + size > len(data):
        raise Malformed("ends too early")
    return major, int.from_bytes(data[at : at + size], "big"), at + size


def _value(data, at):
    first = data[at] if at < len(data) else None
    major, argument, at = _argument(data, at)
    if major == 0:
        return argument, at
    if major == 1:
        return -1 - argument, at
    if major in (2, 3):
        if at + argument > len(data):
            raise Malformed("ends too early")
        piece = bytes(data[at : at + argument])
        try:
            return (piece if major == 2 else piece.decode("utf-8")), at + argument
        except UnicodeDecodeError as error:
            raise Malformed("a text that is not UTF-8") from error
    if major == 4:
        items = []
        for _ in range(argument):
            item, at = _value(data, at)
            items.append(item)
        return items, at
    if major == 5:
        fields = {}
        for _ in range(argument):
            key, at = _value(data, at)
            if key in fields:
                raise Malformed("a key that stands twice")
            fields[key], at = _value(data, at)
        return fields, at
    if major == 7 and first in (0xF4, 0xF5):
        return first == 0xF5, at
    if major == 7 and first in (0xF6, 0xF7):
        return None, at
    if major == 7 and first == 0xFB:
        return struct.unpack(">d", argument.to_bytes(8, "big"))[0], at
    raise Malformed("a value of a kind that the protocol does not have")
