"""Notes: the user's words on an article, a passage, an issue or a theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library import articles, documents, noting, passages
from bulletin_desktop.library.noting import note, notes
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.annotations import Note, NoteKind
    from bulletin_desktop.model.records import Article, Issue

__all__ = ["Link", "NamedNote", "links", "links_to", "listed", "name_of", "note", "notes",
           "set_note"]  # fmt: skip

# A link to an article: its heading, and its id where several articles have that.
_LINK = re.compile(r"\[\[([^\[\]\n]+?)(?:#(\d+))?\]\]")
# Square brackets of a heading would end the link before its time.
_BRACKETS = str.maketrans("[]", "［］")
_SHOWN = 20  # code points of a passage in the name of a step


class Link(NamedTuple):
    """A link in a note, in code points, and the articles that it leads to: none, one or several."""

    start: int
    end: int
    articles: tuple[int, ...]


class NamedNote(NamedTuple):
    """A note, and what it is on: a heading, a passage, an issue's name or a theme's."""

    note: Note
    name: str


@atomic
def set_note(
    library: Library,
    kind: NoteKind,
    target: int,
    text: str,
    *,
    private: bool | None = None,
    typing: bool = True,
) -> Change:
    """Write a note (empty removes it); ``private`` None leaves that as it is.

    While ``typing``, going on in the same note belongs to the same step of the history. Raises
    KnownError where the article, highlight, issue or theme is missing.
    """
    clean = text.strip()
    message = Message("step.note", {"title": name_of(library, kind, target)})
    merge_key = f"note {kind} {target}" if typing else ""
    with library.change(message, "notes", merge_key=merge_key) as recording:
        if kind == "article":
            recording.articles = frozenset([target])
        noting.set_note(library, kind, target, clean, private=private)
    return recording.result()


def name_of(library: Library, kind: NoteKind, target: int) -> str:
    """What a note is on, in a few words. Raises KnownError where it is missing."""
    if kind == "article":
        return articles.by_id(library, target).heading
    if kind == "highlight":
        return passages.laid_of(library, target).quote[:_SHOWN]
    if kind == "theme":
        return themes.by_id(library, target).name
    found = documents.issues(library, (target,))
    if not found:
        raise KnownError("issue.missing", id=target)
    return _issue_name(found[0])


def _issue_name(issue: Issue) -> str:
    return " ".join(filter(None, (issue.title, issue.number, issue.date)))


def listed(library: Library) -> list[NamedNote]:
    """All notes outside the trash with the names of what they are on, the last written first."""
    found = noting.notes(library)
    ids: dict[NoteKind, tuple[int, ...]] = {
        kind: tuple(note.target for note in found if note.kind == kind) for kind in noting.COLUMNS
    }
    names: dict[tuple[NoteKind, int], str] = {}
    for article in articles.in_scope(library, Scope(ids=ids["article"])):
        names["article", article.id] = article.heading
    for highlight in passages.listed(library, ids["highlight"]):
        names["highlight", highlight.id] = highlight.quote
    for issue in documents.issues(library, ids["issue"]):
        names["issue", issue.id] = _issue_name(issue)
    for theme in themes.all_themes(library):
        names["theme", theme.id] = theme.name
    named = [NamedNote(note, names.get((note.kind, note.target), "")) for note in found]
    return sorted(named, key=lambda each: each.note.at, reverse=True)


def links(library: Library, text: str) -> list[Link]:
    """The links to articles in a note, [[heading]] or [[heading#id]], in their order.

    The id tells articles of one heading apart; where no article has the heading it counts alone.
    """
    found = list(_LINK.finditer(text))
    if not found:
        return []
    known: dict[str, list[int]] = {}
    for heading, article in noting.titled(library, [each[1] for each in found]):
        known.setdefault(heading, []).append(article)
    given = tuple(int(each[2]) for each in found if each[2])
    there = set(articles.ids_in_scope(library, Scope(ids=given))) if given else set()
    return [Link(*each.span(), _meant(each, known, there)) for each in found]


def _meant(each: re.Match[str], known: dict[str, list[int]], there: set[int]) -> tuple[int, ...]:
    same = known.get(each[1], [])
    given = int(each[2]) if each[2] else 0
    if given in there and (given in same or not same):
        return (given,)
    return tuple(same)


def links_to(library: Library, given: Sequence[Article]) -> list[str]:
    """What is written in a note to link to each of these articles."""
    headings = [article.heading for article in given]
    same = [heading for heading, _ in noting.titled(library, headings)]
    return [_link(article, alone=same.count(article.heading) == 1) for article in given]


def _link(article: Article, *, alone: bool) -> str:
    words = article.heading.translate(_BRACKETS)
    plain = alone and words == article.heading and "#" not in words
    return f"[[{words}]]" if plain else f"[[{words}#{article.id}]]"
