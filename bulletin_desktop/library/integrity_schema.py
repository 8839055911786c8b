"""The tables, indexes and triggers that a library must have, and making lost ones again."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library import migrations, search_index
from bulletin_desktop.library.schema_search import DERIVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.library.store import Library

# What FTS5 makes for a table of its own accord is spelled by SQLite's version.
_ITEMS = r"""SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL
    AND name NOT LIKE 'search\_pairs\_%' ESCAPE '\'
    AND name NOT LIKE 'search\_letters\_%' ESCAPE '\'"""
# The fingerprint of all that the migrations make. A library that has it is sound without a look at
# a new one, which is slow to make; any other is compared item by item.
FINGERPRINT = "463756e7b6b39f01d0d7711e023927a22d87dc0c8959baae21edce87e301d64f"
_NO_MATTER = re.compile(r'[\s"`\[\]]')  # spaces, and the quotes around names


class Item(NamedTuple):
    """One table, index or trigger: ``table`` is the table it belongs to, ``sql`` what makes it."""

    kind: str
    name: str
    table: str
    sql: str


class Fault(NamedTuple):
    """An item that is missing or altered, and whether it can be made again without a loss."""

    item: Item
    mendable: bool


@cache
def expected() -> tuple[Item, ...]:
    """What all migrations together make, read from a new database in memory."""
    from sqlite_utils import Database  # costly to import, and needed only here

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        db = Database(connection, execute_plugins=False, recursive_triggers=False)
        for migration in migrations.MIGRATIONS:
            migration(db)
        return tuple(Item(*row) for row in connection.execute(_ITEMS))


def fingerprint(items: Iterable[Item]) -> str:
    """A digest of the items, the same for any order and spelling of them."""
    lines = sorted(f"{item.kind} {item.name} {_normal(item.sql)}" for item in items)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def tables(library: Library) -> set[str]:
    """The names of the tables that are there. Raises KnownError for a damaged file."""
    return {row[0] for row in library.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}


def faults(library: Library) -> list[Fault]:
    """What is missing or altered; what belongs to such a table goes without saying.

    Raises KnownError for a damaged file.
    """
    items = [Item(*row) for row in library.rows(_ITEMS)]
    if fingerprint(items) == FINGERPRINT:
        return []
    found = {item[:2]: _normal(item.sql) for item in items}
    wrong = [item for item in expected() if found.get(item[:2]) != _normal(item.sql)]
    broken = {item.name for item in wrong if item.kind == "table" and not _is_derived(item)}
    return [
        Fault(item, _is_derived(item) or _is_mendable(library, item))
        for item in wrong
        if item.kind == "table" or item.table not in broken
    ]


def _is_derived(item: Item) -> bool:
    """Whether it is a table of the search index, which is made of the articles."""
    return item.kind == "table" and item.name in DERIVED


def _is_mendable(library: Library, item: Item) -> bool:
    return item.kind != "table" and not _has_doubles(library, item)


def _normal(sql: str) -> str:
    return _NO_MATTER.sub("", sql)


def _has_doubles(library: Library, item: Item) -> bool:
    """Whether a unique index cannot be made, because two rows already have the same values."""
    if not item.sql.startswith("CREATE UNIQUE INDEX"):
        return False
    columns = item.sql.partition("(")[2].partition(")")[0]
    sql = f'SELECT 1 FROM "{item.table}" GROUP BY {columns} HAVING count(*) > 1 LIMIT 1'
    return bool(library.rows(sql))


def remake(library: Library) -> None:
    """Make the indexes and triggers again that are missing or altered, inside a transaction."""
    found = [item for item, mendable in faults(library) if mendable]
    for item in sorted(found, key=lambda item: item.kind != "table"):
        library.connection.execute(f'DROP {item.kind} IF EXISTS "{item.name}"')
        library.connection.execute(item.sql)
    if any(map(_is_derived, found)):
        search_index.forget(library)
