"""How fast parsing is against the raw limit (decoding and cutting the same bytes into lines).

usage: python benchmarks/bench_parsing.py [megabytes]
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
ROUNDS = 3


def parse(data: bytes) -> None:
    parse_text(decode_bytes(data).text)


def raw(data: bytes) -> None:
    data.decode("utf-8").splitlines()


def seconds(work: Callable[[bytes], None], parts: list[bytes]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for part in parts:
            work(part)
        best = min(best, time.process_time() - start)
    return best


def report(name: str, parts: list[bytes]) -> None:
    size = sum(len(p) for p in parts) / MEGABYTE
    parsed, limit = seconds(parse, parts), seconds(raw, parts)
    print(
        f"{name}: {size:.1f} MB, parsing {size / parsed:.1f} MB/s, "
        f"raw {size / limit:.0f} MB/s, ratio {limit / parsed:.3f}"
    )


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    issues = [text.encode() for _, text in bulletins(300, seed=1)]
    report("300 single issues", issues)
    small = text_of_size(size * MEGABYTE // 10, seed=2).encode()
    report("one file, a tenth of the size", [small])
    large = text_of_size(size * MEGABYTE, seed=2).encode()
    report("one file", [large])
    report("one line", [("工会简报" * (5 * MEGABYTE // 12)).encode()])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
