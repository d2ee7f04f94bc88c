# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Runs the client in device.py against the real server, and says what held.

    conformance.py FOLDER-WITH-PARLEYD-AND-PARLEYCTL [--seed N] [CHECK...]

The client was written from docs/protocol.md alone, so what fails here is a fault of the server, or
of the document. What ill-meaning guests may try stands in hostile.py. A server of its own is started
on a free port of 127.0.0.1 and ended afterwards.
"""

import argparse
import signal
import sys
import tempfile
import time
import traceback

import cbor2

import device as d
import hostile
from device import Device
from place import PASSWORD, Place, Server, accepted, live, refuses
from websocket import Closed, WebSocket

MALFORMED, FORBIDDEN, NO_TARGET, ID_REUSED, NO_EFFECT = 2, 5, 6, 7, 8
CONFLICT, BAD_CREDENTIALS, NOT_SIGNED_IN, INVALID_INVITE = 9, 13, 14, 15
UNSUPPORTED, UPGRADE_REQUIRED, TOO_LARGE = 4, 19, 3


def level(*devices):
    """All hold the same of every chat that they share, and the server agrees with each."""
    for one in devices:
        assert one.pump(lambda one=one: not one.differs(), 15), "the digest came to agree"
    for chat in set.intersection(*(set(one.chats) for one in devices)):
        views = [one.chats[chat] for one in devices]
        for low in range(1, max(v.seq for v in views) + 1):
            rows = [[r for r in v.rows.values() if r["seq"] == low] for v in views if v.holds(low)]
            assert all(r == rows[0] for r in rows), f"a row at {low} differs"


# The checks; each says in its name what holds. -----------------------------------------------------

def says_how_to_sign_in_and_closes(place):
    socket = WebSocket(*place.address())
    socket.send(cbor2.dumps({"type": "hello", "request": 1, "body": {
        "versions": [1], "app": "c", "auth": {}, "userRevision": 0}}))
    answer = cbor2.loads(socket.receive(5))
    assert answer["type"] == "ok" and "password" in answer["body"]["signIn"], answer
    assert "user" not in answer["body"]
    ends(socket)


def ends(socket):
    try:
        while True:
            socket.receive(10)
    except Closed:
        return
    except TimeoutError:
        raise AssertionError("the connection was not closed") from None


def refuses_a_version_that_it_does_not_speak(place):
    socket = WebSocket(*place.address())
    socket.send(cbor2.dumps({"type": "hello", "request": 1, "body": {
        "versions": [99], "app": "c", "auth": {}, "userRevision": 0}}))
    answer = cbor2.loads(socket.receive(5))
    assert answer["type"] == "error" and answer["body"]["code"] == UPGRADE_REQUIRED, answer


def tells_wrong_passwords_and_unknown_users_the_same(place):
    known = place.person()
    answers = []
    for name in (known.account, "nobody-here"):
        socket = WebSocket(*place.address())
        socket.send(cbor2.dumps({"type": "hello", "request": 1, "body": {
            "versions": [1], "app": "c", "userRevision": 0, "auth": {"password": {
                "name": name, "password": "not this one, no", "deviceName": "x"}}}}))
        answers.append(socket.receive(10))
    assert answers[0] == answers[1]
    assert cbor2.loads(answers[0])["body"]["code"] == BAD_CREDENTIALS


def makes_one_account_by_an_invite(place):
    code = place.server.control("invite", "create")["code"]
    auth = {"invite": {"code": code, "name": place.name("guest"), "displayName": "Guest",
                       "password": PASSWORD, "deviceName": "python"}}
    first = Device(*place.address(), auth)
    first.connect()
    again = Device(*place.address(), auth)  # as if the answer had been lost
    again.connect()
    assert again.user == first.user
    auth["invite"]["name"] = place.name("guest")
    refuses(INVALID_INVITE, Device(*place.address(), auth).connect)


def signs_in_again_by_its_token(place):
    one = place.person()
    user, device = one.user, one.device
    assert len(one.token) == 32
    one.connect()
    assert (one.user, one.device) == (user, device)
    refuses(NOT_SIGNED_IN, Device(*place.address(), {"token": bytes(32)}).connect)


def lets_two_talk_directly(place):
    _, (ana, bo) = place.acquainted()
    chat = d.direct_chat(ana.user, bo.user)
    assert chat == d.direct_chat(bo.user, ana.user)
    accepted(ana.do(chat, d.CREATE, user=bo.user))
    refuses(NO_EFFECT, bo.do, chat, d.CREATE, user=ana.user)
    first = accepted(ana.say(chat, "Hi"))
    assert bo.pump(lambda: live(bo, chat) and bo.texts(chat) == ["Hi"])
    accepted(bo.say(chat, "Hello", replyTo=first["id"]))
    assert ana.pump(lambda: ana.texts(chat) == ["Hi", "Hello"])
    assert ana.chats[chat].visible()[-1]["replyTo"] == first["id"]
    level(ana, bo)


def asks_before_a_stranger_may_go_on(place):
    ana, bo = place.person(), place.person()
    chat = d.direct_chat(ana.user, bo.user)
    accepted(ana.do(chat, d.CREATE, user=bo.user))
    accepted(ana.say(chat, "We met on the train"))
    assert bo.pump(lambda: live(bo, chat) and bo.texts(chat) == ["We met on the train"])
    assert bo.chats[chat].members[bo.user]["state"] == d.IS_INVITED
    refuses(FORBIDDEN, bo.say, chat, "too early")
    refuses(FORBIDDEN, bo.mark, chat, 1, 1)
    accepted(bo.do(chat, d.ACCEPT))
    accepted(bo.say(chat, "Yes"))
    assert ana.pump(lambda: ana.texts(chat)[-1:] == ["Yes"])
    accepted(bo.do(chat, d.BLOCK))
    refuses(FORBIDDEN, ana.say, chat, "hello?")
    accepted(bo.do(chat, d.UNBLOCK))
    accepted(ana.say(chat, "hello"))


def changes_messages_by_its_rules(place):
    chat, (ana, bo, cy) = place.acquainted(3)
    said = accepted(bo.say(chat, "teh"))["id"]
    accepted(bo.do(chat, d.EDIT, target=said, type=1, payload=d.text_body("the")))
    refuses(NO_TARGET, cy.do, chat, d.EDIT, target=said, type=1, payload=d.text_body("no"))
    accepted(cy.do(chat, d.REACT, target=said, text="👍"))
    refuses(NO_EFFECT, cy.do, chat, d.REACT, target=said, text="👍")
    accepted(ana.do(chat, d.REACT, target=said, text="👍"))
    assert bo.pump(lambda: [r["users"] for r in bo.chats[chat].rows[said].get("reactions", [])]
                   == [[cy.user, ana.user]])
    assert "edited" in bo.chats[chat].rows[said]
    accepted(cy.do(chat, d.UNREACT, target=said, text="👍"))
    refuses(FORBIDDEN, cy.do, chat, d.DELETE, target=said)
    accepted(ana.do(chat, d.DELETE, target=said))
    assert cy.pump(lambda: cy.chats[chat].rows[said].get("deleted", False))
    assert cy.chats[chat].rows[said]["payload"] == b""
    refuses(NO_TARGET, cy.do, chat, d.REACT, target=d.uuid7(), text="👍")
    level(ana, bo, cy)


def governs_groups_by_role(place):
    chat, (ana, bo, cy) = place.acquainted(3)
    refuses(FORBIDDEN, bo.do, chat, d.TITLE, text="bo's")
    accepted(ana.do(chat, d.SET_ROLE, user=bo.user, role=2))
    accepted(bo.do(chat, d.TITLE, text="Ridge Walkers"))
    assert cy.pump(lambda: cy.chats[chat].info["title"] == "Ridge Walkers")
    refuses(FORBIDDEN, bo.do, chat, d.REMOVE, user=ana.user)
    accepted(bo.do(chat, d.REMOVE, user=cy.user))
    assert cy.pump(lambda: not cy.chats[chat].is_live)
    refuses(FORBIDDEN, cy.say, chat, "still here?")
    hidden = accepted(ana.say(chat, "cy must not read this"))["seq"]
    added = accepted(ana.do(chat, d.ADD, user=cy.user))["seq"]
    assert cy.pump(lambda: live(cy, chat) and cy.chats[chat].seq >= added)
    assert cy.chats[chat].members[cy.user]["since"] == added
    assert all(row["seq"] >= added for row in cy.chats[chat].visible()), "reads from its joining on"
    assert all(row["seq"] != hidden for row in cy.history(chat, before=added).get("rows", []))
    accepted(ana.do(chat, d.LEAVE))
    assert bo.pump(lambda: bo.chats[chat].members[bo.user]["role"] == 3), "the admin is the owner"


def answers_the_same_operation_once(place):
    chat, (ana, bo) = place.acquainted()
    operation = ana.post(chat, d.MESSAGE, type=1, payload=d.text_body("once"))
    ana.flush()
    first = ana.results[operation["id"]]
    ana.cut()
    ana.connect()
    ana.outbox.append((chat, operation))
    ana.flush()
    second = ana.results[operation["id"]]
    assert second["duplicate"] and second["seq"] == first["seq"]
    ana.outbox.append((chat, dict(operation, id=operation["id"], payload=d.text_body("other"))))
    ana.flush()
    assert ana.results[operation["id"]].get("error") in (None, ID_REUSED)
    ana.say(chat, "then")
    assert bo.pump(lambda: bo.texts(chat) == ["once", "then"])
    _, (cy, _) = place.acquainted()
    refuses(FORBIDDEN, cy.say, chat, "from outside")


def keeps_marks_that_only_grow(place):
    chat, (ana, bo) = place.acquainted()
    for number in range(3):
        last = accepted(ana.say(chat, f"{number}"))["seq"]
    assert bo.pump(lambda: bo.chats[chat].seq == last)
    assert bo.mark(chat, last, last - 1)["unread"] == 1
    reply = bo.mark(chat, 1, 1)
    assert (reply["delivered"], reply["read"]) == (last, last - 1), "never back"
    assert bo.mark(chat, 10**9, 10**9)["read"] == last, "never beyond the head"
    assert ana.pump(lambda: ana.chats[chat].marks.get(bo.user) == [last, last])
    marks = {m["user"]: m["read"] for m in ana.call("marks", {"chat": chat})["marks"]}
    assert marks[bo.user] == last
    level(ana, bo)


def hides_reads_when_asked_to(place):
    chat, (ana, bo) = place.acquainted()
    bo.call("set", {"key": "privacy", "value": cbor2.dumps({"receiptsOff": True}), "basedOn": 0})
    last = accepted(ana.say(chat, "seen?"))["seq"]
    assert bo.pump(lambda: bo.chats[chat].seq >= last)
    bo.mark(chat, last, last)
    assert ana.pump(lambda: ana.chats[chat].marks.get(bo.user, [0, 0])[0] >= last)
    assert ana.chats[chat].marks[bo.user][1] < last, "delivered is told, read is not"
    level(ana, bo)


def fills_in_what_was_missed(place):
    chat, (ana, bo) = place.acquainted()
    bo.cut()
    for number in range(40):
        accepted(ana.say(chat, f"{number}"))
    bo.connect()
    assert bo.opened == 1 and len(bo.texts(chat)) == 40, "missed entries, and nothing anew"
    bo.cut()
    for number in range(40, 1100):
        ana.post(chat, d.MESSAGE, type=1, payload=d.text_body(f"{number}"))
    ana.flush()
    bo.connect()
    assert bo.opened == 2, "over a thousand missed entries the chat is opened anew"
    mine = bo.chats[chat]
    while mine.held[0][0] > 1:
        reply = bo.history(chat, before=mine.held[0][0])
        assert reply["low"] <= reply["high"]
    assert mine.held == [(1, mine.seq)]
    assert bo.texts(chat) == [f"{number}" for number in range(1100)]
    around = bo.history(chat, around=500, limit=10)
    assert around["low"] <= 500 <= around["high"] and around["high"] - around["low"] <= 10
    later = bo.history(chat, after=500, limit=10)
    assert later["low"] == 501 and later["high"] == 510
    level(ana, bo)


def keeps_own_state_by_revision(place):
    one = place.person()
    other = place.sign_in(one.account)
    row = one.call("set", {"key": "folder/work", "value": b"1", "basedOn": 0})["row"]
    assert other.pump(lambda: other.state.get("folder/work", {}).get("value") == b"1")
    refusal = refuses(CONFLICT, other.call, "set",
                      {"key": "folder/work", "value": b"2", "basedOn": 0})
    assert refusal["row"] == row
    other.call("set", {"key": "folder/work", "value": b"2", "basedOn": row["rev"]})
    assert one.pump(lambda: one.state["folder/work"]["value"] == b"2")
    level(one, other)


def shows_people_presence_and_typing(place):
    chat, (ana, bo) = place.acquainted()
    bo.call("setProfile", {"displayName": "Bo Holm", "status": "away till noon"})
    users = ana.call("users", {"ids": [bo.user]})["users"]
    assert users[0]["displayName"] == "Bo Holm" and users[0]["status"] == "away till noon"
    assert ana.call("findUser", {"name": bo.account})["users"][0]["id"] == bo.user
    bo.call("alive", {"active": True})
    seen = ana.call("watch", {"users": [bo.user]})
    assert [p["user"] for p in seen.get("presence", [])] in ([], [bo.user])
    bo.call("alive", {"active": True})
    assert ana.pump(lambda: any(p["user"] == bo.user and p["state"] == 3 for p in
                                presences(ana, seen)), 10)
    ana.call("focus", {"chat": chat})
    bo.call("typing", {"chat": chat, "on": True})
    assert ana.pump(lambda: any(kind == "typing" for kind, _ in ana.events), 5)
    typing = next(body for kind, body in ana.events if kind == "typing")
    assert typing["chat"] == chat and typing["user"] == bo.user


def presences(one, first):
    pushed = [row for kind, body in one.events if kind == "presence" for row in body["users"]]
    return first.get("presence", []) + pushed


def lists_and_revokes_devices(place):
    one = place.person()
    other = place.sign_in(one.account)
    rows = one.call("devices", {})["devices"]
    assert {row["id"] for row in rows} == {one.device, other.device}
    one.call("revokeDevice", {"device": other.device})
    ends(other.socket)
    refuses(NOT_SIGNED_IN, other.connect)
    stranger = place.person()
    refuses(FORBIDDEN, stranger.call, "revokeDevice", {"device": one.device})


def refuses_what_it_cannot_read(place):
    chat, (ana, _) = place.acquainted()
    refuses(MALFORMED, ana.call, "send", {"chat": b"short", "ops": []})
    refuses(MALFORMED, ana.call, "mark", {"chat": chat, "delivered": "1", "read": 1})
    refuses(MALFORMED, ana.call, "history", {"chat": chat, "limit": 10, "gen": 0})
    refuses(UNSUPPORTED, ana.call, "noSuchCommand", {})
    refuses(FORBIDDEN, ana.call, "page", {"chat": d.group_chat(), "after": 0, "gen": 0})
    refuses(FORBIDDEN, ana.call, "members", {"chat": d.group_chat()})
    accepted(ana.say(chat, "still served"))
    accepted(ana.do(chat, d.MESSAGE, type=1, payload=d.text_body("x"), somethingNew=[1, {"a": 2}]))
    refuses(TOO_LARGE, ana.do, chat, d.MESSAGE, type=1, payload=bytes(65537))


def closes_on_bytes_that_are_no_frame(place):
    for data in (b"", b"\xff", b"\xbf\xff", cbor2.dumps([1]), b"\xa1\x61a"):
        one = place.person()
        one.socket.send(data)
        ends(one.socket)


def survives_its_own_death(place):
    chat, (ana, bo) = place.acquainted()
    for number in range(20):
        accepted(ana.say(chat, f"{number}"))
    place.server.kill()
    place.server.start()
    for one in (ana, bo):
        one.address = place.address()
        one.connect()
    assert bo.texts(chat) == [f"{number}" for number in range(20)]
    fresh = place.sign_in(ana.account)
    assert fresh.texts(chat) == bo.texts(chat)
    level(ana, bo, fresh)


def holds_through_a_random_conversation(place):
    """Two people with two devices each; connections are cut all the time, answers are lost."""
    chat, (ana, bo) = place.acquainted()
    devices = [ana, bo, place.sign_in(ana.account), place.sign_in(bo.account)]
    draw, said = place.random, []
    for _ in range(400):
        one = draw.choice(devices)
        if one.socket is None:
            one.connect()
        act = draw.random()
        try:
            if act < 0.5:
                said.append(one.post(chat, d.MESSAGE, type=1,
                                     payload=d.text_body(f"{len(said)}"))["id"])
                if draw.random() < 0.2:  # sent, and the answer is lost
                    one._send_command("send", {"chat": chat, "ops": [
                        o for c, o in one.outbox][:32]})
                    one.cut()
                else:
                    one.flush()
            elif act < 0.7 and one.chats[chat].visible():
                target = draw.choice(one.chats[chat].visible())["id"]
                one.do(chat, draw.choice([d.REACT, d.UNREACT]), target=target,
                       text=draw.choice("👍❤🎉"))
            elif act < 0.75 and said:
                one.do(chat, d.DELETE, target=draw.choice(said))
            elif act < 0.85:
                seq = one.chats[chat].seq
                one.mark(chat, seq, draw.randint(0, seq))
            elif act < 0.95:
                one.pump(lambda: True)
            else:
                one.cut()
        except Closed:
            one.cut()
    for one in devices:
        if one.socket is None:
            one.connect()
        one.flush()
    level(*devices)
    fresh = place.sign_in(ana.account)
    while fresh.chats[chat].held[0][0] > 1:
        fresh.history(chat, before=fresh.chats[chat].held[0][0])
    level(*devices, fresh)
    messages = [r["id"] for r in fresh.chats[chat].visible() if r["kind"] == d.MESSAGE]
    assert len(messages) == len(set(messages)) and set(messages) == set(said), "each once"


def goes_away_with_a_word(place):
    one = place.person()
    place.server.process.send_signal(signal.SIGTERM)
    try:
        while True:
            frame = cbor2.loads(one.socket.receive(10))
            one.events.append((frame["type"], frame["body"]))
    except Closed:
        pass
    assert any(kind == "goAway" and body["windowMs"] > 0 for kind, body in one.events)
    assert place.server.process.wait(20) == 0
    place.server.start()


CHECKS = [says_how_to_sign_in_and_closes, refuses_a_version_that_it_does_not_speak,
          makes_one_account_by_an_invite, signs_in_again_by_its_token, lets_two_talk_directly,
          asks_before_a_stranger_may_go_on, changes_messages_by_its_rules, governs_groups_by_role,
          answers_the_same_operation_once, keeps_marks_that_only_grow, hides_reads_when_asked_to,
          fills_in_what_was_missed, keeps_own_state_by_revision, shows_people_presence_and_typing,
          lists_and_revokes_devices, refuses_what_it_cannot_read, closes_on_bytes_that_are_no_frame,
          survives_its_own_death, holds_through_a_random_conversation, goes_away_with_a_word,
          tells_wrong_passwords_and_unknown_users_the_same]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("programs")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("checks", nargs="*")
    wanted = parser.parse_intermixed_args()
    failed = 0
    chosen = [c for c in CHECKS + hostile.CHECKS if not wanted.checks or c.__name__ in wanted.checks]
    assert chosen, "no such check"
    with tempfile.TemporaryDirectory() as folder:
        server = Server(wanted.programs, folder)
        place = Place(server, wanted.seed)
        for check in chosen:
            try:
                check(place)
                print(f"holds: {check.__name__.replace('_', ' ')}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"FAILS: {check.__name__.replace('_', ' ')}\n{traceback.format_exc()}",
                      flush=True)
                if server.process.poll() is not None:
                    server.start()
        server.stop()
    print(f"{len(chosen)} checks, {failed} failed, seed {wanted.seed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
