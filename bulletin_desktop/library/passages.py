"""Highlights: passages of articles as stretches of the document, with their themes; rows alone.

A highlight lies in the document, so that no correction of the cut moves it; which article it is in
and what words the article shows there is kept beside it and brought up to date by ``refit``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletin_desktop.library.articles import FROM, LIVE_ARTICLE
from bulletin_desktop.library.body_map import BodyMap
from bulletin_desktop.library.overlay import mendings
from bulletin_desktop.library.store import ANNOTATOR, now
from bulletin_desktop.model.annotations import Highlight
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.library.store import Library

_AROUND = 32  # so many code points beside a passage are kept to know it again by
_COLUMNS = """h.id, h.article_id, h.start, h.end, h.quote,
  (SELECT group_concat(theme_id) FROM
    (SELECT theme_id FROM highlight_themes WHERE highlight_id = h.id ORDER BY id)),
  coalesce(n.text, ''), coalesce(n.private, 0), h.annotator, h.at, h.placed
  FROM highlights h LEFT JOIN notes n ON n.highlight_id = h.id"""
_ANY_OF = "IN (SELECT value FROM json_each(?))"


class Laid(NamedTuple):
    """A highlight as it lies in its document, with the words around it as printed."""

    id: int
    document: int
    article: int | None
    start: int
    end: int
    quote: str
    before: str
    after: str
    placed: bool


def body_map(library: Library, article: int) -> tuple[int, BodyMap]:
    """The document of an article, and where the words of its body stand in that.

    Raises KnownError("article.missing").
    """
    sql = f"""SELECT i.document_id, a.start, a.parts,
        substr((SELECT text FROM documents WHERE id = i.document_id), a.start + 1, a.end - a.start)
        {FROM} WHERE a.id = ?"""
    found = library.rows(sql, [article])
    if not found:
        raise KnownError("article.missing", id=article)
    document, begin, parts, text = found[0]
    return document, _map(json.loads(parts), text, begin, mendings(library, document))


def _map(parts: list[list[Any]], text: str, begin: int, mends: Any) -> BodyMap:
    paragraphs = [(text[s - begin : e - begin], s) for role, s, e in parts if role == "body"]
    return BodyMap(paragraphs, mends)


def insert(library: Library, document: int, span: tuple[int, int], article: int, quote: str) -> int:
    """A new highlight on a stretch of a document's text, inside an open change; gives its id."""
    before, after = around(library, document, span)
    sql = f"""INSERT INTO highlights (document_id, article_id, start, end, quote, before, after,
        placed, annotator, at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, {ANNOTATOR}, ?)"""
    values = [document, article, *span, quote, before, after, now()]
    return int(library.connection.execute(sql, values).lastrowid or 0)


def around(library: Library, document: int, span: tuple[int, int]) -> tuple[str, str]:
    """The printed words before and after a stretch of a document."""
    start, end = span
    sql = "SELECT substr(text, ? + 1, ?), substr(text, ? + 1, ?) FROM documents WHERE id = ?"
    begun = max(0, start - _AROUND)
    found = library.rows(sql, [begun, start - begun, end, _AROUND, document])[0]
    return found[0], found[1]


def move(library: Library, highlight: int, laid: Laid) -> None:
    """Write where a highlight lies."""
    library.connection.execute(
        "UPDATE highlights SET document_id = ?, article_id = ?, start = ?, end = ?, quote = ?,"
        " before = ?, after = ?, placed = ? WHERE id = ?",
        [*laid[1:], highlight],
    )


def name(library: Library, highlight: int, annotator: str, at: str) -> None:
    """Write who made a highlight, and when."""
    library.connection.execute(
        "UPDATE highlights SET annotator = ?, at = ? WHERE id = ?", [annotator, at, highlight]
    )


def delete(library: Library, highlight: int) -> None:
    """Remove a highlight with its themes and its note."""
    connection = library.connection
    for table in ("highlight_themes", "notes"):
        connection.execute(f"DELETE FROM {table} WHERE highlight_id = ?", [highlight])
    connection.execute("DELETE FROM highlights WHERE id = ?", [highlight])


def add_themes(library: Library, highlights: Iterable[int], theme: int) -> None:
    """Put a theme on highlights; those that have it keep it."""
    library.connection.executemany(
        "INSERT INTO highlight_themes (highlight_id, theme_id) SELECT ?1, ?2 WHERE NOT EXISTS"
        " (SELECT 1 FROM highlight_themes WHERE highlight_id = ?1 AND theme_id = ?2)",
        [(highlight, theme) for highlight in highlights],
    )


def remove_themes(library: Library, highlights: Iterable[int], theme: int) -> None:
    """Take a theme off highlights."""
    library.connection.executemany(
        "DELETE FROM highlight_themes WHERE highlight_id = ? AND theme_id = ?",
        [(highlight, theme) for highlight in highlights],
    )


def laid(library: Library, document: int) -> list[Laid]:
    """The highlights of a document in the order of its text."""
    sql = """SELECT id, document_id, article_id, start, end, quote, before, after, placed
        FROM highlights WHERE document_id = ? ORDER BY start, end, id"""
    return [Laid(*[*row[:8], bool(row[8])]) for row in library.rows(sql, [document])]


