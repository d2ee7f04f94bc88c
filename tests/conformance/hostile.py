# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""What a guest who means ill may try from outside, and what must hold then."""

import base64
import os
import pathlib
import socket
import time

import cbor2

import device as d
from place import PASSWORD, accepted
from websocket import Closed, WebSocket

MEBI = 1 << 20
TIMES = int(os.environ.get("PARLEY_MEMORY_TIMES", "1"))  # more under a sanitizer
WITHIN_MIB = 48 * TIMES  # what a flood may cost on top of a quiet server
HASHING_MIB = (64 * 2 + 64) * TIMES  # two passwords at a time, and what waits
ANSWERS_TO_A_SIGN_IN = {10, 11, 13}  # RateLimited, Busy, BadCredentials


def memory_mib(place):
    status = pathlib.Path(f"/proc/{place.server.process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def is_served(place, one, chat):
    """Somebody else is answered at once, whatever goes on beside."""
    began = time.monotonic()
    accepted(one.say(chat, "still here"))
    assert time.monotonic() - began < 5, "others wait"


def closes_in_time(connection, seconds):
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
    except (ConnectionError, BrokenPipeError):
        return True
    except socket.timeout:
        return False
    return True


def keeps_secrets_out_of_log_and_store(place):
    chat, (ana, _) = place.acquainted()
    code = place.server.control("invite", "create")["code"]
    accepted(ana.say(chat, "canary in a message"))
    ana.call("set", {"key": f"draft/{'a' * 22}", "value": b"canary in a draft", "basedOn": 0})
    wrong = WebSocket(*place.address())
    wrong.send(cbor2.dumps({"type": "hello", "request": 1, "body": {
        "versions": [1], "app": "c", "userRevision": 0, "auth": {"password": {
            "name": ana.account, "password": "canary in a guess", "deviceName": "x"}}}}))
    wrong.receive(10)
    secrets = [b"canary in", PASSWORD.encode(), code.encode(), ana.token, ana.token.hex().encode(),
               base64.b64encode(ana.token).rstrip(b"="),
               base64.urlsafe_b64encode(ana.token).rstrip(b"=")]
    log = pathlib.Path(place.server.data + ".log").read_bytes()
    assert not [s for s in secrets if s in log], "a secret stands in the log"
    lines = [line for line in log.splitlines() if b"listening on" not in line]
    assert not [line for line in lines if b"127.0.0.1" in line], "a whole address in the log"
    # A store that was copied lets nobody in: neither token nor password nor code is in it.
    for file in pathlib.Path(place.server.data).rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [s for s in secrets[1:] if s in data], f"a secret stands in {file.name}"


def takes_the_language_of_the_store_as_text(place):
    chat, (ana, bo) = place.acquainted()
    hostile = ["'; DROP TABLE rows; --", '" OR ""="', "x' UNION SELECT * FROM devices --",
               "NEAR(a b) AND * OR {x}: ^\"", "%_\\", "\u0000'", "$1 ?1 :a @b"]
    for text in hostile:
        accepted(ana.say(chat, text))
        accepted(ana.do(chat, d.TITLE, text=text))
        assert not ana.call("findUser", {"name": text[:32]}).get("users")
        ana.call("setProfile", {"displayName": text})
    assert bo.pump(lambda: bo.texts(chat) == hostile and bo.chats[chat].info["title"] == hostile[-1])
    assert ana.call("users", {"ids": [ana.user]})["users"][0]["displayName"] == hostile[-1]


def hashes_few_of_many_sign_ins_at_a_time(place):
    chat, (ana, _) = place.acquainted()
    before = memory_mib(place)
    guests = [WebSocket(*place.address()) for _ in range(500)]
    for number, guest in enumerate(guests):
        guest.send(cbor2.dumps({"type": "hello", "request": 1, "body": {
            "versions": [1], "app": "c", "userRevision": 0, "auth": {"password": {
                "name": f"nobody{number}", "password": PASSWORD, "deviceName": "x"}}}}))
    is_served(place, ana, chat)
    peak, codes = 0, set()
    for guest in guests:
        codes.add(cbor2.loads(guest.receive(60))["body"]["code"])
        peak = max(peak, memory_mib(place) - before)
        guest.cut()
    assert codes <= ANSWERS_TO_A_SIGN_IN, codes
    assert peak < HASHING_MIB, f"{peak:.0f} MiB more"


def closes_who_never_ends_a_request(place):
    chat, (ana, _) = place.acquainted()
    slow = [socket.create_connection(place.address()) for _ in range(50)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    until = time.monotonic() + 8
    waiting = list(slow)
    while waiting and time.monotonic() < until:
        for connection in list(waiting):
            try:
                connection.sendall(b"a")
            except OSError:
                waiting.remove(connection)
        time.sleep(0.2)
    assert not waiting, f"{len(waiting)} are still open after 8 s"
    is_served(place, ana, chat)


def bounds_the_head_of_a_request(place):
    before = memory_mib(place)
    for _ in range(20):
        connection = socket.create_connection(place.address())
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * MEBI)
        except OSError:
            pass
        assert closes_in_time(connection, 10), "a head of a mebibyte is waited for"
    assert memory_mib(place) - before < WITHIN_MIB


def masked(opcode, data, is_last=True):
    mask = b"\0\0\0\0"
    length = bytes([0x80 | len(data)]) if len(data) < 126 else (
        b"\xfe" + len(data).to_bytes(2, "big"))
    return bytes([(0x80 if is_last else 0) | opcode]) + length + mask + data


def send_all(connection, data, times):
    """Sends until the other side no longer takes it; says how many went."""
    connection.settimeout(5)
    for number in range(times):
        try:
            connection.sendall(data)
        except OSError:
            return number
    return times


def bounds_what_pings_cost(place):
    chat, (ana, bo) = place.acquainted()
    before = memory_mib(place)
    # A million pings whose answers are never read.
    send_all(bo.socket.socket, masked(0x9, b"p" * 125) * 1000, 1000)
    is_served(place, ana, chat)
    more = memory_mib(place) - before
    bo.cut()
    assert more < WITHIN_MIB, f"{more:.0f} MiB more"


def bounds_a_message_that_never_ends(place):
    chat, (ana, bo) = place.acquainted()
    before = memory_mib(place)
    connection = bo.socket.socket
    connection.sendall(masked(0x2, b"\xa1", is_last=False))
    sent = send_all(connection, masked(0x0, b"x" * 60000, is_last=False) * 16, 128)
    is_served(place, ana, chat)
    more = memory_mib(place) - before
    bo.cut()
    assert sent < 128 and more < WITHIN_MIB, f"{sent} MiB taken, {more:.0f} MiB more"


def lets_nobody_in_who_was_not_asked(place):
    users = place.server.control("user", "list")["users"]
    assert all(user["name"].startswith(("walker", "guest")) for user in users), "a default account"
    socket_mode = os.stat(place.server.data + "/parleyd.sock").st_mode
    assert os.stat(place.server.data).st_mode & 0o077 == 0 and socket_mode & 0o077 == 0
    guest = WebSocket(*place.address())
    guest.send(cbor2.dumps({"type": "hello", "request": 1, "body": {
        "versions": [1], "app": "c", "userRevision": 0, "auth": {"invite": {
            "code": "admin", "name": "me", "displayName": "me", "password": PASSWORD,
            "deviceName": "x"}}}}))
    assert cbor2.loads(guest.receive(10))["type"] == "error"
    try:
        guest.receive(10)
    except Closed:
        pass


CHECKS = [keeps_secrets_out_of_log_and_store, takes_the_language_of_the_store_as_text,
          closes_who_never_ends_a_request, bounds_the_head_of_a_request, bounds_what_pings_cost,
          bounds_a_message_that_never_ends, hashes_few_of_many_sign_ins_at_a_time,
          lets_nobody_in_who_was_not_asked]
