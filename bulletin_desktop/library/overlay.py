"""Mended misprints: words that are shown and exported instead of those in the document's text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.model.records import Erratum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bulletin_desktop.library.store import Library


class Mending(NamedTuple):
    """A stretch of a document's text, in code points, and the words that stand in for it."""

    start: int
    end: int
    words: str


def mendings(library: Library, document: int) -> tuple[Mending, ...]:
    """The misprints of a document that were mended, in the order of its text."""
    sql = """SELECT start, end, value FROM corrections
        WHERE document_id = ? AND code = 'erratum' AND placed = 1 ORDER BY start"""
    rows = library.rows(sql, [document])
    return tuple(Mending(start, end, json.loads(value)["text"]) for start, end, value in rows)


def mended(words: str, start: int, mendings: Iterable[Mending]) -> str:
    """The words, which begin at ``start`` of the document, with all that lies in them mended."""
    return "".join(piece for piece, _ in pieces(words, start, mendings))


def errata(
    paragraphs: Sequence[tuple[str, int]], mendings: Sequence[Mending]
) -> tuple[Erratum, ...]:
    """Where mended words stand in a body of these paragraphs, each with where it begins."""
    found: list[Erratum] = []
    at = 0
    for words, start in paragraphs:
        for piece, printed in pieces(words, start, mendings):
            if printed is not None:
                found.append(Erratum(at, at + len(piece), printed))
            at += len(piece)
        at += 1
    return tuple(found)


def pieces(words: str, start: int, mendings: Iterable[Mending]) -> Iterator[tuple[str, str | None]]:
    """The words in pieces; a mended one comes with what is printed there."""
    at, end = start, start + len(words)
    for mending in mendings:
        if at <= mending.start and mending.end <= end:
            yield words[at - start : mending.start - start], None
            yield mending.words, words[mending.start - start : mending.end - start]
            at = mending.end
    yield words[at - start :], None
