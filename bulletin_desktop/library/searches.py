"""The searches that the user keeps: smart collections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library


class Row(NamedTuple):
    """A kept search as it is stored; ``options`` is JSON."""

    id: int
    name: str
    query: str
    options: str


def all_rows(library: Library) -> list[Row]:
    """All kept searches in the order in which they were made."""
    sql = "SELECT id, name, query, options FROM searches ORDER BY id"
    return [Row(*row) for row in library.rows(sql)]


def insert(library: Library, name: str, query: str, options: str) -> int:
    """Keep a new search; gives its id."""
    cursor = library.connection.execute(
        "INSERT INTO searches (name, query, options) VALUES (?, ?, ?)", [name, query, options]
    )
    return int(cursor.lastrowid or 0)


def rename(library: Library, search: int, name: str) -> None:
    """Give a kept search another name."""
    library.connection.execute("UPDATE searches SET name = ? WHERE id = ?", [name, search])


def replace(library: Library, search: int, query: str, options: str) -> None:
    """Let a kept search look for something else."""
    library.connection.execute(
        "UPDATE searches SET query = ?, options = ? WHERE id = ?", [query, options, search]
    )
