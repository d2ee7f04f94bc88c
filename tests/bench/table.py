# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Prints what tests/bench/compare.sh measured: a line for each figure, a column for each server, and
what Parley comes to as a multiple of ejabberd and of the bare relay."""
import json
import sys

SERVERS = ["parley", "parley-tls", "ejabberd", "mosquitto", "relay"]


def inside(*path):
    """Reads a figure that stands so deep in a line; None when it is not there."""

    def read(line):
        for key in path:
            line = line.get(key) if isinstance(line, dict) else None
        return line

    return read


# What is measured, by scenario: its name, where it stands, how it is written.
FIGURES = {
    "rate": [
        ("acknowledged, p50 ms", inside("acknowledgedMs", "p50"), "{:.2f}"),
        ("acknowledged, p99 ms", inside("acknowledgedMs", "p99"), "{:.2f}"),
        ("delivered, p50 ms", inside("deliveredMs", "p50"), "{:.2f}"),
        ("delivered, p99 ms", inside("deliveredMs", "p99"), "{:.2f}"),
        ("CPU s per 10,000", inside("cpuSecondsPer10k"), "{:.2f}"),
    ],
    "saturation": [
        ("messages/s", inside("messagesPerSecond"), "{:,.0f}"),
        ("receipt, p99 ms", inside("receiptMs", "p99"), "{:.1f}"),
        ("CPU s per 10,000", inside("cpuSecondsPer10k"), "{:.2f}"),
    ],
    "storm": [
        ("sign-ins/s", inside("signInsPerSecond"), "{:,.0f}"),
        ("p99 ms", inside("signInMs", "p99"), "{:.1f}"),
    ],
    "idle": [("KiB a session", inside("kibPerSession"), "{:.1f}")],
    "beside": [
        ("messages/s", inside("messagesPerSecond"), "{:,.0f}"),
        ("of the rate alone", inside("ratio"), "{:.2f}"),
    ],
    "fanout": [
        ("deliveries/s", inside("deliveriesPerSecond"), "{:,.0f}"),
        ("delivered, p99 ms", inside("deliveredMs", "p99"), "{:.1f}"),
    ],
    "catchup": [
        ("seconds", inside("caughtUpSeconds"), "{:.2f}"),
        ("list, seconds", inside("listSeconds"), "{:.2f}"),
    ],
}

# Of the parameters, those that tell runs of one scenario apart.
TELLING = ["pairs", "outstanding", "rate", "sessions", "members", "senders", "chats", "messages"]


def name_of(line):
    parameters = line["parameters"]
    told = [f"{parameters[key]:,.0f} {key}" for key in TELLING if key in parameters]
    return f"{line['scenario']}: {', '.join(told)}"


def ratio(values, other):
    mine, theirs = values.get("parley"), values.get(other)
    return f"{mine / theirs:.2f}" if mine is not None and theirs else ""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    runs = {}
    for line in lines:
        runs.setdefault(name_of(line), {})[line["server"]] = line
    print("| work | figure | " + " | ".join(SERVERS) + " | × ejabberd | × relay |")
    print("| --- " * (len(SERVERS) + 4) + "|")
    for run, by_server in runs.items():
        scenario = run.split(":")[0]
        for figure, read, form in FIGURES[scenario]:
            values = {server: read(line) for server, line in by_server.items()}
            cells = ["" if values.get(s) is None else form.format(values[s]) for s in SERVERS]
            cells += [ratio(values, "ejabberd"), ratio(values, "relay")]
            print(f"| {run} | {figure} | " + " | ".join(cells) + " |")
    print("\nmosquitto does not sync: what it has acknowledged is in its memory alone.")
    for line in lines:
        if line["errors"]:
            print(f"{line['server']}, {name_of(line)}: {line['errors']} errors, the first: "
                  f"{line['firstError']}")


if __name__ == "__main__":
    main()
