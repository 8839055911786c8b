"""Asking the search index: conditions on articles, and the articles that meet them.

A condition is SQL on a row ``x`` with the columns article, issue, section, source and brief. Such a
row is one of the index or, for articles that the index cannot answer for, one made of the live
tables; where names are numbers in the one and words in the other, the two wordings differ.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bulletin_desktop.library.articles import ISSUE_ORDER, ORDER
from bulletin_desktop.library.schema_search import FIELDS
from bulletin_desktop.library.search_index import LATE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.query import FlagName

Params = tuple[Any, ...]
Table = Literal["search_pairs", "search_letters"]

# So many rows are handed over at once.
_CHUNK = 5000
# A condition that fewer articles meet is where to begin; else the newest are looked through.
_FEW = 5000


class Clause(NamedTuple):
    """A condition: for rows of the index, and for live rows. ``seed`` gives the ids of articles
    that meet it, for conditions that few may meet.
    """

    sql: str
    params: Params = ()
    live: str | None = None
    seed: str | None = None

    @property
    def on_live(self) -> str:
        """The wording for live rows."""
        return self.live or self.sql


class Phrases(NamedTuple):
    """A query of FTS5 on one of the two tables of the index."""

    table: Table
    match: str


class Row(NamedTuple):
    """What the index knows of a hit: ids, numbers of names, and whether it is a brief."""

    article: int
    issue: int
    section: int | None
    source: int | None
    brief: int


class LiveRow(NamedTuple):
    """What Row tells, of an article that the index does not count for: with names."""

    article: int
    issue: int
    section: str | None
    source: str | None
    brief: int


_ROW = "x.article, x.issue, x.section, x.source, x.brief"
EVERYTHING = Clause("1")
NOTHING = Clause("0")
_ANY_OF = "IN (SELECT value FROM json_each(?))"
_FLAGS: dict[str, tuple[str, str | None]] = {
    "starred": ("EXISTS (SELECT 1 FROM stars t WHERE t.article_id = x.article)", "stars"),
    "unread": ("NOT EXISTS (SELECT 1 FROM reading t WHERE t.article_id = x.article)", None),
    "untagged": (
        "NOT EXISTS (SELECT 1 FROM article_themes t WHERE t.article_id = x.article)",
        None,
    ),
    "noted": ("EXISTS (SELECT 1 FROM notes t WHERE t.article_id = x.article)", "notes"),
    "highlighted": (
        "EXISTS (SELECT 1 FROM highlights t WHERE t.article_id = x.article)",
        "highlights",
    ),
}


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def phrases(of: Phrases) -> Clause:
    """Articles in which the index finds phrases; no condition for live rows."""
    return Clause(f"x.id IN (SELECT rowid FROM {of.table} WHERE {of.table} MATCH ?)", (of.match,))


def columns(fields: Iterable[str]) -> str:
    """What keeps a phrase of FTS5 to some of the FIELDS; nothing for all of them."""
    chosen = [field for field in FIELDS if field in set(fields)]
    return "" if len(chosen) == len(FIELDS) else f"{{{' '.join(chosen)}}} : "


def articles(ids: Iterable[int]) -> Clause:
    """These articles."""
    return Clause(
        f"x.article {_ANY_OF}", (_list(ids),), seed="SELECT value AS id FROM json_each(?)"
    )


def issues(ids: Iterable[int]) -> Clause:
    """The articles of these issues."""
    seed = f"SELECT id FROM articles WHERE issue_id {_ANY_OF}"
    return Clause(f"x.issue {_ANY_OF}", (_list(ids),), seed=seed)


def themed(themes: Iterable[int]) -> Clause:
    """Articles with one of these themes."""
    return _linked("article_themes", "theme_id", themes)


def collected(collections: Iterable[int]) -> Clause:
    """Articles in one of these collections."""
    return _linked("collection_items", "collection_id", collections)


def _linked(table: str, column: str, ids: Iterable[int]) -> Clause:
    sql = f"""EXISTS (SELECT 1 FROM {table} t
        WHERE t.article_id = x.article AND t.{column} {_ANY_OF})"""
    seed = f"SELECT DISTINCT article_id AS id FROM {table} WHERE {column} {_ANY_OF}"
    return Clause(sql, (_list(ids),), seed=seed)


def named(field: Literal["section", "source"], names: Iterable[str]) -> Clause:
    """Articles whose section or source is one of these."""
    numbers = f"x.{field} IN (SELECT id FROM search_names WHERE name {_ANY_OF})"
    sources = f"SELECT id FROM articles WHERE source {_ANY_OF}"
    seed = sources if field == "source" else None
    return Clause(numbers, (_list(names),), f"x.{field} {_ANY_OF}", seed)


def placed(places: Iterable[str]) -> Clause:
    """Articles of issues whose bulletin is that of one of these places."""
    sql = f"x.issue IN (SELECT id FROM issues WHERE coalesce(place, '') {_ANY_OF})"
    return Clause(sql, (_list(places),))


def dated(since: str | None, until: str | None) -> Clause:
    """Articles of issues in a stretch of time, both ends as ISO prefixes and inclusive.

    A date of which only the year is known lies in no part of that year.
    """
    sql = """SELECT id FROM issues WHERE date IS NOT NULL
        AND date >= coalesce(?, '') AND substr(date, 1, length(?)) <= ?"""
    end = until or "9999"
    seed = f"SELECT id FROM articles WHERE issue_id IN ({sql})"
    return Clause(f"x.issue IN ({sql})", (since, end, end), seed=seed)


def briefs(brief: bool) -> Clause:
    """Briefs, or the articles that are none."""
    return Clause("x.brief = ?", (int(brief),))


def flagged(name: FlagName) -> Clause:
    """Articles with a mark."""
    sql, table = _FLAGS[name]
    return Clause(sql, seed=f"SELECT article_id AS id FROM {table}" if table else None)


def negated(clause: Clause) -> Clause:
    """What does not meet a condition."""
    return Clause(f"NOT ({clause.sql})", clause.params, f"NOT ({clause.on_live})")


def joined(parts: Sequence[Clause], by: Literal["AND", "OR"]) -> Clause:
    """All conditions, or one of them at least; everything where there is none.

    They are joined in halves, since SQLite takes no expression that is deep.
    """
    if not parts:
        return EVERYTHING
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    one, other = joined(parts[:half], by), joined(parts[half:], by)
    sql, live = f"({one.sql} {by} {other.sql})", f"({one.on_live} {by} {other.on_live})"
    return Clause(sql, one.params + other.params, live)


class Question(NamedTuple):
    """What articles are wanted: where to begin, and the condition.

    ``words`` is a query of the index in whose order the articles come; without it ``seed`` may be a
    condition that few articles meet; else all are looked through. ``apart`` are articles for which
    the index is not asked, as it is not for those that wait for it.
    """

    clause: Clause
    words: Phrases | None = None
    seed: Clause | None = None
    apart: tuple[int, ...] = ()


_LIVE = """x.issue NOT IN (SELECT i.id FROM documents d
    CROSS JOIN issues i ON i.document_id = d.id WHERE d.trashed = 1
    UNION ALL SELECT item FROM trash WHERE kind = 'issue')
    AND x.article NOT IN (SELECT item FROM trash WHERE kind = 'article')"""
_CURRENT = f"""x.article NOT IN (SELECT article FROM search_waiting)
    AND x.article NOT {_ANY_OF}"""


def _from(question: Question) -> tuple[str, list[Any], str]:
    """FROM and WHERE of a question to the index, its parameters, and the number to sort by."""
    where = f"{question.clause.sql} AND {_LIVE} AND {_CURRENT}"
    params: list[Any] = [*question.clause.params, _list(question.apart)]
    # A cross join keeps the order of the tables: from the few to their rows.
    if question.words:
        table, match = question.words
        sql = f"FROM {table} f CROSS JOIN search_rows x ON x.id = f.rowid WHERE {table} MATCH ?"
        return f"{sql} AND {where}", [match, *params], "f.rowid"
    if question.seed:
        sql = f"FROM ({question.seed.seed}) t CROSS JOIN search_rows x ON x.article = t.id"
        return f"{sql} WHERE {where}", [*question.seed.params, *params], "x.id"
    return f"FROM search_rows x WHERE {where}", params, "x.id"


def is_few(library: Library, clause: Clause) -> bool:
    """Whether so few articles meet a condition that it is the place to begin."""
    if clause.seed is None:
        return False
    sql = f"SELECT count(*) FROM (SELECT 1 FROM ({clause.seed}) LIMIT ?)"
    return int(library.value(sql, [*clause.params, _FEW])) < _FEW


def newest(library: Library, question: Question, limit: int) -> list[int]:
    """So many articles, newest first, as far as the index is in order."""
    sql, params, number = _from(question)
    sql = f"SELECT x.article {sql} AND {number} < ? ORDER BY {number} LIMIT ?"
    return [row[0] for row in library.rows(sql, [*params, LATE, limit])]


def late(library: Library, question: Question) -> list[Row]:
    """The articles that stand in the index in no order."""
    sql, params, number = _from(question)
    sql = f"SELECT {_ROW} {sql} AND {number} >= ?"
    return [Row(*row) for row in library.rows(sql, [*params, LATE])]


def ordered(library: Library, question: Question) -> Iterator[list[Row]]:
    """All articles but the late ones, newest first, some at a time."""
    sql, params, number = _from(question)
    sql = f"SELECT {_ROW} {sql} AND {number} < ? ORDER BY {number}"
    yield from library.chunks(sql, [*params, LATE], _CHUNK)


def live(library: Library, clause: Clause, ids: Sequence[int]) -> list[LiveRow]:
    """Those of some articles that meet a condition, asked of the live tables."""
    sql = f"""SELECT {_ROW} FROM (SELECT a.id AS article, a.issue_id AS issue,
          s.name AS section, a.source AS source, a.kind = 'brief' AS brief
        FROM articles a LEFT JOIN sections s ON s.id = a.section_id WHERE a.id {_ANY_OF}) x
        WHERE {_LIVE} AND {clause.on_live}"""
    return [LiveRow(*row) for row in library.rows(sql, [_list(ids), *clause.params])]


def in_order(library: Library, ids: Sequence[int]) -> list[int]:
    """The articles newest first, inside an issue as printed."""
    sql = f"""SELECT a.id FROM articles a JOIN issues i ON i.id = a.issue_id
        WHERE a.id {_ANY_OF} {ORDER}"""
    return [row[0] for row in library.rows(sql, [_list(ids)])]


def by_source(library: Library, ids: Sequence[int]) -> list[int]:
    """The articles by their sources, those without one last; of one source the newest first."""
    sql = f"""SELECT a.id FROM articles a JOIN issues i ON i.id = a.issue_id
        WHERE a.id {_ANY_OF}
        ORDER BY a.source IS NULL, a.source, {ISSUE_ORDER}, a.position"""
    return [row[0] for row in library.rows(sql, [_list(ids)])]


def issue_of(library: Library, ids: Sequence[int]) -> Callable[[int], int]:
    """What gives the issue of each of these articles."""
    sql = f"SELECT id, issue_id FROM articles WHERE id {_ANY_OF}"
    return dict(library.rows(sql, [_list(ids)])).__getitem__


def ranks(library: Library) -> dict[int, int]:
    """The place of each issue, the newest first."""
    rows = library.rows(f"SELECT i.id FROM issues i ORDER BY {ISSUE_ORDER}")
    return {issue: rank for rank, (issue,) in enumerate(rows)}


def waiting(library: Library) -> list[int]:
    """The articles outside the trash that wait for the index."""
    sql = f"""SELECT x.article FROM (SELECT w.article, a.issue_id AS issue
        FROM search_waiting w CROSS JOIN articles a ON a.id = w.article) x WHERE {_LIVE}"""
    return [row[0] for row in library.rows(sql)]


def all_live(library: Library) -> list[int]:
    """All articles outside the trash."""
    sql = "SELECT x.article FROM (SELECT id AS article, issue_id AS issue FROM articles) x"
    return [row[0] for row in library.rows(f"{sql} WHERE {_LIVE}")]


def names(library: Library, numbers: Iterable[int]) -> dict[int, str]:
    """The names behind the numbers of sections and sources."""
    sql = f"SELECT id, name FROM search_names WHERE id {_ANY_OF}"
    return dict(library.rows(sql, [_list(numbers)]))


def sections(library: Library) -> list[str]:
    """The names of all sections, and others: what the index has names for."""
    waiting = """SELECT s.name FROM search_waiting w CROSS JOIN articles a ON a.id = w.article
        CROSS JOIN sections s ON s.id = a.section_id"""
    return [row[0] for row in library.rows(f"SELECT name FROM search_names UNION {waiting}")]


def sources(library: Library) -> list[str]:
    """All different printed sources, from one to the next in their index."""
    sql = """WITH RECURSIVE each(source) AS (SELECT min(source) FROM articles
      UNION ALL SELECT (SELECT min(source) FROM articles WHERE source > each.source)
      FROM each WHERE each.source IS NOT NULL)
      SELECT source FROM each WHERE source IS NOT NULL"""
    return [row[0] for row in library.rows(sql)]


def issue_years(library: Library, wanted: Collection[int]) -> dict[int, str]:
    """The years of those issues that have a date; of others too where many are wanted."""
    sql = "SELECT id, substr(date, 1, 4) FROM issues WHERE date IS NOT NULL"
    if len(wanted) > _CHUNK:
        return dict(library.rows(sql))
    return dict(library.rows(f"{sql} AND id {_ANY_OF}", [_list(wanted)]))


def issue_names(library: Library) -> list[tuple[int, str | None, str | None, str | None]]:
    """Each issue with its title, number and total number."""
    rows: list[Any] = library.rows("SELECT id, title, number, total_number FROM issues")
    return rows


def themes_on(library: Library, ids: Sequence[int]) -> list[tuple[int, int]]:
    """The themes of some articles, as pairs of article and theme."""
    sql = """SELECT t.article_id, t.theme_id FROM json_each(?) j
        CROSS JOIN article_themes t ON t.article_id = j.value"""
    rows: list[Any] = library.rows(sql, [_list(ids)])
    return rows


def notes(library: Library, *, private: bool = True) -> dict[int, str]:
    """What was noted on articles, on their passages, and on the issues that they are the first of,
    as one text an article; ``private`` ones too, or not.
    """
    sql = """SELECT article, text FROM (
        SELECT article_id AS article, text, private FROM notes
        UNION ALL SELECT h.article_id, n.text, n.private FROM notes n
          JOIN highlights h ON h.id = n.highlight_id
        UNION ALL SELECT (SELECT id FROM articles WHERE issue_id = n.issue_id
          ORDER BY position LIMIT 1), n.text, n.private FROM notes n)
        WHERE article NOT NULL AND private <= ?"""
    return _joined_texts(library.rows(sql, [int(private)]))


def quotes(library: Library) -> dict[int, str]:
    """The words of the passages that are marked in articles, as one text an article."""
    sql = "SELECT article_id, quote FROM highlights WHERE article_id NOT NULL ORDER BY start, id"
    return _joined_texts(library.rows(sql))


def _joined_texts(rows: Iterable[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for article, text in rows:
        found[article] = f"{found[article]}\n{text}" if article in found else text
    return found


def count_rows(library: Library) -> int:
    """How many articles the index has."""
    return int(library.value("SELECT count(*) FROM search_rows"))


def frequency(library: Library, of: Phrases, most: int) -> int:
    """In how many articles the index finds phrases, counted up to ``most``."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {of.table} WHERE {of.table} MATCH ? LIMIT ?)"
    return int(library.value(sql, [of.match, most]))


def having(library: Library, of: Phrases) -> list[int]:
    """The articles outside the trash in which the index finds phrases."""
    sql = f"""SELECT x.article FROM {of.table} f CROSS JOIN search_rows x ON x.id = f.rowid
        WHERE {of.table} MATCH ? AND {_LIVE}"""
    return [row[0] for row in library.rows(sql, [of.match])]
