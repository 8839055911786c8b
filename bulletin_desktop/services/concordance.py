"""Concordance: every place of a query's words, with what stands left and right of it."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple, get_args

from bulletin_desktop.exporting.concordance import Format as Format
from bulletin_desktop.exporting.concordance import Row, Table
from bulletin_desktop.library import articles, documents, lookup, search_index
from bulletin_desktop.library.schema_search import HEADS
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.records import ArticleText
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import labels
from bulletin_desktop.services.search_marks import Marker
from bulletin_desktop.services.searching import Options, Search

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.library.search_index import Printed
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.query import Query
    from bulletin_desktop.model.records import Article, Issue

Range = tuple[int, int]

WIDTH = 20  # code points on each side
WIDEST = 60
MOST = 20_000  # lines that are gathered at once

_PRINTED = ("kicker", "title", "subtitle", "author", "body", "source")
_CHUNK = 200  # articles that are read between two signs of life
_SPACE = re.compile(r"\s+")


class Where(NamedTuple):
    """The article of some lines, and its issue."""

    article: Article
    issue: Issue


class Line(NamedTuple):
    """One occurrence. ``start`` and ``end`` are code points of the article's ``field``.

    The context ends where the paragraph does; white space is one space in it.
    """

    where: Where
    field: str
    start: int
    end: int
    left: str
    keyword: str
    right: str


class Gathered(NamedTuple):
    """Further lines, newest issue first, and of how many found articles how many are done.

    ``stopped`` says that something is left out for good: a regular expression took too long.
    """

    lines: list[Line]
    done: int
    articles: int
    stopped: bool

    @property
    def whole(self) -> bool:
        """Whether there is nothing more to gather."""
        return self.done >= self.articles


class Concordance:
    """The lines of a query, gathered a bounded number at a time; for one thread."""

    def __init__(
        self,
        query: Query,
        options: Options = Options(),  # noqa: B008 - frozen
        width: int = WIDTH,
    ) -> None:
        """``width`` is that of the context on each side, in code points.

        Raises KnownError ``query.pattern`` as ``search_texts.pattern`` does.
        """
        self._query = query
        self._options = options._replace(sort="date")
        self._width = width
        self._finder = Marker(query, options.spelling)
        self._ids: array[int] | None = None
        self._at = 0  # the article at hand
        self._given = 0  # its lines that were given already
        self._stopped = False

    def more(
        self, library: Library, limit: int = MOST
    ) -> Generator[Progress, bool | None, Gathered]:
        """At most ``limit`` further lines; a true value sent in ends the work with those found."""
        if self._ids is None:
            outcome = yield from Search(library, self._query, self._options).complete()
            self._stopped = outcome.stopped
            self._ids = outcome.ids
        notes = lookup.notes(library, private=False)
        lines: list[Line] = []
        while chunk := self._ids[self._at : self._at + _CHUNK].tolist():
            progress = Progress(self._at, len(self._ids), Message("concordance.progress"))
            if (yield progress) or not self._take(library, chunk, notes, lines, limit):
                break
        stopped = self._stopped or self._finder.stopped
        return Gathered(lines, self._at, len(self._ids), stopped)

    def _take(
        self, library: Library, chunk: Sequence[int], notes: dict[int, str], lines: list[Line],
        limit: int,
    ) -> bool:  # fmt: skip
        """Add the lines of some articles; says whether there is room for more."""
        printed = {each.article: each for each in search_index.words_of(library, chunk)}
        places = _places(library, chunk)
        for article in chunk:
            if article in printed and article in places:
                texts = _texts(printed[article], notes.get(article, ""))
                found = self._lines(places[article], texts)
                for number, line in enumerate(found):
                    if number < self._given:
                        continue
                    if len(lines) == limit:
                        self._given = number
                        return False
                    lines.append(line)
            self._at, self._given = self._at + 1, 0
        return len(lines) < limit

    def _lines(self, where: Where, texts: Sequence[tuple[str, str]]) -> Iterator[Line]:
        for field, text in texts:
            for start, end in _apart(self._finder.places(text, field)):
                left, right = _around(text, start, end, self._width, whole=field in HEADS)
                yield Line(where, field, start, end, left, _even(text[start:end]), right)


def _texts(printed: Printed, note: str) -> list[tuple[str, str]]:
    """The fields of an article that have words, as they are read from the top down."""
    found = [(field, getattr(printed, field) or "") for field in _PRINTED]
    return [(field, text) for field, text in [*found, ("note", note)] if text]


def _places(library: Library, chunk: Sequence[int]) -> dict[int, Where]:
    found = articles.in_scope(library, Scope(ids=tuple(chunk)))
    only = tuple({article.issue for article in found})
    issues = {issue.id: issue for issue in documents.issues(library, only)}
    return {article.id: Where(article, issues[article.issue]) for article in found}


def _even(text: str) -> str:
    return _SPACE.sub(" ", text)


def _around(text: str, start: int, end: int, width: int, *, whole: bool) -> tuple[str, str]:
    """What stands left and right in the same paragraph, or in the ``whole`` text."""
    low, high = 0, len(text)
    if not whole:
        low = text.rfind("\n", 0, start) + 1
        after = text.find("\n", end)
        high = after if after >= 0 else high
    room = 2 * width + 8  # several spaces become one
    left = _even(text[max(low, start - room) : start]).lstrip()
    right = _even(text[end : min(high, end + room)]).rstrip()
    return left[max(0, len(left) - width) :], right[:width]


def _apart(places: Sequence[Range]) -> list[Range]:
    """Places in order; of those that overlap the first, and of these the longest."""
    apart: list[Range] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


# Quoting and writing


def cited(line: Line, catalogue: Catalogue) -> str:
    """Where a line is from: 《工会简报》2012年第3期，“标题”，市总工会."""
    return labels.citation(_as_text(line), catalogue)


def quoted(line: Line, catalogue: Catalogue, width: int = WIDTH) -> str:
    """A line with ``width`` code points on each side in quotation marks, and where it is from."""
    left, right = cut(line, width)
    before = "…" if len(left) == width else ""  # less is the paragraph's beginning or end
    after = "…" if len(right) == width else ""
    words = before + left + line.keyword + right + after
    return labels.quotation(words, _as_text(line), catalogue)


def cut(line: Line, width: int) -> tuple[str, str]:
    """At most so many code points of a line's left and right context."""
    return line.left[max(0, len(line.left) - width) :], line.right[:width]


