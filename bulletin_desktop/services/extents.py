"""How much of an article a collection prints: all of it, what is marked in it, or one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bulletin_desktop.exporting.compiled import Mark, Subhead
from bulletin_desktop.services import reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.exporting.compiled import CompiledArticle
    from bulletin_desktop.model.records import CollectionItem

_Ranged = TypeVar("_Ranged", Mark, Subhead)

_ELLIPSIS = "……"


def to_extent(article: CompiledArticle, item: CollectionItem | None) -> CompiledArticle:
    """The article as its place in a collection asks for it."""
    if item is None or item.extent == "full":
        return article
    if item.extent == "excerpt":
        return _excerpt(article)
    said = item.text or first_sentence(article.text)
    return replace(
        article,
        paragraphs=(said,),
        marks=(),
        subheads=(),
        extent="summary",
        unprinted=article.quotes,
    )


def first_sentence(body: str) -> str:
    """The first sentence of a body, which is proposed to stand for the article."""
    found = reading.sentences(body)
    return body[slice(*found[0])] if found else ""


def _excerpt(article: CompiledArticle) -> CompiledArticle:
    """The sentences that have a highlight in them, each stretch of them a paragraph or several."""
    text = article.text
    pieces: list[str] = []
    marks: list[Mark] = []
    subheads: list[Subhead] = []
    at = 0
    for start, end in _stretches(article):
        before = _ELLIPSIS if text[:start].strip() and not text[:start].endswith("\n") else ""
        after = _ELLIPSIS if text[end:].strip() and not text[end:].startswith("\n") else ""
        shift = at + len(before) - start
        marks += _shifted(article.marks, (start, end), shift)
        subheads += _shifted(article.subheads, (start, end), shift)
        pieces.append(f"{before}{text[start:end]}{after}")
        at += len(pieces[-1]) + 1
    return replace(
        article,
        paragraphs=tuple("\n".join(pieces).split("\n")) if pieces else (),
        marks=tuple(marks),
        subheads=tuple(subheads),
        extent="excerpt",
    )


def _shifted(given: Iterable[_Ranged], span: tuple[int, int], shift: int) -> list[_Ranged]:
    """The ranges that lie in a span, as many code points further on."""
    return [
        replace(each, start=each.start + shift, end=each.end + shift)
        for each in given
        if span[0] <= each.start and each.end <= span[1]
    ]


def _stretches(article: CompiledArticle) -> list[tuple[int, int]]:
    """Neighbouring sentences that highlights touch, put together."""
    found: list[tuple[int, int]] = []
    sentences = reading.sentences(article.text)
    for mark in sorted(article.marks, key=lambda mark: mark.start):
        touched = [x for x in sentences if x[0] < mark.end and x[1] > mark.start]
        start = min((mark.start, *(x[0] for x in touched)))
        end = max((mark.end, *(x[1] for x in touched)))
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
