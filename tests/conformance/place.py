# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""A server of our own on 127.0.0.1, and people on it."""

import json
import os
import pathlib
import random
import re
import signal
import subprocess
import time

import device as d
from device import Device, Refused

PASSWORD = "a long walk by the river"
ROOM = {"MESSAGES_BURST": "100000", "MESSAGES_PER_SECOND": "100000", "CHATS_PER_HOUR": "1000",
        "ADDED_MEMBERS_PER_HOUR": "10000", "REQUESTS_PER_HOUR": "1000", "FINDS_BURST": "1000",
        "PENDING_PER_ADDRESS": "2000"}


class Server:
    def __init__(self, programs, folder):
        self.programs, self.data = pathlib.Path(programs), str(pathlib.Path(folder) / "data")
        self.environment = dict(os.environ, **{f"PARLEY_LIMITS_{k}": v for k, v in ROOM.items()})
        self.port = 0
        subprocess.run([self.programs / "parleyd", "--initialise", "--data", self.data],
                       check=True, stdout=subprocess.DEVNULL)
        self.start()

    def start(self):
        self.log = open(self.data + ".log", "a+", encoding="utf-8")
        seen = self.log.seek(0, os.SEEK_END)
        self.process = subprocess.Popen(
            [self.programs / "parleyd", "--data", self.data,
             "--listen", f"127.0.0.1:{self.port}"],
            env=self.environment, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with open(self.data + ".log", encoding="utf-8") as log:
                log.seek(seen)
                found = re.search(r"listening on \S*127\.0\.0\.1:(\d+)", log.read())
            if found:
                self.port = int(found.group(1))
                return
            time.sleep(0.05)
        raise RuntimeError("the server did not start:\n" + open(self.data + ".log").read())

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(20)

    def control(self, *words, text=None):
        done = subprocess.run([self.programs / "parleyctl", "--data", self.data, "--json", *words],
                              check=True, capture_output=True, text=True, input=text)
        return json.loads(done.stdout)


class Place:
    """The server, and people on it."""

    def __init__(self, server, seed):
        self.server = server
        self.random = random.Random(seed)
        self.count = 0

    def address(self):
        return "127.0.0.1", self.server.port

    def name(self, what="walker"):
        self.count += 1
        return f"{what}{self.count}"

    def person(self):
        """A signed-in device of a new user."""
        name = self.name()
        self.server.control("user", "add", name, "--password-stdin", text=PASSWORD + "\n")
        return self.sign_in(name)

    def sign_in(self, name):
        one = Device(*self.address(), {"password": {"name": name, "password": PASSWORD,
                                                    "deviceName": "python"}})
        one.connect()
        one.account = name
        return one

    def acquainted(self, count=2):
        """People who have a group in common: (its id, devices, the first being the owner)."""
        people = [self.person() for _ in range(count)]
        chat = d.group_chat()
        accepted(people[0].do(chat, d.CREATE, text="acquaintances",
                              members=[p.user for p in people[1:]]))
        for one in people:
            assert one.pump(lambda one=one: live(one, chat)), "the group came to everybody"
        for one in people[1:]:
            if one.chats[chat].members[one.user]["state"] == d.IS_INVITED:
                accepted(one.do(chat, d.ACCEPT))
        for one in people:
            head = people[-1].chats[chat].seq
            assert one.pump(lambda one=one: one.chats[chat].seq >= head)
        return chat, people


def live(one, chat):
    return chat in one.chats and one.chats[chat].is_live


def accepted(result):
    assert "error" not in result, f"refused with {result.get('error')}"
    return result


def refuses(code, act, *arguments, **fields):
    try:
        result = act(*arguments, **fields)
    except Refused as refusal:
        assert refusal.code == code, f"code {refusal.code} instead of {code}"
        return refusal.refusal
    assert isinstance(result, dict) and result.get("error") == code, f"{result} instead of {code}"
    return result
