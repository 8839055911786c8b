"""Finding articles by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Literal

from bulletin_desktop.language import query as queries
from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.query import Query
from bulletin_desktop.library import annotating, articles
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.records import Article, Hit, Snippet
from bulletin_desktop.model.scope import Scope

Sort = Literal["relevance", "date", "source"]
_TITLE_WEIGHT = 5.0
# Documents looked through between two signs of life.
_STRIDE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in the order asked for, and how many there are of each kind among them all."""

    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]


def parse(text: str, *, literal: bool = False) -> Query:
    """The query of a search box, or the text as it stands. Raises KnownError at a bad quotation."""
    return queries.literal(text) if literal else queries.parse_query(text)


def search(
    library: Library, query: Query, sort: Sort = "relevance"
) -> Generator[Progress, bool | None, Found]:
    """All articles that hold the query's words in title, kicker, subtitle, body, source or note.

    Yields Progress in documents; a true value sent in ends the search with what was found so far.
    """
    records = {article.id: article for article in articles.in_scope(library)}
    notes = {note.article: note.text for note in annotating.notes(library)}
    hits: list[Hit] = []
    if query.words or query.excluded:
        for done, (text, members) in enumerate(articles.bodies(library)):
            if done % _STRIDE == 0 and (yield Progress(done, 0, Message("search.progress"))):
                break
            folded = fold(text)
            for article, parts in members:
                body = "\n".join(articles.cut(parts, "body", text, 0))
                if _may_match(query, folded, notes.get(article, "")):
                    hits.extend(_hit(query, records[article], body, notes.get(article, "")))
    return Found(tuple(_sorted(hits, sort)), _facets(library, [hit.article for hit in hits]))


def _may_match(query: Query, folded: str, note: str) -> bool:
    """A cheap look at the whole document before its articles are cut out."""
    return bool(note) or all(fold(word) in folded for word in query.words)


def _hit(query: Query, article: Article, body: str, note: str) -> Iterable[Hit]:
    head = [article.title, article.kicker, article.subtitle, article.source]
    pieces = [body, *(piece for piece in head if piece), note]
    ranges = queries.find(query, "\n".join(pieces))
    if ranges is None:
        return
    in_body = [r for r in ranges if r[1] <= len(body)]
    title = "".join(piece or "" for piece in head)
    in_title = sum(fold(title).count(fold(word)) for word in query.words)
    shown = queries.snippet(body, in_body) if body else queries.snippet(title, [])
    score = in_title * _TITLE_WEIGHT + len(in_body) / (1 + len(body) / 1000)
    yield Hit(article, Snippet(shown.text, tuple(shown.ranges)), score)


def _sorted(hits: list[Hit], sort: Sort) -> list[Hit]:
    """Hits come newest first; the sort is stable, so ties stay so."""
    if sort == "relevance":
        return sorted(hits, key=lambda hit: -hit.score)
    if sort == "source":
        return sorted(hits, key=lambda hit: (hit.article.source is None, hit.article.source or ""))
    return hits


def _facets(library: Library, found: list[Article]) -> dict[str, dict[str, int]]:
    names = {theme.id: theme.name for theme in annotating.themes(library)}
    counts = {
        "themes": Counter(names[theme] for article in found for theme in article.themes),
        "sources": Counter(article.source for article in found if article.source),
        "sections": Counter(article.section for article in found if article.section),
        "years": Counter(article.date[:4] for article in found if article.date),
        "kinds": Counter(str(article.kind) for article in found),
    }
    return {kind: dict(counter.most_common()) for kind, counter in counts.items()}


def matching(library: Library, text: str) -> Generator[Progress, bool | None, list[int]]:
    """The ids of the articles that a query of the search box finds, newest first."""
    found = yield from search(library, parse(text), "date")
    return [hit.article.id for hit in found.hits]


def filtered(library: Library, containing: str) -> tuple[int, ...]:
    """The ids of the articles whose title, kicker, section or source contains a text."""
    return tuple(articles.ids_in_scope(library, Scope(containing=containing)))
