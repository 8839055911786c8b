"""What the user said of units, the sources that bulletins print, and whose bulletins they are."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library.articles import FROM, LIVE, where
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.model.units import Printed, UnitName, UnitRuling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.library.store import Library

_REACH = 5_000  # characters of an issue that say whose bulletin it is


class Rulings(NamedTuple):
    """All that the user said of units."""

    units: dict[str, UnitRuling]
    names: list[UnitName]
    sources: dict[Printed, tuple[str, ...]]


class IssueWords(NamedTuple):
    """What an issue tells of whose bulletin it is."""

    id: int
    title: str | None
    masthead: str | None
    distribution: str | None
    sources: tuple[str, ...]
    text: str


def printed(library: Library, scope: Scope = Scope()) -> dict[Printed, int]:  # noqa: B008 - frozen
    """The sources that are printed in a scope, by place, with the count of their articles."""
    clause, params = where(scope)
    sql = f"""SELECT a.source, coalesce(i.place, ''), count(*) {FROM} {clause}
        {"AND" if clause else "WHERE"} a.source IS NOT NULL GROUP BY 1, 2"""
    return {Printed(source, place): n for source, place, n in library.rows(sql, params)}


def printed_of(library: Library, article: int) -> Printed | None:
    """The source of an article as printed; None where it has none, or is not there."""
    sql = """SELECT a.source, coalesce(i.place, '') FROM articles a JOIN issues i
        ON i.id = a.issue_id WHERE a.id = ? AND a.source IS NOT NULL"""
    found = library.rows(sql, [article])
    return Printed(*found[0]) if found else None


def rulings(library: Library) -> Rulings:
    """All that the user said."""
    units = library.rows("SELECT key, name, parent, merged FROM units ORDER BY id")
    names = library.rows("SELECT unit, name, place FROM unit_names ORDER BY id")
    sources = library.rows("SELECT source, place, units FROM source_units ORDER BY id")
    return Rulings(
        {row[0]: UnitRuling(*row) for row in units},
        [UnitName(*row) for row in names],
        {Printed(source, place): tuple(json.loads(keys)) for source, place, keys in sources},
    )


def put_unit(library: Library, ruling: UnitRuling) -> None:
    """Keep what was said of a unit; one of which nothing is said has no row."""
    connection = library.connection
    if ruling == UnitRuling(ruling.key):
        connection.execute("DELETE FROM units WHERE key = ?", [ruling.key])
        return
    sql = """INSERT INTO units (key, name, parent, merged) VALUES (?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, parent = excluded.parent,
        merged = excluded.merged"""
    connection.execute(sql, ruling)


def put_name(library: Library, name: UnitName) -> None:
    """Give a name to a unit, taking it from another that has it."""
    sql = """INSERT INTO unit_names (unit, name, place) VALUES (?, ?, ?)
        ON CONFLICT (name, place) DO UPDATE SET unit = excluded.unit"""
    library.connection.execute(sql, name)


def delete_name(library: Library, name: UnitName) -> None:
    """Take a name from a unit."""
    sql = "DELETE FROM unit_names WHERE unit = ? AND name = ? AND place = ?"
    library.connection.execute(sql, name)


def put_source(library: Library, source: Printed, units: Sequence[str] | None) -> None:
    """Keep which units a printed source means; None lets it be inferred again."""
    connection = library.connection
    if units is None:
        sql = "DELETE FROM source_units WHERE source = ? AND place = ?"
        connection.execute(sql, source)
        return
    sql = """INSERT INTO source_units (source, place, units) VALUES (?, ?, ?)
        ON CONFLICT (source, place) DO UPDATE SET units = excluded.units"""
    connection.execute(sql, [*source, json.dumps(units, ensure_ascii=False)])


def unplaced(library: Library, limit: int) -> list[int]:
    """The ids of at most ``limit`` issues of which nobody has asked yet whose bulletin they are."""
    sql = f"SELECT i.id FROM issues i WHERE {LIVE} AND i.place IS NULL LIMIT ?"
    return [row[0] for row in library.rows(sql, [limit])]


def issue_words(library: Library, issues: Iterable[int]) -> list[IssueWords]:
    """What issues tell of whose bulletins they are."""
    sql = """SELECT i.document_id, i.id, i.title, i.masthead, i.distribution,
        (SELECT json_group_array(source) FROM articles WHERE issue_id = i.id AND source NOT NULL),
        (SELECT min(start) FROM articles WHERE issue_id = i.id)
        FROM issues i WHERE i.id IN (SELECT value FROM json_each(?)) ORDER BY i.document_id"""
    found: list[IssueWords] = []
    rows = library.rows(sql, [json.dumps(list(issues))])
    for document, members in groupby(rows, key=itemgetter(0)):
        # Once for all its issues: SQLite would step over the whole text for each.
        text = str(library.value("SELECT text FROM documents WHERE id = ?", [document]))
        for _, issue, title, masthead, distribution, sources, start in members:
            words = "" if start is None else text[start : start + _REACH]
            told = tuple(json.loads(sources))
            found.append(IssueWords(issue, title, masthead, distribution, told, words))
    return found


def set_places(library: Library, places: Iterable[tuple[int, str]]) -> None:
    """Keep whose bulletins issues are, "" where that is unknown.

    That is inferred and can be again, so it stands outside the history.
    """
    with library.transaction() as connection:
        sql = "UPDATE issues SET place = ? WHERE id = ?"
        connection.executemany(sql, [(place, issue) for issue, place in places])
