# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Two people talk through two open client windows, by keys and pointer alone.

    talk.py --shot FILE.png  PROCESS:NAME  PROCESS:NAME

Each opens the chat with the other by a click, types, and presses Return. What the other then sees
is read from the screen's objects, and so is the delivery state beside the sender's own message.
Nothing else is asked, neither server nor cache. Exits 0 only when every line was seen by both and
ended as read.
"""

import argparse
import re
import subprocess
import sys
import time

from screen import NotSeen, Window, wait_for, xdotool

WINDOW_SECONDS = 60
STEP_SECONDS = 20

# Who says what; 0 is the left window. Only letters that every keyboard layout has.
LINES = [
    (0, "Hi, are you there?"),
    (1, "Yes, I just opened the window next to yours."),
    (0, "Good. Then this went through the server and back."),
    (1, "It did, and I read it. Lunch at noon?"),
    (0, "See you at noon."),
]

EDITABLE = ("text", "entry", "editable text")
ROW = ("list item", "push button", "button")
STATES = ("read", "delivered", "sent", "sending", "waiting", "not sent")


class Person:
    """One of the two, with the window that she sits at."""

    def __init__(self, name, process):
        self.name = name
        self.window = Window(process, WINDOW_SECONDS)

    def find(self, roles, matches):
        for role in roles:
            item = self.window.find(role, matches)
            if item:
                return item
        return None

    def composer(self):
        return self.find(EDITABLE, lambda name: name.startswith("Message"))

    def open_chat_with(self, other):
        begins = re.compile(re.escape(other.name) + r"(\W|$)", re.IGNORECASE)
        row = wait_for(
            f"{self.name}'s chat with {other.name}",
            lambda: self.find(ROW, begins.match),
            STEP_SECONDS,
        )
        self.window.click(row)
        about_other = re.compile(r"Message.*\b" + re.escape(other.name) + r"\b", re.IGNORECASE)
        wait_for(
            f"{self.name}'s composer for {other.name}",
            lambda: self.find(EDITABLE, about_other.match),
            STEP_SECONDS,
        )

    def say(self, text):
        self.window.click(wait_for("the composer", self.composer, STEP_SECONDS))
        self.window.type(text)
        wait_for(f"{text!r} in the composer", lambda: self.composer().text == text, STEP_SECONDS)
        self.window.press("Return")
        wait_for("an empty composer", lambda: text not in self.composer().text, STEP_SECONDS)

    def message(self, text):
        """The row of the timeline that holds this text, as a screen reader says it."""
        timeline = self.window.find("list", lambda name: name == "Messages")
        if timeline is None:
            return None
        for item in timeline.walk():
            if item.role == "list item" and text in item.name:
                return item.name
        return None

    def state_of(self, text):
        """What stands behind the text in the sender's own row."""
        behind = (self.message(text) or "").rpartition(text)[2].lower()
        for state in STATES:
            if re.search(rf"\b{state}\b", behind):
                return state
        return "unknown"


def talk(people):
    """Says all lines, and returns what was seen of each."""
    said = []
    for speaker, text in LINES:
        sender, reader = people[speaker], people[1 - speaker]
        sender.say(text)
        wait_for(f"{sender.name}'s own {text!r}", lambda: sender.message(text), STEP_SECONDS)
        at_once = sender.state_of(text)
        seen = wait_for(
            f"{text!r} in {reader.name}'s window", lambda: reader.message(text), STEP_SECONDS
        )
        said.append((sender, reader, text, at_once, seen))
        reader.window.focus()  # Read is what is on the screen of a window in use.
        wait_for(
            f"'read' beside {sender.name}'s {text!r}",
            lambda: sender.state_of(text) == "read",
            STEP_SECONDS,
        )
    return said


def report(said):
    width = max(len(sender.name) for sender, *_ in said)
    print("The conversation, as the two windows showed it:")
    for sender, reader, text, at_once, seen in said:
        print(f'  {sender.name:>{width}}: "{text}"')
        print(f"  {'':>{width}}  {sender.name} saw: {at_once}, then {sender.state_of(text)}")
        print(f'  {"":>{width}}  {reader.name} saw: "{seen}"')


def take_shot(path):
    subprocess.run(["import", "-window", "root", path], check=True)
    print(f"Screenshot: {path}")


def place(people):
    width, height = (int(number) for number in xdotool("getdisplaygeometry").split())
    for index, person in enumerate(people):
        person.window.place(index * width // 2, 0, width // 2, height)


def main():
    parser = argparse.ArgumentParser(description="Two people talk through two open windows.")
    parser.add_argument("--shot", required=True)
    parser.add_argument("people", nargs=2, metavar="PROCESS:NAME")
    arguments = parser.parse_args()

    people = []
    try:
        for person in arguments.people:
            process, _, name = person.partition(":")
            people.append(Person(name, int(process)))
        place(people)
        people[0].open_chat_with(people[1])
        people[1].open_chat_with(people[0])
        said = talk(people)
        time.sleep(1)  # For the last frame of the last tick.
        report(said)
    except NotSeen as problem:
        print(f"talk: {problem}", file=sys.stderr)
        for person in people:
            print(f"{person.name}'s window:\n{person.window.describe()}", file=sys.stderr)
        return 1
    finally:
        take_shot(arguments.shot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
