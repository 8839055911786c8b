"""The list of all highlights: what can be chosen from, what fits, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from bulletin_desktop.language.folding import fold
from bulletin_desktop.services import passages
from bulletin_desktop.services.search_facts import with_children

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import Passage
    from bulletin_desktop.model.records import Theme

Sort = Literal["date", "themes", "source"]
State = Literal["all", "noted", "plain", "unplaced"]
NO_THEME = 0


class Listed(NamedTuple):
    """A highlight with its article, and all its words folded, to be looked for."""

    passage: Passage
    words: str

    @property
    def source(self) -> str:
        """The source of its article as printed, or ""."""
        article = self.passage.article
        return (article.source or "") if article else ""

    @property
    def year(self) -> str:
        """The year of its article, or ""."""
        article = self.passage.article
        return (article.date or "")[:4] if article else ""


class View(NamedTuple):
    """What is shown, None meaning any: ``theme`` with those below it, or NO_THEME."""

    words: str = ""
    theme: int | None = None
    source: str | None = None
    year: str | None = None
    annotator: str | None = None
    state: State = "all"
    sort: Sort = "date"
    backwards: bool = True


class Choices(NamedTuple):
    """What the highlights can be narrowed to: the sources, years (newest first) and annotators that
    occur.
    """

    sources: tuple[str, ...]
    years: tuple[str, ...]
    annotators: tuple[str, ...]


def gather(library: Library) -> list[Listed]:
    """All highlights outside the trash, newest issue first; 20,000 of them take about a second."""
    return [Listed(passage, _words(passage)) for passage in passages.listed(library)]


def _words(passage: Passage) -> str:
    heading = passage.article.heading if passage.article else ""
    return fold("\n".join((passage.highlight.quote, passage.highlight.note, heading)))


def choices(listed: Sequence[Listed]) -> Choices:
    """What occurs among highlights."""
    return Choices(
        tuple(sorted({each.source for each in listed} - {""})),
        tuple(sorted({each.year for each in listed} - {""}, reverse=True)),
        tuple(sorted({each.passage.highlight.annotator for each in listed})),
    )


def arranged(listed: Sequence[Listed], view: View, themes: Sequence[Theme]) -> list[int]:
    """The numbers of the highlights that fit, in the order asked for.

    By date, newest first is ``backwards``; by theme they follow the order of ``themes``. Within the
    same theme or source the newest come first, those without any last.
    """
    wanted = _below(view.theme, themes)
    sought = fold(view.words).split()
    found = [n for n, each in enumerate(listed) if _fits(each, view, wanted, sought)]
    if view.sort == "date":
        return found if view.backwards else found[::-1]
    places = {theme.id: place for place, theme in enumerate(themes)}

    def key(number: int) -> tuple[bool, int, str]:
        each = listed[number]
        if view.sort == "source":
            return bool(each.source) == view.backwards, 0, each.source
        own = each.passage.highlight.themes
        return bool(own) == view.backwards, places[own[0]] if own else 0, ""

    return sorted(found, key=key, reverse=view.backwards)


def _below(theme: int | None, themes: Sequence[Theme]) -> set[int] | None:
    """A theme and those below it; None for any."""
    return with_children(themes, [theme]) if theme else None


def _fits(each: Listed, view: View, themes: set[int] | None, sought: Sequence[str]) -> bool:
    mark = each.passage.highlight
    if view.theme == NO_THEME and mark.themes:
        return False
    return (
        (themes is None or not themes.isdisjoint(mark.themes))
        and view.source in (None, each.source)
        and view.year in (None, each.year)
        and view.annotator in (None, mark.annotator)
        and _is(each, view.state)
        and all(word in each.words for word in sought)
    )


def _is(each: Listed, state: State) -> bool:
    mark = each.passage.highlight
    if state == "unplaced":
        return not mark.placed
    return state == "all" or bool(mark.note) == (state == "noted")
