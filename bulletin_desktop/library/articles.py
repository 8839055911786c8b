"""Articles: their records, their text cut from the document, and what a scope holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletin_desktop.library.overlay import Mending, errata, mended, mendings
from bulletin_desktop.library.store import Library, atomic, now
from bulletin_desktop.model.change import Change, Message, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Article, ArticleText, Erratum
from bulletin_desktop.model.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = """
SELECT a.id, a.issue_id, s.name, a.position, a.kind, a.kicker, a.title, a.subtitle, a.author,
  a.source, i.date, i.date_basis, a.characters,
  EXISTS (SELECT 1 FROM stars WHERE article_id = a.id),
  NOT EXISTS (SELECT 1 FROM reading WHERE article_id = a.id),
  (SELECT group_concat(theme_id) FROM
    (SELECT theme_id FROM article_themes WHERE article_id = a.id ORDER BY id))
"""
# Issues outside the trash. The flag of a document stands behind its text, which takes long to step
# over; so those in the trash are looked up in the index of flags.
LIVE = """i.document_id NOT IN (SELECT id FROM documents WHERE trashed = 1)
    AND i.id NOT IN (SELECT item FROM trash WHERE kind = 'issue')"""
LIVE_ARTICLE = "a.id NOT IN (SELECT item FROM trash WHERE kind = 'article')"
FROM = f"""
FROM articles a JOIN issues i ON i.id = a.issue_id AND {LIVE} AND {LIVE_ARTICLE}
  LEFT JOIN sections s ON s.id = a.section_id
"""
# Newest issue first; inside an issue as printed.
ISSUE_ORDER = "i.date IS NULL, i.date DESC, CAST(i.number AS INTEGER) DESC, i.id DESC"
ORDER = f" ORDER BY {ISSUE_ORDER}, a.position"

_THEME_AND_BELOW = """a.id IN (SELECT article_id FROM article_themes WHERE theme_id IN (
  WITH RECURSIVE below(id) AS (SELECT :theme UNION
    SELECT themes.id FROM themes JOIN below ON themes.parent_id = below.id)
  SELECT id FROM below))"""
_CONTAINING = """(a.title LIKE :containing ESCAPE '\\' OR a.source LIKE :containing ESCAPE '\\'
  OR s.name LIKE :containing ESCAPE '\\' OR a.kicker LIKE :containing ESCAPE '\\')"""
_CLAUSES = {
    "year": "coalesce(substr(i.date, 1, 4), '') = :year",
    "issue": "a.issue_id = :issue",
    "section": "coalesce(a.section_id, 0) = :section",
    "theme": _THEME_AND_BELOW,
    "source": "coalesce(a.source, '') = :source",
    "printed": "(coalesce(a.source, ''), coalesce(i.place, '')) IN (SELECT"
    " json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:printed))",
    "collection": "a.id IN (SELECT article_id FROM collection_items"
    " WHERE collection_id = :collection)",
    "ids": "a.id IN (SELECT value FROM json_each(:ids))",
    "containing": _CONTAINING,
}


def where(scope: Scope) -> tuple[str, dict[str, Any]]:
    """The WHERE clause of a scope over the aliases a, i and s, and its parameters."""
    params = {name: getattr(scope, name) for name in _CLAUSES}
    given = {name: value for name, value in params.items() if value is not None}
    if scope.ids is not None:
        given["ids"] = json.dumps(scope.ids)
    if scope.printed is not None:
        given["printed"] = json.dumps(scope.printed)
    if scope.containing is not None:
        given["containing"] = f"%{_escaped(scope.containing)}%"
    clauses = [_CLAUSES[name] for name in given]
    return (" WHERE " + " AND ".join(clauses) if clauses else ""), given


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def in_scope(library: Library, scope: Scope = Scope()) -> list[Article]:  # noqa: B008 - frozen
    """The articles of a scope: a collection in its own order, else newest issue first."""
    clause, params = where(scope)
    rows = library.rows(_COLUMNS + FROM + clause + _order(scope), params)
    return [_article(row) for row in rows]


def _order(scope: Scope) -> str:
    if scope.collection is None:
        return ORDER
    return """ ORDER BY (SELECT position FROM collection_items c
        WHERE c.collection_id = :collection AND c.article_id = a.id)"""


def ids_in_scope(library: Library, scope: Scope) -> list[int]:
    """The ids of a scope's articles, in the same order as ``in_scope``."""
    clause, params = where(scope)
    return [row[0] for row in library.rows("SELECT a.id" + FROM + clause + _order(scope), params)]


# Over the issues in their order, so that only they are sorted and not all articles.
_NEXT = f"""WITH ranked AS (SELECT i.id, row_number() OVER (ORDER BY {ISSUE_ORDER}) AS rank
    FROM issues i WHERE {LIVE}),
  here AS (SELECT r.rank, a.position FROM articles a JOIN ranked r ON r.id = a.issue_id
    WHERE a.id = :article)
  SELECT a.id FROM ranked r JOIN articles a ON a.issue_id = r.id
  WHERE {LIVE_ARTICLE} AND NOT EXISTS (SELECT 1 FROM %s WHERE article_id = a.id)
  ORDER BY (r.rank, a.position) %s (SELECT rank, position FROM here), r.rank %s, a.position %s
  LIMIT 1"""
