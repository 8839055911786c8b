"""How fast parsing is against the raw limit (decoding and cutting the same bytes into lines).

Each large text is set beside one of its kind at a tenth of the size: where parsing is linear, both
have the same throughput.

usage: python benchmarks/bench_parsing.py [megabytes of the largest text]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

from generator import bulletins, text_of_size

from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes

MEGABYTE = 1_000_000
LARGEST = 50
ROUNDS = 3
PARTS = 10

# Texts that no one writes: a unit, and how often it comes.
ABSURD = {
    "one-character lines": ("一\n", 500_000),
    "section headings": ("【工作动态】\n", 200_000),
    "brackets on one line": ("（", 1_000_000),
    "pairs of brackets": ("（市总）\n", 200_000),
    "titles": ("市总工会召开座谈会推进就业援助\n", 100_000),
    "titles and texts": ("市总工会召开座谈会\n　　3月5日，会议召开。\n", 100_000),
    "sources": ("会议召开。（市总工会）\n", 200_000),
    "bullets": ("●会议召开。\n", 200_000),
    "numbers of issues": ("第3期\n", 200_000),
    "one line of 5 MB": ("工会简报", 5 * MEGABYTE // 12),
}


def parse(data: bytes) -> None:
    parse_text(decode_bytes(data).text)


def raw(data: bytes) -> None:
    data.decode("utf-8").splitlines()


def seconds(work: Callable[[bytes], None], parts: list[bytes], rounds: int = ROUNDS) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for part in parts:
            work(part)
        best = min(best, time.process_time() - start)
    return best


def peak() -> str:
    return f"peak memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def report(name: str, parts: list[bytes]) -> None:
    size = sum(len(p) for p in parts) / MEGABYTE
    parsed, limit = seconds(parse, parts), seconds(raw, parts)
    print(
        f"{name}: {size:.1f} MB, parsing {size / parsed:.1f} MB/s, "
        f"raw {size / limit:.0f} MB/s, ratio {limit / parsed:.3f}, {peak()}"
    )


def compare(name: str, small: bytes, large: bytes) -> None:
    """The throughput of a text and how it stands to that of a tenth of it."""
    one = len(small) / MEGABYTE / seconds(parse, [small])
    all_ = len(large) / MEGABYTE / seconds(parse, [large], 1)
    size = len(large) / MEGABYTE
    print(f"{name}: {size:.1f} MB, {all_:.2f} MB/s, ratio to a tenth {all_ / one:.2f}, {peak()}")


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else LARGEST
    report("300 single issues", [text.encode() for _, text in bulletins(300, seed=1)])
    small = text_of_size(MEGABYTE, seed=2).encode()
    report("one file of 1 MB", [small])
    for name, (unit, count) in ABSURD.items():
        compare(name, (unit * (count // PARTS)).encode(), (unit * count).encode())
    compare("one file", small, text_of_size(size * MEGABYTE, seed=2).encode())


if __name__ == "__main__":
    main()
