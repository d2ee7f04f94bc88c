# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""What a screen reader sees of a running window, and keys and pointer for it.

Reading goes by AT-SPI, the accessibility bus; acting goes by xdotool, which sends the display real
key and pointer events. Neither knows anything of Parley.
"""

import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

POLL_SECONDS = 0.2


class NotSeen(Exception):
    """Something that should be on the screen did not come in time."""


def wait_for(what, look, seconds):
    """Looks until there is something to see, and returns it."""
    end = time.monotonic() + seconds
    while True:
        try:
            seen = look()
        except GLib.Error:  # The object went away while it was read.
            seen = None
        if seen:
            return seen
        if time.monotonic() > end:
            raise NotSeen(f"not on the screen within {seconds} s: {what}")
        time.sleep(POLL_SECONDS)


def xdotool(*arguments):
    return subprocess.run(
        ["xdotool", *map(str, arguments)], check=True, capture_output=True, text=True
    ).stdout.strip()


class Item:
    """One object on the screen."""

    def __init__(self, accessible):
        self._accessible = accessible

    @property
    def role(self):
        return self._accessible.get_role_name()

    @property
    def name(self):
        return self._accessible.get_name() or ""

    @property
    def text(self):
        text = self._accessible.get_text_iface()
        return Atspi.Text.get_text(text, 0, -1) if text else ""

    def children(self):
        self._accessible.clear_cache()
        for index in range(self._accessible.get_child_count()):
            child = self._accessible.get_child_at_index(index)
            if child is not None:
                yield Item(child)

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()

    def is_showing(self):
        states = self._accessible.get_state_set()
        return states.contains(Atspi.StateType.SHOWING)

    def extents(self):
        box = self._accessible.get_extents(Atspi.CoordType.SCREEN)
        return box.x, box.y, box.width, box.height

    def middle(self):
        x, y, width, height = self.extents()
        return x + width // 2, y + height // 2


class Window:
    """One program's window: found by its process, read by AT-SPI, used by keys and pointer."""

    def __init__(self, process, seconds):
        self.process = process
        self._application = wait_for(
            f"a window of process {process}", lambda: self._find_application(), seconds
        )
        self.id = wait_for("the window's id", lambda: self._find_window(), seconds)

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application and application.get_process_id() == self.process:
                return application
        return None

    def _find_window(self):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        return found[-1] if found else None

    def items(self):
        return Item(self._application).walk()

    def find(self, role, matches):
        """The first showing object of this role whose name matches."""
        for item in self.items():
            if item.role == role and matches(item.name) and item.is_showing():
                return item
        return None

    def names(self, role):
        return [item.name for item in self.items() if item.role == role and item.is_showing()]

    def place(self, x, y, width, height):
        xdotool("windowmove", self.id, x, y, "windowsize", "--sync", self.id, width, height)

    def focus(self):
        xdotool("windowraise", self.id, "windowfocus", "--sync", self.id)

    def click(self, item):
        self.focus()
        xdotool("mousemove", "--sync", *item.middle(), "click", 1)

    def type(self, text):
        self.focus()
        xdotool("type", "--delay", 15, text)

    def press(self, key):
        self.focus()
        xdotool("key", key)

    def describe(self):
        """All that is on the screen, for a person who must find out what went wrong."""
        return "\n".join(
            f"  {item.role}: {item.name!r}" for item in self.items() if item.name and item.is_showing()
        )
