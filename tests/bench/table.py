# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Prints what tests/bench/compare.sh measured, in Markdown: a line for each figure, a column for each
server, and what Parley comes to as a multiple of ejabberd, with TLS on both too, and of the bare relay."""
import json
import statistics
import sys

SERVERS = ["parley", "ejabberd", "mosquitto", "relay", "parley-tls", "ejabberd-tls"]
# Who is divided by whom.
RATIOS = [("parley", "ejabberd"), ("parley", "relay"), ("parley-tls", "ejabberd-tls")]
MAIN_RATE = 500
# More than that of its core, and it is the load that was measured.
LOAD_IS_FULL = 0.95


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
        ("done/s", inside("messagesPerSecond"), "{:,.0f}"),
        ("acknowledged, p50 ms", inside("acknowledgedMs", "p50"), "{:.2f}"),
        ("acknowledged, p99 ms", inside("acknowledgedMs", "p99"), "{:.2f}"),
        ("delivered, p50 ms", inside("deliveredMs", "p50"), "{:.2f}"),
        ("delivered, p99 ms", inside("deliveredMs", "p99"), "{:.2f}"),
        ("CPU s per 10,000", inside("cpuSecondsPer10k"), "{:.3f}"),
    ],
    "saturation": [
        ("messages/s", inside("messagesPerSecond"), "{:,.0f}"),
        ("receipt, p99 ms", inside("receiptMs", "p99"), "{:.1f}"),
        ("CPU s per 10,000", inside("cpuSecondsPer10k"), "{:.3f}"),
    ],
    "storm": [
        ("sign-ins/s", inside("signInsPerSecond"), "{:,.0f}"),
        ("p99 ms", inside("signInMs", "p99"), "{:.1f}"),
    ],
    "idle": [
        ("KiB a session", inside("kibPerSession"), "{:.1f}"),
        ("MiB without any", lambda line: mebibytes(line.get("rssWithoutSessionsKib")), "{:.1f}"),
    ],
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


def is_not_run(line):
    return line.get("failed", "").startswith("not run")


def mebibytes(kib):
    return None if kib is None else kib / 1024


def told(work):
    """`rate --pairs 100 --rate 500` as people write it."""
    words = work.split()
    numbers = [f"{int(number):,} {name.removeprefix('--')}"
               for name, number in zip(words[1::2], words[2::2])]
    return f"{words[0]}: {', '.join(numbers)}"


def figures_of(work):
    """Of the rates that are there for the plot, less."""
    figures = FIGURES[work.split()[0]]
    if work.startswith("rate ") and not work.endswith(f" {MAIN_RATE}"):
        return [each for each in figures if not each[0].startswith("acknowledged")]
    return figures


def cell(lines, read, form):
    """The median of all rounds, and how far apart they are; what failed is said."""
    failed = sum("failed" in line and not is_not_run(line) for line in lines)
    values = [read(line) for line in lines if "failed" not in line]
    values = [value for value in values if value is not None]
    if not values and lines and all(is_not_run(line) for line in lines):
        return "not run"
    if not values:
        return "failed" if failed else ""
    middle = statistics.median(values)
    text = form.format(middle)
    if len(values) > 1 and middle:
        text += f" ±{(max(values) - min(values)) / 2 / middle:.0%}"
    return text + (f" ({failed} of {len(lines)} failed)" if failed else "")


def middle_of(lines, read):
    values = [read(line) for line in lines if "failed" not in line]
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def ratio(by_server, read, mine, other):
    above = middle_of(by_server.get(mine, []), read)
    below = middle_of(by_server.get(other, []), read)
    return f"{above / below:.3g}" if above is not None and below else ""


def print_table(works):
    heads = [f"{mine} / {other}" for mine, other in RATIOS]
    print("| work | figure | " + " | ".join(SERVERS + heads) + " |")
    print("| --- " * (len(SERVERS) + len(heads) + 2) + "|")
    for work, by_server in works.items():
        for figure, read, form in figures_of(work):
            cells = [cell(by_server.get(server, []), read, form) for server in SERVERS]
            cells += [ratio(by_server, read, mine, other) for mine, other in RATIOS]
            print(f"| {told(work)} | {figure} | " + " | ".join(cells) + " |")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    works = {}
    for line in lines:
        works.setdefault(line["work"], {}).setdefault(line["server"], []).append(line)
    print_table(works)
    print("\nMedians; ± is half of what lies between the least and the most. Ratios of times, memory and "
          "CPU are better when smaller.\nmosquitto does not sync: what it has acknowledged is in its "
          "memory alone.")
    for line in lines:
        if line.get("loadCpuShare", 0) > LOAD_IS_FULL:
            print(f"\n{line['server']}, {told(line['work'])}, round {line['round']}: the load had no time "
                  f"left ({line['loadCpuShare']:.0%} of its core); the server may do more.")
    late = [f"{line['server']}, {told(line['work'])}" for line in lines if is_not_run(line)]
    if late:
        print(f"\n**Not run**, since the time was over: {'; '.join(late)}.")
    for line in lines:
        if "failed" in line and not is_not_run(line):
            print(f"\n**Failed**: {line['server']}, {told(line['work'])}, round {line['round']}: "
                  f"{line['failed']}")


if __name__ == "__main__":
    main()