def laid_of(library: Library, highlight: int) -> Laid:
    """One highlight as it lies. Raises KnownError("highlight.missing")."""
    sql = """SELECT id, document_id, article_id, start, end, quote, before, after, placed
        FROM highlights WHERE id = ?"""
    found = library.rows(sql, [highlight])
    if not found:
        raise KnownError("highlight.missing", id=highlight)
    return Laid(*[*found[0][:8], bool(found[0][8])])


def of_article(library: Library, article: int) -> list[Highlight]:
    """The highlights of an article in the order of its text, those without a place last.

    Raises KnownError("article.missing").
    """
    rows = library.rows(f"SELECT {_COLUMNS} WHERE h.article_id = ?", [article])
    return _placed(rows, _places(library, article)) if rows else []


def _places(library: Library, article: int) -> BodyMap:
    """Where an article's words stand, read without the words, which may be many, where no misprint
    of its document is mended. Raises KnownError("article.missing").
    """
    found = library.rows(f"SELECT i.document_id, a.parts {FROM} WHERE a.id = ?", [article])
    if not found or mendings(library, found[0][0]):
        return body_map(library, article)[1]
    parts = json.loads(found[0][1])
    return BodyMap.of_spans([(s, e) for role, s, e in parts if role == "body"])


def _placed(rows: Sequence[tuple[Any, ...]], places: BodyMap) -> list[Highlight]:
    found = [_highlight(row, places.to_body(row[2], row[3])) for row in rows]
    return sorted(found, key=lambda h: (not h.placed, h.start, -h.end, h.id))


def _highlight(row: tuple[Any, ...], span: tuple[int, int] | None) -> Highlight:
    themes = tuple(int(x) for x in row[5].split(",")) if row[5] else ()
    placed = bool(row[10]) and span is not None
    start, end = span if span is not None and placed else (0, 0)
    return Highlight(
        row[0], row[1], start, end, row[4], themes, row[6], bool(row[7]), row[8], row[9], placed
    )


def by_id(library: Library, highlight: int) -> Highlight:
    """One highlight. Raises KnownError("highlight.missing")."""
    rows = library.rows(f"SELECT {_COLUMNS} WHERE h.id = ?", [highlight])
    if not rows:
        raise KnownError("highlight.missing", id=highlight)
    return _in_articles(library, rows)[0]


def listed(library: Library, ids: Sequence[int] | None = None) -> list[Highlight]:
    """The highlights of articles outside the trash, or of no article, in the order of the texts;
    ``ids`` keeps to some.
    """
    which = "1" if ids is None else f"h.id {_ANY_OF}"
    sql = f"""SELECT {_COLUMNS} LEFT JOIN articles a ON a.id = h.article_id
        JOIN documents d ON d.id = h.document_id AND d.trashed = 0
        WHERE {which} AND (a.id IS NULL OR ({LIVE_ARTICLE}
          AND a.issue_id NOT IN (SELECT item FROM trash WHERE kind = 'issue')))
        ORDER BY h.document_id, h.start, h.end DESC, h.id"""
    return _in_articles(library, library.rows(sql, [] if ids is None else [json.dumps(list(ids))]))


def _in_articles(library: Library, rows: Sequence[tuple[Any, ...]]) -> list[Highlight]:
    """Highlights with their places in the bodies of their articles."""
    groups: dict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        groups[row[1]].append(row)
    found: dict[int, Highlight] = {}
    for article, members in groups.items():
        try:
            places = body_map(library, article)[1] if article is not None else None
        except KnownError:  # in the trash
            places = None
        for row in members:
            found[row[0]] = _highlight(row, places.to_body(row[2], row[3]) if places else None)
    return [found[row[0]] for row in rows]


def extents(library: Library, document: int) -> dict[int, tuple[int, int]]:
    """Where each article of a document begins and ends in it."""
    sql = """SELECT a.id, a.start, a.end FROM articles a JOIN issues i ON i.id = a.issue_id
        WHERE i.document_id = ?"""
    return {article: (start, end) for article, start, end in library.rows(sql, [document])}


def documents_of(library: Library, highlight: int) -> list[int]:
    """The document of a highlight, or none where that has gone."""
    sql = "SELECT document_id FROM highlights WHERE id = ?"
    return [row[0] for row in library.rows(sql, [highlight])]


def refit(library: Library, document: int) -> None:
    """After a change of the cut or of a misprint: find the article of each highlight of a document
    and the words that it shows there, inside an open change.
    """
    there = [each for each in laid(library, document) if each.placed]
    if not there:
        return
    sql = """SELECT a.id, a.start, a.end, a.parts FROM articles a JOIN issues i ON i.id = a.issue_id
        WHERE i.document_id = ?"""
    articles = library.rows(sql, [document])
    text = library.value("SELECT text FROM documents WHERE id = ?", [document])
    mends = mendings(library, document)
    maps: dict[int, BodyMap] = {}
    for each in there:
        home = next((row for row in articles if row[1] <= each.start < row[2]), None)
        fitted = each._replace(article=None)
        if home is not None:
            article, begin, end, parts = home
            if article not in maps:
                maps[article] = _map(json.loads(parts), text[begin:end], begin, mends)
            span = maps[article].to_body(each.start, each.end)
            if span is not None:
                quote = maps[article].body[span[0] : span[1]]
                fitted = each._replace(article=article, quote=quote)
        if fitted != each:
            move(library, each.id, fitted)
