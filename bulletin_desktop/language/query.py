"""The search box's language, and where a query's words stand in a text.

A query is words that must all occur; ``"an exact phrase"`` is one word, ``-word`` must not occur.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin_desktop.language.folding import fold
from bulletin_desktop.model.errors import KnownError

Range = tuple[int, int]

# A minus negates only at the start of the text or after white space; the last branch is a quotation
# mark that nothing closes.
_TERM = re.compile(r"""((?<!\S)-(?=\S))?(?:"((?:[^"]|"")*)"(?!")|([^\s"]+)|("))""")

_SENTENCE_END = re.compile(r"[。！？；!?;][”’」』）)]*|\n")

_MARK = "…"


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: words that a text must hold, and words that it must not hold."""

    words: tuple[str, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text for a result list; ``ranges`` are the hits, in its own code points."""

    text: str
    ranges: tuple[Range, ...]


def parse_query(text: str) -> Query:
    """The query that stands in a search box.

    White space separates, the ideographic space too. ASCII double quotes delimit a phrase, in which
    ``""`` stands for one quotation mark; ``-`` at a word's start excludes it. Everything else is
    text. Raises KnownError ``query.unclosed_quote`` with the ``position`` (code points) of a
    quotation mark that is not closed.
    """
    words: list[str] = []
    excluded: list[str] = []
    for term in _TERM.finditer(text):
        minus, phrase, bare, unclosed = term.groups()
        if unclosed:
            raise KnownError("query.unclosed_quote", position=term.start(4))
        word = bare or phrase.replace('""', '"')
        if word:
            (excluded if minus else words).append(word)
    return Query(tuple(words), tuple(excluded))


def literal(text: str) -> Query:
    """The query for ``text`` as it stands, signs of the query language included."""
    return Query((text,) if text else (), ())


def quote(text: str) -> str:
    """``text`` as a phrase of the query language: ``parse_query`` of it is ``literal(text)``."""
    return '"' + text.replace('"', '""') + '"'


def find(query: Query, text: str) -> list[Range] | None:
    """Where the query's words stand in ``text``, in order; None where the text does not match.

    Upper and lower case, full and half width count as the same. Each range is one occurrence of one
    word, in code points, end exclusive; those of different words may overlap. A query without
    included words gives an empty list for each text that holds no excluded one.
    """
    folded = fold(text)
    if any(fold(word) in folded for word in query.excluded):
        return None
    found: set[Range] = set()
    for word in query.words:
        places = [hit.span() for hit in re.finditer(re.escape(fold(word)), folded)]
        if not places:
            return None
        found.update(places)
    return sorted(found)


def snippet(text: str, ranges: Sequence[Range], width: int = 60) -> Snippet:
    """About ``width`` code points of ``text`` around its first hit, or its start without a hit.

    Begins and ends where a sentence does if such a border is near, and else with ``…``. White space
    such as a line feed shows as a space. The ranges are the hits inside, overlapping ones joined.
    """
    first, last = min(ranges, default=(0, 0))
    start, cut_before = _start(text, first, width)
    end, cut_after = _end(text, last, start + width, width // 3)
    end = max([end, *(b for a, b in ranges if a < end)])  # no hit is cut in two
    before = _MARK if cut_before else ""
    after = _MARK if cut_after and text[end:].strip() else ""
    shift = len(before) - start
    inside = [(max(a, start) + shift, min(b, end) + shift) for a, b in ranges]
    shown = re.sub(r"\s", " ", text[start:end])
    return Snippet(before + shown + after, _joined(r for r in inside if r[0] < r[1]))


def _start(text: str, hit: int, width: int) -> tuple[int, bool]:
    """Where to begin so that the hit is seen with what leads to it, and whether that cuts."""
    near = hit - width // 2
    if near <= 0:
        start, cuts = 0, False
    elif border := _SENTENCE_END.search(text, near, hit):
        start, cuts = border.end(), False
    else:
        start, cuts = hit - width // 4, True
    while start < hit and text[start].isspace():
        start += 1
    return start, cuts


def _end(text: str, hit_end: int, limit: int, slack: int) -> tuple[int, bool]:
    """Where to stop near ``limit`` and not before the hit's end, and whether that cuts."""
    limit = max(limit, hit_end)
    end, cuts = len(text.rstrip()), False
    if end > limit:
        near = max(hit_end, limit - slack)
        borders = [border.end() for border in _SENTENCE_END.finditer(text, near, limit)]
        end, cuts = (borders[-1], False) if borders else (limit, True)
    while end > hit_end and text[end - 1].isspace():
        end -= 1
    return max(end, hit_end), cuts


def _joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges in order, those that overlap made one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
