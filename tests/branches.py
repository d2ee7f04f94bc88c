#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Sums up the branches of llvm-cov's export for tests/coverage.sh.

branches.py FILE run|untaken CORE-OR-EMPTY CORE...: a branch is one outcome of one condition. What a
template makes of it for several types counts once. Conditions of assertions are left out: that they
never fail is what is wanted.
"""
import json
import os
import sys

ASSERTIONS = ("PARLEY_ASSERT", "static_assert")


def assertion_lines(lines):
    """The numbers of the lines that an assertion stands on, to its semicolon."""
    found = set()
    inside = False
    for number, line in enumerate(lines, 1):
        inside = inside or any(word in line for word in ASSERTIONS)
        if inside:
            found.add(number)
            inside = ";" not in line
    return found


def branches_of(entry, lines):
    """{(line, column, outcome): count}"""
    taken = {}
    skipped = assertion_lines(lines)
    for line, column, _, _, true_count, false_count, _, _, kind in entry.get("branches", []):
        if line in skipped:
            continue
        for outcome, count in (("true", true_count), ("false", false_count)):
            place = (line, column, outcome)
            taken[place] = taken.get(place, 0) + count
    return taken


def main():
    path, mode, only, *cores = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        files = json.load(file)["data"][0]["files"]
    root = os.getcwd() + "/"
    sums = {core: [0, 0] for core in cores}
    for entry in sorted(files, key=lambda each: each["filename"]):
        name = entry["filename"].removeprefix(root)
        core = next((each for each in cores if name.startswith(each)), None)
        if core is None or not os.path.exists(name) or (only and core != only):
            continue
        with open(name, encoding="utf-8") as file:
            lines = file.read().split("\n")
        for (line, column, outcome), count in sorted(branches_of(entry, lines).items()):
            sums[core][0] += 1
            sums[core][1] += count > 0
            if mode == "untaken" and count == 0:
                print(f"{name}:{line}:{column}: never {outcome}: {lines[line - 1].strip()}")
    if mode == "untaken":
        return
    for core, (all_of_them, taken) in sums.items():
        if all_of_them:
            share = 100 * taken / all_of_them
            print(f"{core:<26} {taken:>6} of {all_of_them:>6} branches, {share:.1f} %")
    everything, taken = (sum(each[i] for each in sums.values()) for i in (0, 1))
    if everything:
        print(f"{'all':<26} {taken:>6} of {everything:>6} branches, {100 * taken / everything:.1f} %")


main()
