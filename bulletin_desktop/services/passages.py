"""Highlights: marking passages of articles, with themes and notes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import articles, noting, passages, trash
from bulletin_desktop.library.passages import by_id
from bulletin_desktop.library.passages import of_article as highlights
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.annotations import Passage
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import labels, tagging, themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.catalogue import Catalogue

__all__ = ["by_id", "highlights"]

# The document, the stretch of it, and the words that the article shows there.
_Quote = tuple[int, tuple[int, int], str]

_SHOWN = 20  # code points of a passage in the name of a step


def listed(library: Library, ids: Sequence[int] | None = None) -> list[Passage]:
    """All highlights outside the trash, or some, newest issue first, as their articles have them;
    those that are in no article come last.
    """
    found = passages.listed(library, ids)
    wanted = tuple({h.article for h in found if h.article is not None})
    records = articles.in_scope(library, Scope(ids=wanted))
    order = {article.id: (place, article) for place, article in enumerate(records)}
    listed = [
        Passage(h, order[h.article][1] if h.article in order else None)
        for h in found
        if h.article is None or h.article in order
    ]
    last = len(order)
    return sorted(listed, key=lambda p: order[p.article.id][0] if p.article else last)


@atomic
def mark(
    library: Library, article: int, start: int, end: int, theme_ids: Sequence[int] = (),
    note: str = "",
) -> Change:  # fmt: skip
    """Mark a stretch of an article's shown body, in code points, with themes and a note or without.

    Blanks at its ends are left out. A passage that is marked already keeps its one mark and gets
    the themes, and the note below its own. Raises KnownError("highlight.range") where the body has
    no words there, KnownError("article.missing") and KnownError("theme.missing").
    """
    for theme in theme_ids:
        themes.by_id(library, theme)
    quote, message = _quoted(library, article, start, end)
    with library.change(message, "highlights", "themes") as recording:
        recording.articles = frozenset([article])
        highlight = _insert(library, article, quote)
        for theme in theme_ids:
            passages.add_themes(library, [highlight], theme)
        if words := note.strip():
            recording.topics |= {"notes"}
            had = noting.note(library, "highlight", highlight)
            words = f"{had.text}\n\n{words}" if had else words
            noting.set_note(library, "highlight", highlight, words)
    return recording.result()


@atomic
def mark_new(library: Library, article: int, start: int, end: int, name: str) -> Change:
    """Mark a stretch of an article's body with the theme of a name or a path, 父/子, which is made
    where missing; one step.
    """
    quote, message = _quoted(library, article, start, end)
    with library.change(message, "highlights", "themes") as recording:
        recording.articles = frozenset([article])
        theme = tagging.theme_of_path(library, name)
        passages.add_themes(library, [_insert(library, article, quote)], theme.id)
    return recording.result()


def _quoted(library: Library, article: int, start: int, end: int) -> tuple[_Quote, Message]:
    document, places = passages.body_map(library, article)
    words = places.body[max(0, start) : max(0, end)]
    begun = max(0, start) + len(words) - len(words.lstrip())
    words = words.strip()
    span = places.to_document(begun, begun + len(words))
    if not words or span is None or not 0 <= start < end <= len(places.body):
        raise KnownError("highlight.range", start=start, end=end, length=len(places.body))
    return (document, span, words), Message("step.highlight", {"quote": _short(words)})


def _insert(library: Library, article: int, quote: _Quote) -> int:
    document, span, words = quote
    for known in passages.laid(library, document):
        if known.placed and (known.article, known.start, known.end) == (article, *span):
            return known.id
    return passages.insert(library, document, span, article, words)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


@atomic
def resize(library: Library, highlight: int, start: int, end: int) -> Change:
    """Move the edges of a highlight, in code points of its article's body.

    Raises KnownError("highlight.range") and KnownError("highlight.missing").
    """
    known = passages.laid_of(library, highlight)
    if known.article is None:
        raise KnownError("highlight.missing", id=highlight)
    (document, span, words), _ = _quoted(library, known.article, start, end)
    message = Message("step.highlight_resize", {"quote": _short(words)})
    with library.change(message, "highlights") as recording:
        recording.articles = frozenset([known.article])
        around = passages.around(library, document, span)
        moved = passages.Laid(highlight, document, known.article, *span, words, *around, True)
        if moved != known:
            passages.move(library, highlight, moved)
    return recording.result()


@atomic
def delete(library: Library, ids: Sequence[int]) -> Change:
    """Put highlights into the trash, with their notes, as one step."""
    found = [passages.laid_of(library, highlight) for highlight in ids]
    message = Message("step.highlight_delete", {"n": len(found)})
    if len(found) == 1:
        message = Message("step.highlight_delete_one", {"quote": _short(found[0].quote)})
    with library.change(message, "highlights", "notes", "trash", "themes") as recording:
        recording.articles = frozenset(each.article or 0 for each in found)
        for each in found:
            trash.put(library, "highlight", each.id, _short(each.quote))
    return recording.result()


@atomic
def put_theme(library: Library, ids: Sequence[int], theme: int) -> Change:
    """Put a theme on highlights, as one step."""
    return _change_themes(library, "step.highlight_theme", ids, theme, add=True)


@atomic
def put_new(library: Library, ids: Sequence[int], name: str, parent: int | None = None) -> Change:
    """Make a theme, or take the one of that name, and put it on highlights, as one step; ``name``
    and ``parent`` are as for ``tagging.theme_of_path``.
    """
    found = [passages.laid_of(library, highlight) for highlight in ids]
    message = Message("step.highlight_theme", {"theme": name, "n": len(found)})
    with library.change(message, "highlights", "themes") as recording:
        recording.articles = frozenset(each.article or 0 for each in found)
        theme = tagging.theme_of_path(library, name, parent)
        recording.message = Message(message.code, {"theme": theme.name, "n": len(found)})
        passages.add_themes(library, ids, theme.id)
    return recording.result()


@atomic
def take_theme(library: Library, ids: Sequence[int], theme: int) -> Change:
    """Take a theme off highlights, as one step; the marks stay."""
    return _change_themes(library, "step.highlight_no_theme", ids, theme, add=False)


@atomic
def toggle_theme(library: Library, ids: Sequence[int], theme: int) -> Change:
    """Take a theme off where all the highlights have it, else put it on all of them."""
    have = [theme in passages.by_id(library, highlight).themes for highlight in ids]
    return (take_theme if have and all(have) else put_theme)(library, ids, theme)


def _change_themes(
    library: Library, code: str, ids: Sequence[int], theme: int, *, add: bool
) -> Change:
    known = themes.by_id(library, theme)
    found = [passages.laid_of(library, highlight) for highlight in ids]
    message = Message(code, {"theme": known.name, "n": len(found)})
    with library.change(message, "highlights", "themes") as recording:
        recording.articles = frozenset(each.article or 0 for each in found)
        (passages.add_themes if add else passages.remove_themes)(library, ids, theme)
    return recording.result()


def citations(library: Library, ids: Sequence[int], catalogue: Catalogue) -> str:
    """Highlights as quotations in this order, a paragraph each, with where they are from (see
    labels.quotation); those of no article as their words alone.
    """
    found = []
    there = {passage.highlight.id: passage for passage in listed(library, ids)}
    for passage in (there[each] for each in ids if each in there):
        words = passage.highlight.quote
        if passage.article is not None:
            text = articles.text_of(library, passage.article.id)
            words = labels.quotation(words, text, catalogue)
        found.append(words)
    return "\n".join(found)
