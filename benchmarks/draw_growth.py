"""Draws how things grow with the library: docs/growth.svg, from lines of figures.

usage: python benchmarks/draw_growth.py FIGURES

FIGURES holds the lines of JSON that bench_scale.py and bench_search.py print last.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

TARGET = Path(__file__).resolve().parent.parent / "docs" / "growth.svg"
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 420, 64, 40, 48
RIGHT = 210  # for the names of the curves
COLOURS = ("#a52d2a", "#2b6777", "#8a6d1d", "#4b7f52", "#5c4a72", "#7a7a7a")


class Curve(NamedTuple):
    """A named curve: articles and milliseconds, or seconds."""

    name: str
    points: list[tuple[float, float]]


def main() -> None:
    lines = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    TARGET.write_text(drawing(curves(lines)), "utf-8")


def curves(lines: list[dict[str, Any]]) -> list[Curve]:
    """What is drawn, each against the number of articles."""
    scales = [line for line in lines if "issues" in line]
    searched = [line for line in lines if "searched" in line]
    found = [
        Curve("import, s", [(x["articles"], x["import"]) for x in scales]),
        Curve("window with tree, ms", points(scales, "tree")),
        Curve("slowest save, ms", points(scales, "save_worst")),
    ]
    for name in ("2 characters", "common words", "with fields"):
        pairs = [(float(x["searched"]), float(x["date"][name])) for x in searched]
        found.append(Curve(f"first page, {name}, ms", pairs))
    return [curve for curve in found if curve.points]


def points(lines: list[dict[str, Any]], key: str) -> list[tuple[float, float]]:
    return [(x["articles"], x[key]) for x in lines if key in x]


def drawing(curves: list[Curve]) -> str:
    """The curves on two logarithmic axes, as SVG."""
    xs = [math.log10(x) for curve in curves for x, _ in curve.points]
    ys = [math.log10(max(y, 1)) for curve in curves for _, y in curve.points]
    low_x, high_x, high_y = math.floor(min(xs)), math.ceil(max(xs)), math.ceil(max(ys))

    def across(x: float) -> float:
        return LEFT + (math.log10(x) - low_x) / (high_x - low_x) * (WIDTH - LEFT - RIGHT)

    def up(y: float) -> float:
        return HEIGHT - BOTTOM - math.log10(max(y, 1)) / high_y * (HEIGHT - TOP - BOTTOM)

    shapes = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf8"/>']
    for power in range(low_x, high_x + 1):
        x = across(10**power)
        shapes += [
            rule(x, TOP, x, HEIGHT - BOTTOM),
            text(x, HEIGHT - 26, f"{10**power:,}", "middle"),
        ]
    for power in range(high_y + 1):
        y = up(10**power)
        shapes += [rule(LEFT, y, WIDTH - RIGHT, y), text(LEFT - 8, y + 4, f"{10**power:,}", "end")]
    shapes += [text(WIDTH - RIGHT, HEIGHT - 8, "articles", "end"), text(LEFT, 22, "ms, s", "end")]
    ends = spread([up(curve.points[-1][1]) for curve in curves])
    for curve, colour, end in zip(curves, COLOURS, ends, strict=False):
        line = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in curve.points)
        shapes.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        shapes += [
            f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="3" fill="{colour}"/>'
            for x, y in curve.points
        ]
        shapes.append(text(WIDTH - RIGHT + 14, end + 4, curve.name, "start", colour))
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'
    )


def rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#e4ddcf"/>'


def text(x: float, y: float, words: str, anchor: str, colour: str = "#4a443a") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def spread(places: list[float], least: float = 16) -> list[float]:
    """The places of names, moved apart so that each can be read."""
    order = sorted(range(len(places)), key=places.__getitem__)
    found = list(places)
    for before, after in pairwise(order):
        found[after] = max(found[after], found[before] + least)
    return found


if __name__ == "__main__":
    main()