def _as_text(line: Line) -> ArticleText:
    article, issue = line.where
    return ArticleText(article, issue.title, issue.number, issue.date_evidence, (), "")


def format_of(file: Path) -> Format | None:
    """The format that the ending of a file's name says, or None."""
    ending = file.suffix.lower().removeprefix(".")
    return next((known for known in get_args(Format) if known == ending), None)


def export(
    lines: Sequence[Line],
    file: Path,
    written_as: Format,
    *,
    catalogue: Catalogue,
    title: str,
    width: int = WIDTH,
) -> Generator[Progress, bool | None, bool]:
    """Write lines to a file; says whether it was, since a true value sent in cancels.

    Raises KnownError ``write.*`` as ``replacing.placing`` does.
    """
    from bulletin_desktop.exporting.concordance import write

    table = Table(
        title=title,
        line=_count(lines, catalogue),
        language=catalogue.language,
        context=tuple(catalogue.text(f"concordance.{name}") for name in _CONTEXT),
        facts=tuple(catalogue.text(f"concordance.{name}") for name in _FACTS),
        rows=[_row(line, width, catalogue) for line in lines],
    )
    writing = write(table, file, written_as)
    try:
        for progress in writing:
            if (yield progress):
                return False
    finally:
        writing.close()  # so that a cancelled file is gone before anybody looks
    return True


_CONTEXT = ("left", "keyword", "right")
_FACTS = ("date", "issue", "title_of", "source", "field")


def _count(lines: Sequence[Line], catalogue: Catalogue) -> str:
    found = len({line.where.article.id for line in lines})
    return catalogue.text("concordance.count", lines=len(lines), n=found)


def _row(line: Line, width: int, catalogue: Catalogue) -> Row:
    article, issue = line.where
    left, right = cut(line, width)
    facts = (
        article.date or "",
        labels.printed_issue(issue, catalogue),
        article.heading,
        article.source or "",
        catalogue.text(f"concordance.field.{line.field}"),
    )
    return Row(left, line.keyword, right, facts)