_ON, _BACK = ("<=", "", ""), (">=", "DESC", "DESC")


def next_unread(library: Library, article: int | None) -> int | None:
    """The first unread article after this one, newest issue first, going round to the beginning.

    Looks from the beginning where ``article`` is None or gone. None where all are read; where only
    this one is unread, it is the next.
    """
    found: int | None = library.value(_NEXT % ("reading", *_ON), {"article": article})
    return found


def next_untagged(library: Library, article: int | None, step: int = 1) -> int | None:
    """The first article without a theme after this one (``step`` 1) or before it (−1).

    Goes round as ``next_unread`` does. None where no other article is without a theme.
    """
    way = _ON if step > 0 else _BACK
    found: int | None = library.value(_NEXT % ("article_themes", *way), {"article": article})
    return None if found == article else found


def count_in_scope(library: Library, scope: Scope) -> int:
    """How many articles a scope holds."""
    clause, params = where(scope)
    return int(library.value("SELECT count(*)" + FROM + clause, params))


def by_id(library: Library, article: int) -> Article:
    """One article. Raises KnownError("article.missing")."""
    found = in_scope(library, Scope(ids=(article,)))
    if not found:
        raise KnownError("article.missing", id=article)
    return found[0]


def _article(row: tuple[Any, ...]) -> Article:
    ids = tuple(int(t) for t in row[15].split(",")) if row[15] else ()
    return Article(*[*row[:13], bool(row[13]), bool(row[14]), ids])


def text_of(library: Library, article: int) -> ArticleText:
    """An article with its paragraphs, cut from the document.

    Raises KnownError("article.missing").
    """
    record = by_id(library, article)
    sql = """SELECT a.parts, a.start, substr(d.text, a.start + 1, a.end - a.start),
        i.title, i.number, i.date_evidence,
        (SELECT text FROM notes n WHERE n.article_id = a.id), d.id
        FROM articles a JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id
        WHERE a.id = ?"""
    parts, start, text, title, number, evidence, note, document = library.rows(sql, [article])[0]
    paragraphs, found = shown(json.loads(parts), text, start, mendings(library, document))
    return ArticleText(record, title, number, evidence, paragraphs, note or "", found)


def shown(
    parts: list[list[Any]], text: str, offset: int, mends: Sequence[Mending]
) -> tuple[tuple[str, ...], tuple[Erratum, ...]]:
    """The paragraphs of a body, mended, and what was mended; ``text`` begins at ``offset``."""
    paragraphs = cut(parts, "body", text, offset, mends)
    if not mends:
        return paragraphs, ()
    starts = [start for role, start, _ in parts if role == "body"]
    printed = cut(parts, "body", text, offset)
    return paragraphs, errata(list(zip(printed, starts, strict=True)), mends)


def cut(
    parts: list[list[Any]], role: str, text: str, offset: int, mends: Sequence[Mending] = ()
) -> tuple[str, ...]:
    """The words of all parts of one role, mended; ``text`` begins at ``offset`` of the document."""
    pieces = [(text[start - offset : end - offset], start) for r, start, end in parts if r == role]
    return tuple(mended(words, start, mends) if mends else words for words, start in pieces)


def mark_read(library: Library, articles: Sequence[int], *, read: bool) -> Change:
    """Keep that articles were read, or not; the Change has no step.

    Reading is no act of the user's hand on the library, so it stands outside the history.
    """
    ids = json.dumps(list(articles))
    with library.transaction() as connection:
        if read:
            sql = """INSERT INTO reading (article_id, read_at) SELECT value, ?2 FROM json_each(?1)
                WHERE value NOT IN (SELECT article_id FROM reading)"""
            count = connection.execute(sql, [ids, now()]).rowcount
        else:
            sql = "DELETE FROM reading WHERE article_id IN (SELECT value FROM json_each(?))"
            count = connection.execute(sql, [ids]).rowcount
    topics: frozenset[Topic] = frozenset(["reading"])
    return Change(None, Message("step.read"), count, topics, frozenset(articles))


@atomic
def mark_scope_read(library: Library, scope: Scope, *, read: bool) -> Change:
    """Keep that all articles of a scope were read, or not; the Change has no step."""
    return mark_read(library, ids_in_scope(library, scope), read=read)._replace(articles=None)


def state(library: Library) -> tuple[int, int, int]:
    """Figures that differ whenever something else is outside the trash than before."""
    sql = "SELECT count(*), coalesce(sum(id), 0), coalesce(max(id), 0) FROM documents"
    count, total, newest = library.rows(f"{sql} WHERE trashed = 0")[0]
    sql = "SELECT count(*), coalesce(sum(id), 0) FROM trash WHERE kind IN ('article', 'issue')"
    entries, sum_of_entries = library.rows(sql)[0]
    return count - entries, total + sum_of_entries, newest


def sample(library: Library, limit: int) -> list[str]:
    """The texts of at most ``limit`` articles, spread evenly over the library."""
    ids = [row[0] for row in library.rows("SELECT a.id" + FROM + " ORDER BY a.id")]
    chosen = ids[:: max(1, -(-len(ids) // limit))]
    sql = """SELECT substr(d.text, a.start + 1, a.end - a.start) FROM articles a
        JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id
        WHERE a.id IN (SELECT value FROM json_each(?))"""
    return [row[0] for row in library.rows(sql, [json.dumps(chosen)])]
