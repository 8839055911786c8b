"""Finding articles by their words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bulletin_desktop.language import query as queries
from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.query import Query
from bulletin_desktop.library import annotating, articles
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.records import Article, Hit, Snippet

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from bulletin_desktop.library.overlay import Mending
    from bulletin_desktop.library.store import Library

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
    """All articles that hold the query's words in title, kicker, body, source, author or note.

    A subtitle counts as well. Yields Progress in documents; a true value sent in ends the search
    with what was found so far. Hits of one rank stand newest first.
    """
    records = {article.id: article for article in articles.in_scope(library)}
    notes = {note.article: note.text for note in annotating.notes(library)}
    hits: list[Hit] = []
    if query.words or query.excluded:
        for done, document in enumerate(articles.bodies(library)):
            if done % _STRIDE == 0 and (yield Progress(done, 0, Message("search.progress"))):
                break
            look = _Look(query, document.text, document.mends)
            for article, parts in document.articles:
                # An import may have finished since the records were read.
                if article in records:
                    hits.extend(look.at(records[article], parts, notes.get(article, "")))
    newest_first = {article: rank for rank, article in enumerate(records)}
    hits.sort(key=lambda hit: newest_first[hit.article.id])
    return Found(tuple(_sorted(hits, sort)), _facets(library, [hit.article for hit in hits]))


class _Look:
    """A look at the articles of one document for a query."""

    def __init__(self, query: Query, text: str, mends: Sequence[Mending]) -> None:
        self._query = query
        self._text = text
        self._mends = mends
        # Where words were mended, any word may stand across their edges.
        folded = fold(text) if not mends else "".join(map(fold, query.words))
        # Words that the document does not hold can only stand in what was made of it: a title of
        # several lines, a name without its marks, a note.
        self._missing = [word for word in map(fold, query.words) if word not in folded]

    def at(self, article: Article, parts: list[list[Any]], note: str) -> Iterable[Hit]:
        """The hit for an article, if it is one."""
        head = _head(article)
        beside = fold("\n".join([*head, note]))
        if not all(word in beside for word in self._missing):
            return
        body = "\n".join(articles.cut(parts, "body", self._text, 0, self._mends))
        if queries.find(self._query, "\n".join([body, *head, note])) is None:
            return
        in_body, in_head = self._ranges(body), self._ranges("\n".join(head))
        shown = _snippet(self._query, [body, *head, note])
        score = len(in_head) * _TITLE_WEIGHT + len(in_body) / (1 + len(body) / 1000)
        yield Hit(article, shown, score)

    def _ranges(self, text: str) -> list[tuple[int, int]]:
        return _places(self._query, text)


def _head(article: Article) -> list[str]:
    """The fields of an article outside its body, a title of several lines as one."""
    names = [article.kicker, article.subtitle, article.source, article.author]
    return [article.heading, *(name for name in names if name)]


def _places(query: Query, text: str) -> list[tuple[int, int]]:
    """Where any word of the query stands in a text."""
    found: set[tuple[int, int]] = set()
    for word in query.words:
        found.update(queries.find(Query((word,), ()), text) or ())
    return sorted(found)


def _snippet(query: Query, pieces: list[str]) -> Snippet:
    """The first piece that has a word of the query, around that word; else the first with text."""
    for piece in pieces:
        if places := _places(query, piece):
            found = queries.snippet(piece, places)
            return Snippet(found.text, tuple(found.ranges))
    shown = queries.snippet(next((piece for piece in pieces if piece), ""), [])
    return Snippet(shown.text, ())


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
