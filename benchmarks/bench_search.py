"""How long a search takes, by classes of queries: the first page with its words, then all hits with
their counts by kind, in order of date and of relevance.

usage: python benchmarks/bench_search.py LIBRARY [queries of each class]

A library is made by benchmarks/bench_scale.py, or by the program. Times are median / 95th
percentile in milliseconds; beside them the number of hits, median / largest. The last line has the
95th percentiles as JSON, for draw_growth.py.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bulletin_desktop.language.query_parser import quote
from bulletin_desktop.library import search_index
from bulletin_desktop.services import Library, browsing, searching, units
from bulletin_desktop.services.searching import Options, Search, Sort
from bulletin_desktop.services.working import finish

PAGE = 50
FEW = 20_000  # hits: so many may take longer
COMMON = ("工会", "职工", "企业", "工作", "我市", "组织", "活动", "维权", "协商")


class Measured(NamedTuple):
    """Seconds for the first page, for all with counts, and how many hits."""

    first: float
    whole: float
    hits: int


def main() -> None:
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with Library(Path(sys.argv[1])) as library:
        texts = sample(library)
        directory = units.directory(library)  # the window has it at hand
        articles = browsing.totals(library).articles
        print(f"{articles} articles, {count} queries of each class")
        slowest: dict[str, dict[str, float]] = {"date": {}, "relevance": {}}
        for name, make in CLASSES.items():
            pick = random.Random(name)
            asked = list(make(pick, texts, count))
            for sort in ("date", "relevance"):
                found = [measure(library, text, sort, directory) for text in asked]
                report(f"{name}, {sort}", found)
                slowest[sort][name] = high([each.first for each in found]) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    print(json.dumps({"searched": articles, **slowest}))


def sample(library: Library) -> list[str]:
    """Bodies of some hundred articles from all parts of the library."""
    ids = search_index.some_articles(library, 500)
    return [printed.body for printed in search_index.words_of(library, ids) if printed.body]


def pieces(length: int) -> Callable[[random.Random, list[str], int], Iterator[str]]:
    """Queries of pieces of the texts, of so many characters."""

    def make(pick: random.Random, texts: list[str], count: int) -> Iterator[str]:
        for _ in range(count):
            text = pick.choice([text for text in texts if len(text) > length])
            start = pick.randrange(len(text) - length)
            yield quote(text[start : start + length].replace("\n", " "))

    return make


def common(pick: random.Random, _: list[str], count: int) -> Iterator[str]:
    """Words that a third of the articles have, or more."""
    yield from (pick.choice(COMMON) for _ in range(count))


def rare(pick: random.Random, texts: list[str], count: int) -> Iterator[str]:
    """Pieces of sixteen characters, across marks and figures."""
    return pieces(16)(pick, texts, count)


def none(pick: random.Random, texts: list[str], count: int) -> Iterator[str]:
    """What stands nowhere, though its parts do."""
    for first, second in zip(
        pieces(2)(pick, texts, count), pieces(2)(pick, texts, count), strict=True
    ):
        yield quote(first.strip('"') + "㊣" + second.strip('"'))


def fields(pick: random.Random, texts: list[str], count: int) -> Iterator[str]:
    """Words with a source, a year, a section, a title, and without another word."""
    words = list(pieces(2)(pick, texts, count))
    kinds = (
        "年:{}",
        "来源:昆山 年:{}..",
        "栏目:动态 日期:{}-03..",
        "标题:工会 年:..{}",
        "-职工 年:{}",
    )
    for word in words:
        yield f"{word} {pick.choice(kinds).format(pick.randint(1990, 2019))}"


def several(pick: random.Random, texts: list[str], count: int) -> Iterator[str]:
    """Two or three words together."""
    words = list(pieces(2)(pick, texts, 3 * count))
    yield from (" ".join(words[at : at + pick.choice((2, 3))]) for at in range(0, 3 * count, 3))


CLASSES: dict[str, Callable[[random.Random, list[str], int], Iterator[str]]] = {
    **{f"{length} characters": pieces(length) for length in (1, 2, 4, 8)},
    "common words": common,
    "rare": rare,
    "none": none,
    "several words": several,
    "with fields": fields,
}


def measure(library: Library, text: str, sort: Sort, directory: units.Directory) -> Measured:
    began = time.perf_counter()
    search = Search(library, searching.parse(text), Options(sort), directory)
    search.hits(search.first(PAGE))
    first = time.perf_counter() - began
    began = time.perf_counter()
    outcome = finish(search.complete())
    return Measured(first, time.perf_counter() - began, len(outcome.ids))


def report(name: str, found: list[Measured]) -> None:
    few = [each.whole for each in found if each.hits <= FEW]
    many = [each.whole for each in found if each.hits > FEW]
    hits = sorted(each.hits for each in found)
    told = f"all and counts {spread(few)}" + (f", over {FEW} hits {spread(many)}" if many else "")
    print(
        f"{name:28} first page {spread([x.first for x in found])}, {told};"
        f" hits {hits[len(hits) // 2]}/{hits[-1]}",
        flush=True,
    )


def spread(seconds: list[float]) -> str:
    """The median and the 95th percentile in milliseconds."""
    if not seconds:
        return "–"
    return f"{statistics.median(seconds) * 1000:.1f}/{high(seconds) * 1000:.1f}"


def high(seconds: list[float]) -> float:
    """The 95th percentile."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))]


if __name__ == "__main__":
    main()
