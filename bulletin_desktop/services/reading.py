"""What the reader's chair needs: subheads, the original, the place, what is next, a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library.articles import ids_in_scope, next_unread, next_untagged
from bulletin_desktop.library.documents import original_of
from bulletin_desktop.library.places import keep_place, place_of
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services.labels import citation, quotation

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.model.records import ArticleText, Subhead

__all__ = [
    "citation",
    "find_words",
    "keep_place",
    "next_marked",
    "next_unread",
    "next_untagged",
    "original_of",
    "place_of",
    "quotation",
    "sentences",
    "subheads",
]


def find_words(words: str, text: str, _field: str = "") -> list[tuple[int, int]]:
    """Where words stand in a text, as code points, whatever their case and width; none overlap.

    It may be the text of any field.
    """
    # Deferred: the window starts without it.
    from bulletin_desktop.language.folding import fold

    wanted, folded = fold(words), fold(text)
    found: list[tuple[int, int]] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    return found


def subheads(text: ArticleText) -> tuple[Subhead, ...]:
    """The subheads of an article in their order.

    One of which only the number stands out has no words for an outline: its ``end`` is where the
    number ends, so ``named`` is false.
    """
    # Deferred: the window starts without the parser.
    from bulletin_desktop.parsing.subheads import find_subheads

    return find_subheads(text.paragraphs)


def sentences(body: str, *, clauses: bool = False) -> list[tuple[int, int]]:
    """The sentences of a body as code points in their order, or its clauses."""
    # Deferred: the window starts without it.
    from bulletin_desktop.language import sentences as language

    return language.clauses(body) if clauses else language.sentences(body)


def next_marked(library: Library, article: int, step: int) -> Highlight | None:
    """The first highlight of the nearest article after this one that has any, newest issue first,
    or with ``step`` −1 the last highlight of the nearest one before it. None where none has.
    """
    # Deferred: the window starts without it.
    from bulletin_desktop.services import passages

    order = {found: place for place, found in enumerate(ids_in_scope(library, Scope()))}
    here = order.get(article, -1)
    found = [
        passage.highlight
        for passage in passages.listed(library)[::step]
        if passage.article is not None and passage.highlight.placed
        and (order[passage.article.id] - here) * step > 0
    ]  # fmt: skip
    return found[0] if found else None
