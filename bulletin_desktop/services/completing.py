"""Finding themes, or any labels, by what is typed: characters, pinyin or initials."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.services.tagging import PATH_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Article, Theme


class Completed(NamedTuple):
    """A theme that fits, and the toned pinyin of the name or alias that was found."""

    theme: Theme
    reading: str


class Titled(NamedTuple):
    """An article, and the code points of its heading that were typed."""

    article: Article
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A label that fits: its index, and the code points of it that do."""

    index: int
    ranges: tuple[tuple[int, int], ...]


def prepare() -> None:
    """Load the pinyin tables; slow the first time, so it is called away from the window."""
    from bulletin_desktop.language import pinyin

    pinyin.load()


def complete(typed: str, themes: Sequence[Theme], recent: Sequence[int] = ()) -> list[Completed]:
    """The themes that fit what is typed, best first; all of them where nothing is typed.

    Among equals the ``recent`` ones, ids with the newest first, come first. A path, 父/子, finds
    the child under a parent that fits too; every part may be pinyin or initials.
    """
    ranks = {theme: rank for rank, theme in enumerate(recent)}
    ordered = sorted(themes, key=lambda theme: ranks.get(theme.id, len(ranks)))
    *above, name = (part.strip() for part in PATH_MARK.split(typed))
    by_id = {theme.id: theme for theme in ordered}
    if above:
        whole = [theme for theme in ordered if theme.name == typed.strip()]
        below = [theme for theme in ordered if _is_below(theme, above, by_id)]
        return [Completed(theme, "") for theme in whole] + _fitting(name, below)
    return _fitting(name, ordered)


def _fitting(typed: str, themes: Sequence[Theme]) -> list[Completed]:
    if not typed:
        return [Completed(theme, "") for theme in themes]
    from bulletin_desktop.language import pinyin

    candidates = [pinyin.Candidate(theme.id, theme.name, theme.aliases) for theme in themes]
    by_id = {theme.id: theme for theme in themes}
    return [
        Completed(by_id[found.candidate.theme_id], found.match.reading)
        for found in pinyin.complete(typed, candidates)
    ]


def _is_below(theme: Theme, above: Sequence[str], by_id: Mapping[int, Theme]) -> bool:
    """Whether a theme's parents fit the names that are typed for them, the last one directly."""
    from bulletin_desktop.language import pinyin

    at = theme
    for name in reversed(above):
        parent = by_id.get(at.parent or 0)
        if parent is None or pinyin.match(name, parent.name, parent.aliases) is None:
            return False
        at = parent
    return True


def find(typed: str, labels: Sequence[str], limit: int = 50) -> list[Found]:
    """At most ``limit`` labels that fit what is typed, best first; the first ones where nothing is.

    Characters, pinyin, initials and the beginnings of Latin words count, as ``finding.Finder``
    says; among equals what stands close together, then at the front. Takes 10 to 50 ms for
    1,000 labels, so that with more it is called away from the window.
    """
    if not typed.strip():
        return [Found(index, ()) for index in range(min(limit, len(labels)))]
    from bulletin_desktop.language.finding import Finder

    finder = Finder(typed, labels)
    located = ((index, finder.locate(label)) for index, label in enumerate(labels))
    fitting = [(found, index) for index, found in located if found]
    best = heapq.nsmallest(
        limit, fitting, key=lambda pair: (pair[0].rank, pair[0].spread, pair[0].ranges[0], pair[1])
    )
    return [Found(index, found.ranges) for found, index in best]


def titled(library: Library, typed: str, limit: int) -> list[Titled]:
    """The newest articles that have the typed words in their titles; none of a single letter.

    While very many articles wait for the search index none are found.
    """
    from bulletin_desktop.language import query_parser
    from bulletin_desktop.language.folding import fold
    from bulletin_desktop.language.matching import Needle
    from bulletin_desktop.model.query import Spelling
    from bulletin_desktop.services import searching

    words = typed.split()
    if not words or len(typed) == 1:
        return []
    needles = [Needle(word, Spelling()) for word in words]
    text = " ".join(f"title:{query_parser.quote(word)}" for word in words)
    search = searching.Search(library, searching.parse(text), searching.Options("date"))
    found = []
    for hit in search.hits(search.first(limit)):
        title = fold(hit.article.heading)
        places = {place for needle in needles for place in needle.places(title)}
        found.append(Titled(hit.article, tuple(sorted(places))))
    return found
