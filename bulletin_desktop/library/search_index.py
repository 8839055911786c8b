"""The search index: what waits for it, and putting articles in.

What the tokens of an article are is no matter of this module; it gives each article the number by
which the newest come first, and forgets what is out of date.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletin_desktop.library.articles import cut
from bulletin_desktop.library.overlay import mendings
from bulletin_desktop.library.schema_search import FIELDS, INDEX_TABLES, START

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from bulletin_desktop.library.store import Library

# Where the numbers begin that follow the date, with room before them for what is newer; and those
# in no order, of articles that came in or were changed later.
_FIRST = 1 << 28
LATE = 1 << 40
# Kilobytes of new words that FTS5 holds before it writes them; how many pages a merge writes; and
# the segments that it may leave apart while much comes in.
_HASH = 32 << 20
_PAGES = 600
_APART = 2000
# Else it merges nothing while somebody waits, until there are sixteen segments; ``tidy`` does.
_USUAL = {"automerge": 0, "usermerge": 4, "crisismerge": 16, "hashsize": 1 << 20}
_SEGMENTS = 8
_TABLES = ("search_pairs", "search_letters")
_NEWEST_FIRST = "coalesce(i.date, '') DESC, coalesce(CAST(i.number AS INTEGER), -1) DESC, i.id DESC"

IssueKey = tuple[str, int, int]


class Printed(NamedTuple):
    """The words of an article that are searched, misprints mended; ``key`` places its issue."""

    key: IssueKey
    article: int
    issue: int
    position: int
    section: str | None
    brief: bool
    kicker: str | None
    title: str | None
    subtitle: str | None
    author: str | None
    source: str | None
    body: str


class Entry(NamedTuple):
    """An article as the index takes it: tokens for each of its FIELDS, and its single letters."""

    printed: Printed
    fields: tuple[str, ...]
    letters: str


class Range(NamedTuple):
    """How far the numbers reach that follow the date, and the issues at both ends.

    ``oldest`` is the next number there, as is ``late`` among those in no order.
    """

    newest: int
    oldest: int
    late: int
    newest_key: IssueKey | None
    oldest_key: IssueKey | None


def version(library: Library) -> str:
    """By which rules the index was made; "" where it was not yet."""
    return str(library.value("SELECT version FROM search_state"))


def begin_anew(library: Library, version: str) -> None:
    """Empty the index for other rules, inside a transaction; all articles wait."""
    connection = library.connection
    for table in _TABLES:
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
    for table in ("search_rows", "search_names", "search_state"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute(
        "INSERT INTO search_state (id, version, newest, oldest, late) VALUES (1, ?, ?, ?, ?)",
        [version, _FIRST, _FIRST, LATE],
    )
    connection.execute("INSERT OR IGNORE INTO search_waiting SELECT id FROM articles")
    _configure(library, **_USUAL)


def remake(library: Library) -> None:
    """Throw the tables of the index away and make them anew, inside a transaction."""
    for table, sql in zip(_TABLES, INDEX_TABLES, strict=True):
        library.connection.execute(f"DROP TABLE IF EXISTS {table}")
        library.connection.execute(sql)
    forget(library)


def forget(library: Library) -> None:
    """Let the whole index be made anew before it is used again."""
    library.connection.execute(START)


def count_waiting(library: Library) -> int:
    """How many articles are not in the index as they are now."""
    return int(library.value("SELECT count(*) FROM search_waiting"))


def count_late(library: Library) -> tuple[int, int]:
    """How many numbers were given in no order, and how many at all."""
    newest, oldest, late = library.rows("SELECT newest, oldest, late FROM search_state")[0]
    return late - LATE, oldest - newest + late - LATE


def waiting_issues(library: Library) -> list[tuple[int, int]]:
    """The issues with articles that wait, newest first, each with how many."""
    sql = f"""SELECT i.id, count(*) FROM search_waiting w CROSS JOIN articles a ON a.id = w.article
        CROSS JOIN issues i ON i.id = a.issue_id GROUP BY i.id ORDER BY {_NEWEST_FIRST}"""
    return [(issue, count) for issue, count in library.rows(sql)]


_PRINTED = """SELECT i.document_id, coalesce(i.date, ''),
    coalesce(CAST(i.number AS INTEGER), -1), i.id, a.id, a.position, s.name, a.kind = 'brief',
    a.kicker, a.title, a.subtitle, a.author, a.source, a.parts
    FROM articles a JOIN issues i ON i.id = a.issue_id LEFT JOIN sections s ON s.id = a.section_id
    WHERE {} ORDER BY i.document_id, i.position, a.position"""


def waiting_of(library: Library, issue: int) -> Iterator[Printed]:
    """The articles of an issue that wait."""
    return _printed(library, "i.id = ? AND a.id IN (SELECT article FROM search_waiting)", issue)


def words_of(library: Library, articles: Sequence[int]) -> Iterator[Printed]:
    """The words of these articles as they are now."""
    which = "a.id IN (SELECT value FROM json_each(?))"
    return _printed(library, which, json.dumps(list(articles)))


def _printed(library: Library, which: str, param: object) -> Iterator[Printed]:
    rows = library.rows(_PRINTED.format(which), [param])
    for document, group in groupby(rows, key=lambda row: row[0]):
        text = library.value("SELECT text FROM documents WHERE id = ?", [document])
        mends = mendings(library, document)
        for _, date, number, issue, article, position, *facts, parts in group:
            body = "\n".join(cut(json.loads(parts), "body", text, 0, mends))
            key = (date, number, issue)
            yield Printed._make((key, article, issue, position, *facts, body))


def put(library: Library, entries: Iterable[Entry]) -> None:
    """Put articles into the index, inside a transaction; they wait no longer."""
    connection = library.connection
    numbered = _numbered(connection, list(entries))
    articles = [(entry.printed.article,) for _, entry in numbered]
    connection.executemany("DELETE FROM search_rows WHERE article = ?", articles)
    names = _names(library, numbered)
    fields = ", ".join(FIELDS)
    signs = ", ".join("?" * len(FIELDS))
    connection.executemany(
        f"INSERT INTO search_pairs (rowid, {fields}) VALUES (?, {signs})",
        ((number, *entry.fields) for number, entry in numbered),
    )
    connection.executemany(
        "INSERT INTO search_letters (rowid, text) VALUES (?, ?)",
        ((number, entry.letters) for number, entry in numbered),
    )
    connection.executemany(
        "INSERT INTO search_rows VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, p.article, p.issue, names.get(p.section), names.get(p.source), p.brief)
            for number, (p, _, _) in numbered
        ),
    )
    connection.executemany("DELETE FROM search_waiting WHERE article = ?", articles)


def _names(library: Library, numbered: list[tuple[int, Entry]]) -> dict[str | None, int]:
    """The numbers of sections and sources."""
    used = {name for _, entry in numbered for name in (entry.printed.section, entry.printed.source)}
    known = [(name,) for name in used if name is not None]
    library.connection.executemany("INSERT OR IGNORE INTO search_names (name) VALUES (?)", known)
    sql = """SELECT name, id FROM search_names
        WHERE name IN (SELECT value FROM json_each(?))"""
    return dict(library.rows(sql, [json.dumps([name for (name,) in known])]))


def _numbered(connection: sqlite3.Connection, entries: list[Entry]) -> list[tuple[int, Entry]]:
    """Each article with its number, in rising order.

    Before or behind all that are there if its issue is newer or older than those, else late. Inside
    an issue as printed.
    """
    sql = "SELECT newest, oldest, late, newest_key, oldest_key FROM search_state"
    newest, oldest, late, *keys = connection.execute(sql).fetchone()
    reach = Range(newest, oldest, late, *(tuple(json.loads(key)) if key else None for key in keys))
    parts: tuple[list[Entry], list[Entry], list[Entry]] = ([], [], [])
    newer, older, others = parts
    first, last = reach.newest_key, reach.oldest_key
    for issue, group in groupby(_newest_first(entries), key=_key):
        if reach.newest_key is not None and issue > reach.newest_key:
            first = first if newer else issue
            newer += group
        elif last is None or issue < last:
            first, last = first or issue, issue
            older += group
        else:
            others += group
    connection.execute(
        "UPDATE search_state SET newest = ?, oldest = ?, late = ?, newest_key = ?, oldest_key = ?",
        [newest - len(newer), oldest + len(older), late + len(others), _json(first), _json(last)],
    )
    starts = (newest - len(newer), oldest, late)
    return [
        (start + at, entry)
        for start, part in zip(starts, parts, strict=True)
        for at, entry in enumerate(part)
    ]


def _key(entry: Entry) -> IssueKey:
    return entry.printed.key


def _newest_first(entries: list[Entry]) -> list[Entry]:
    as_printed = sorted(entries, key=lambda entry: entry.printed.position)
    return sorted(as_printed, key=_key, reverse=True)  # which leaves equal ones in their order


def _json(key: IssueKey | None) -> str | None:
    return json.dumps(key) if key else None


# FTS5 writes what is new beside what it has, in segments that are merged later. Where much comes
# in, merging once at the end is quicker; and a single change need not wait for any merging.


def let_scatter(library: Library) -> None:
    """Leave merging to ``gather``, inside a transaction: much is to come in."""
    _configure(library, automerge=0, usermerge=16, crisismerge=_APART, hashsize=_HASH)
    library.connection.execute("UPDATE search_state SET scattered = 1")


def is_scattered(library: Library) -> bool:
    """Whether merging was left to ``gather``."""
    return bool(library.value("SELECT scattered FROM search_state"))


def gather(library: Library, *, wholly: bool, first: bool) -> bool:
    """Merge a part of the index, inside a transaction; says whether there is more to merge.

    ``wholly`` all becomes one segment in the end, which ``first`` begins and must be said once;
    else what came in since becomes one.
    """
    more = False
    for table in _TABLES:
        before = library.connection.total_changes
        sql = f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)"
        library.connection.execute(sql, [-_PAGES if wholly and first else _PAGES])
        more |= library.connection.total_changes - before >= 2  # as FTS5 says that it did something
    if wholly and not more:
        _configure(library, **_USUAL)
        library.connection.execute("UPDATE search_state SET scattered = 0")
    return more


def tidy(library: Library) -> bool:
    """Merge a little of what single changes have left; says whether there is more to do."""
    sql = """WITH RECURSIVE each(segment) AS (SELECT min(segid) FROM search_pairs_idx
      UNION ALL SELECT (SELECT min(segid) FROM search_pairs_idx WHERE segid > each.segment)
      FROM each WHERE each.segment IS NOT NULL) SELECT count(segment) FROM each"""
    if library.value(sql) <= _SEGMENTS:
        return False
    with library.transaction() as connection:
        before = connection.total_changes
        for table in _TABLES:
            sql = f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)"
            connection.execute(sql, [_PAGES])
        return connection.total_changes - before > len(_TABLES)


def _configure(library: Library, **values: int) -> None:
    for table in _TABLES:
        for name, value in values.items():
            sql = f"INSERT INTO {table}({table}, rank) VALUES (?, ?)"
            library.connection.execute(sql, [name, value])


def faults(library: Library) -> list[str]:
    """What is wrong with the index itself: a damaged table, an article that is nowhere in it."""
    import sqlite3

    found: list[str] = []
    for table in _TABLES:
        try:
            sql = f"INSERT INTO {table}({table}) VALUES ('integrity-check')"
            library.connection.execute(sql)
        except sqlite3.DatabaseError:
            found.append(table)
    sql = """SELECT id FROM articles WHERE id NOT IN (SELECT article FROM search_rows)
        AND id NOT IN (SELECT article FROM search_waiting) LIMIT 20"""
    found += [f"articles {row[0]}" for row in library.rows(sql)]
    return found


def some_articles(library: Library, limit: int) -> list[int]:
    """At most so many articles, spread evenly over the library."""
    count = library.value("SELECT count(*) FROM search_rows")
    sql = "SELECT article FROM search_rows WHERE article % ? = 0 LIMIT ?"
    return [row[0] for row in library.rows(sql, [max(1, count // limit), limit])]


def entries(library: Library, articles: Sequence[int]) -> list[tuple[int, int]]:
    """The numbers in the index of these articles that do not wait, with the articles."""
    sql = """SELECT id, article FROM search_rows WHERE article IN (SELECT value FROM json_each(?))
        AND article NOT IN (SELECT article FROM search_waiting)"""
    rows: list[Any] = library.rows(sql, [json.dumps(list(articles))])
    return [(number, article) for number, article in rows]


def holds(library: Library, number: int, phrase: str) -> bool:
    """Whether the index has a phrase of pairs for the article of this number."""
    sql = "SELECT 1 FROM search_pairs WHERE rowid = ? AND search_pairs MATCH ?"
    return bool(library.rows(sql, [number, phrase]))
