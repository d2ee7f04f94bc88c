#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""The auditor: shares nothing with what it judges, not even a language.

It reads the bytes that a proxy kept of every connection by its own WebSocket and CBOR readers,
written from docs/protocol.md, and the closed files of server and devices by its own SQL, and finds
everything that was accepted in the log exactly once, dense, in order, unaltered, and on every
device as on the server. Exits 0 when all is so, 1 when something is not, 2 when it cannot be read.
"""

import argparse
import glob
import os
import sqlite3
import sys

from cborreader import Malformed
from devicefile import DeviceFile
from serverfile import ServerFile
from wire import Wire, compareJournal

SHOWN = 50


def devicesIn(paths):
    """Caches, at any depth."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for folder, _, names in sorted(os.walk(path)):
            if "cache.sqlite" in names:
                yield os.path.join(folder, "cache.sqlite")


def audit(options):
    """Faults, and what was looked at."""
    faults = []
    path = options.server
    server = ServerFile(os.path.join(path, "parley.db") if os.path.isdir(path) else path, faults)
    wire = Wire(server, faults)
    wire.takeAll([
        path
        for folder in options.links
        for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*.link")))
    ])  # fmt: skip
    claims = sum(compareJournal(journal, server, faults) for journal in options.journal)
    devices = [DeviceFile(device, server, faults) for device in devicesIn(options.devices)]
    seen = (
        f"{server.count()} entries; {wire.linkCount} connections, {wire.pollCount} sessions "
        f"that polled, {wire.frameCount} frames, "
        f"{len(wire.accepted)} operations accepted on the wire, {wire.pushCount} pushes; "
        f"{claims} lines in {len(options.journal)} journals; {len(devices)} devices with "
        f"{sum(device.rowCount for device in devices)} rows"
    )
    return faults, seen


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--server", required=True, help="the data folder, or the file in it")
    parser.add_argument("--links", action="append", default=[], help="what a proxy kept")
    parser.add_argument("--journal", action="append", default=[], help="of a client")
    parser.add_argument("devices", nargs="*", help="caches, or folders in which they lie")
    try:
        faults, seen = audit(parser.parse_args())
    except (OSError, sqlite3.Error, Malformed) as error:
        print(f"audit: {error}", file=sys.stderr)
        return 2
    for fault in faults[:SHOWN]:
        print(fault)
    if len(faults) > SHOWN:
        print(f"… and {len(faults) - SHOWN} more")
    print(f"audited: {seen}: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
