# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Keeps what parley-bench printed about one run as a line of a file, with which server and which work it
was, and with the reason when it failed. Prints what became of it: ok, behind, or failed."""
import json
import sys

# What `timeout` says when the time was over.
TIMED_OUT = 124
# Of what was due in the time that is measured, so much has to be done in it.
KEEPS_UP = 0.95


def reason(exit_code, line, complaints):
    """Why it failed: what parley-bench says, or the last words of whoever spoke."""
    if exit_code == TIMED_OUT:
        return "it was not done in time"
    if line.get("errors"):
        return f"{line['errors']} errors, the first: {line['firstError']}"
    spoken = [text.strip() for text in complaints.splitlines() if text.strip()]
    own = [text for text in spoken if text.startswith("parley-bench: ")]
    return (own or spoken[-1:] or [f"exit code {exit_code}"])[0]


def main():
    out, server, number, exit_code, complaints, work = sys.argv[1:]
    printed = sys.stdin.read().strip()
    try:
        line = json.loads(printed) if printed else {}
    except json.JSONDecodeError:
        line = {}
    line = {"server": server, "work": work, "round": int(number), **line}
    line.setdefault("scenario", work.split()[0])
    if int(exit_code) != 0 or not printed or line.get("errors"):
        with open(complaints, encoding="utf-8", errors="replace") as file:
            line["failed"] = reason(int(exit_code), line, file.read())
    wanted = line.get("parameters", {}).get("rate", 0)
    line["behind"] = "failed" not in line and wanted > 0 and line["messagesPerSecond"] < KEEPS_UP * wanted
    with open(out, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    if "failed" in line:
        print("failed:", line["failed"])
    elif line["behind"]:
        print("behind")
    else:
        print("ok")


if __name__ == "__main__":
    main()
