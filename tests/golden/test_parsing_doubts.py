"""How well the certainty of a cut tells right ones from wrong ones.

The bulletins with gold are cut right as they are printed; so that there is something to be wrong
about, they are also set otherwise: without blank lines or with one after each line, flush, with
titles in the middle, with sections unmarked, without sources. A cut is right where an article or
section of the gold begins. Of each way of setting the table says how many right cuts there are,
how many of these are shown as doubts, how many wrong ones, and how many of these are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gold_scoring import bare, has_title

from bulletin_desktop.model.text import DOUBT
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LONGEST = 100_000  # bytes; what is longer has one article and nothing to be set otherwise
FEW = 5
Lines = list[str]


def as_printed(lines: Lines, gold: dict) -> Lines:
    return lines


def tight(lines: Lines, gold: dict) -> Lines:
    return [x for x in lines if x.strip()]


def spaced(lines: Lines, gold: dict) -> Lines:
    return [y for x in lines if x.strip() for y in (x, "")]


def flush(lines: Lines, gold: dict) -> Lines:
    return [x.strip() for x in lines]


def flush_and_spaced(lines: Lines, gold: dict) -> Lines:
    return flush(spaced(lines, gold), gold)


def centred(lines: Lines, gold: dict) -> Lines:
    titles = {bare(t) for a in articles(gold) for t in (a["title"] or "").split("\n")}
    return [
        " " * max(0, 28 - len(x.strip())) + x.strip() if bare(x) in titles else x for x in lines
    ]


def unmarked(lines: Lines, gold: dict) -> Lines:
    names = section_names(gold)
    return [names.get(bare(x), x) for x in lines]


def unsourced(lines: Lines, gold: dict) -> Lines:
    text = "\n".join(lines)
    for article in articles(gold):
        for source in (article.get("source"), *(article.get("source_accept") or [])):
            if source:
                words = re.escape(source)
                text = re.sub(
                    rf"[（(\[［〔]\s*{words}\s*[）)\]］〕]|^(?:来源|供稿)：\s*{words}.*$",
                    "", text, flags=re.MULTILINE,
                )  # fmt: skip
    return text.split("\n")


def articles(gold: dict) -> Iterator[dict]:
    for issue in gold["issues"]:
        yield from issue["articles"]


def section_names(gold: dict) -> dict[str, str]:
    """The names of sections by the bare words that they are printed as."""
    pairs = ((i["sections"], i.get("sections_printed") or []) for i in gold["issues"])
    return {bare(p): n for names, printed in pairs for n, p in zip(names, printed, strict=False)}


# Right cuts, of them doubted, wrong cuts, of them doubted, as measured.
MEASURED: dict[Callable[[Lines, dict], Lines], tuple[int, int, int, int]] = {
    as_printed: (446, 4, 0, 0),
    tight: (429, 4, 0, 0),
    spaced: (439, 5, 3, 2),
    flush: (444, 7, 0, 0),
    flush_and_spaced: (437, 11, 3, 2),
    centred: (441, 3, 3, 1),
    unmarked: (419, 11, 8, 5),
    unsourced: (444, 4, 3, 2),
}


def texts() -> Iterator[tuple[str, dict]]:
    folders = [(ROOT / "seeds", HERE / "seeds"), (ROOT / "tests/data/bulletins", None)]
    folders.append((ROOT / "tests/data/varied", None))
    for folder, golds in folders:
        for path in sorted(folder.glob("*.txt")):
            gold = golds / f"{path.name}.json" if golds else path.with_suffix(".json")
            if path.stat().st_size <= LONGEST:
                yield decode_bytes(path.read_bytes()).text, json.loads(gold.read_text("utf-8"))


def judged(text: str, gold: dict) -> Iterator[tuple[bool, float]]:
    """Whether each cut of a text is right, and how sure it is."""
    parsed = parse_text(text)
    wanted, right = list(articles(gold)), set()
    for article in (a for issue in parsed.issues for a in issue.articles):
        found = next((k for k, want in enumerate(wanted) if has_title(article, want)), None)
        if found is not None:
            right.add(article.start)
            del wanted[: found + 1]
    names = {bare(s) for issue in gold["issues"] for s in issue["sections"]}
    for cut in parsed.cuts:
        if cut.role in ("article", "brief"):
            yield cut.start in right, cut.certainty
        elif cut.role == "section":
            line = bare(text[cut.start :].split("\n", 1)[0])
            yield any(n in line for n in names), cut.certainty


def measure(way: Callable[[Lines, dict], Lines]) -> tuple[int, int, int, int]:
    found = [
        verdict
        for text, gold in texts()
        for verdict in judged("\n".join(way(re.split(r"\r\n|\r|\n", text), gold)), gold)
    ]
    right = [certainty < DOUBT for ok, certainty in found if ok]
    wrong = [certainty < DOUBT for ok, certainty in found if not ok]
    return len(right), sum(right), len(wrong), sum(wrong)


@pytest.mark.parametrize("way", MEASURED, ids=[way.__name__ for way in MEASURED])
def test_doubts_are_about_as_measured(way):
    """Not worse than the table by more than a few cuts, so that a rule can be mended."""
    right, right_doubted, wrong, _ = measure(way)
    were_right, were_doubted, were_wrong, _ = MEASURED[way]
    assert right >= were_right - FEW
    assert right_doubted <= were_doubted + FEW
    assert wrong <= were_wrong + FEW


def test_few_right_cuts_are_doubted_and_most_wrong_ones_are():
    found = [measure(way) for way in MEASURED]
    right, right_doubted, wrong, wrong_doubted = map(sum, zip(*found, strict=True))
    assert right_doubted < 0.05 * right
    assert wrong_doubted > 0.5 * wrong
