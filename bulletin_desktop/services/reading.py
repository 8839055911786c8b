"""What the reader's chair needs: subheads, the original, the place, what is next, a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library.articles import next_unread
from bulletin_desktop.library.documents import original_of
from bulletin_desktop.library.places import keep_place, place_of
from bulletin_desktop.services.labels import citation, quotation

if TYPE_CHECKING:
    from bulletin_desktop.model.records import ArticleText, Subhead

__all__ = [
    "citation",
    "find_words",
    "keep_place",
    "next_unread",
    "original_of",
    "place_of",
    "quotation",
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
