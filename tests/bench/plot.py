# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
"""Draws what tests/bench/compare.sh measured, as SVG: latency-against-rate.svg and
cost-against-connections.svg. Both axes are logarithmic, since the servers are far apart."""
import json
import math
import pathlib
import statistics
import sys

COLOURS = {
    "parley": "#0b6e4f",
    "ejabberd": "#c0392b",
    "mosquitto": "#8e6bbf",
    "relay": "#7f8c8d",
}
WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 40, 55


def latency_against_rate(lines):
    """For each server the points of p50, and those of p99 (dashed). Rates that it did not keep up with are
    none: there the latency is that of how long it was measured."""
    curves = []
    for server in COLOURS:
        rates = {}
        for line in lines:
            if line["server"] != server or line["scenario"] != "rate" or "failed" in line:
                continue
            rate = line["parameters"]["rate"]
            if not line["behind"]:
                rates.setdefault(rate, []).append(line["deliveredMs"])
        for which, dash in (("p50", ""), ("p99", "5 4")):
            points = [(rate, statistics.median(each[which] for each in found))
                      for rate, found in sorted(rates.items())]
            curves.append((f"{server} {which}", COLOURS[server], dash, points))
    return curves


def cost_against_connections(lines):
    """CPU of the server for ten thousand messages of those who talk, by all who are connected."""
    curves = []
    for server in COLOURS:
        costs = {}
        for line in lines:
            if line["server"] != server or line["scenario"] != "beside" or "failed" in line:
                continue
            talking = 2 * line["parameters"]["pairs"]
            costs.setdefault(talking, []).extend(
                [line["aloneCpuSecondsPer10kBefore"], line["aloneCpuSecondsPer10kAfter"]])
            costs.setdefault(talking + line["parameters"]["idle"], []).append(
                line["cpuSecondsPer10k"])
        points = [(connections, statistics.median(each for each in found if each is not None))
                  for connections, found in sorted(costs.items())
                  if any(each is not None for each in found)]
        curves.append((server, COLOURS[server], "", points))
    return curves


class Axis:
    """Logarithmic, from a power of ten to a power of ten."""

    def __init__(self, values, begin, end):
        self.low = math.floor(math.log10(min(values)))
        # 10,100 connections are no reason for an axis to 100,000.
        self.high = max(math.ceil(math.log10(max(values)) - 0.05), self.low + 1)
        self.begin, self.end = begin, end

    def place(self, value):
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return self.begin + part * (self.end - self.begin)

    def marks(self):
        return [10.0**power for power in range(self.low, self.high + 1)]


def text(x, y, words, anchor="middle", more=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{more}>{words}</text>'


def axes(across, up, names):
    parts = []
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for value in across.marks():
        x = across.place(value)
        parts.append(f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#ddd"/>')
        parts.append(text(x, bottom + 18, f"{value:,.10g}"))
    for value in up.marks():
        y = up.place(value)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(text(LEFT - 8, y + 4, f"{value:,.10g}", "end"))
    parts.append(text((LEFT + right) / 2, HEIGHT - 14, names[0]))
    middle = (TOP + bottom) / 2
    parts.append(text(18, middle, names[1], more=f' transform="rotate(-90 18 {middle:.0f})"'))
    return parts


def curve(across, up, colour, dash, points):
    places = [(across.place(x), up.place(y)) for x, y in points]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>{dots}'


def draw(title, names, curves):
    """Nothing when there is nothing to draw."""
    curves = [(name, colour, dash, [(x, y) for x, y in points if x > 0 and y > 0])
              for name, colour, dash, points in curves]
    curves = [each for each in curves if each[3]]
    if not curves:
        return None
    across = Axis([x for *_, points in curves for x, _ in points], LEFT, WIDTH - RIGHT)
    up = Axis([y for *_, points in curves for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
             text((LEFT + WIDTH - RIGHT) / 2, 22, title, more=' font-weight="bold"')]
    parts += axes(across, up, names)
    for number, (name, colour, dash, points) in enumerate(curves):
        parts.append(curve(across, up, colour, dash, points))
        y = TOP + 10 + 20 * number
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        parts.append(f'<path d="M{WIDTH - RIGHT + 12} {y}h24" stroke="{colour}" stroke-width="2"{dashed}/>')
        parts.append(text(WIDTH - RIGHT + 42, y + 4, name, "start"))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
            f'height="{HEIGHT}" font-family="sans-serif" font-size="12">\n<title>{title}</title>\n'
            + "\n".join(parts) + "\n</svg>\n")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    pictures = {
        "latency-against-rate": draw(
            "Until a message is delivered, 200 users",
            ("messages a second", "milliseconds since it was due"), latency_against_rate(lines)),
        "cost-against-connections": draw(
            "What a message costs beside idle sessions",
            ("open connections", "CPU seconds for 10,000 messages"), cost_against_connections(lines)),
    }
    for name, picture in pictures.items():
        file = pathlib.Path(sys.argv[2]) / f"{name}.svg"
        file.unlink(missing_ok=True)
        if picture:
            file.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
