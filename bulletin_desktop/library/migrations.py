"""Bringing a library to the current schema version, one transaction a step, after a backup."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bulletin_desktop.library.connection import APPLICATION_ID
from bulletin_desktop.library.copying import copy_into
from bulletin_desktop.library.schema import (
    add_annotations,
    add_compiling,
    add_corrections,
    add_places,
    add_search,
    create_first_version,
)
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.replacing import placing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database

# MIGRATIONS[n] brings a library of version n to version n + 1; only ever append.
MIGRATIONS: list[Callable[[Database], None]] = [
    create_first_version,
    add_places,
    add_corrections,
    add_search,
    add_annotations,
    add_compiling,
]


def migrate(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Apply what is missing; gives the backup's path where one was taken.

    Raises KnownError("library.newer") for a library that a newer program wrote, and
    KnownError("library.damaged") for one that has lost its version.
    """
    # In this order: a library that another program makes meanwhile has its version with its tables.
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    version = _version(connection)
    if tables and not version:
        raise KnownError("library.damaged", path=str(path))
    if version > len(MIGRATIONS):
        raise KnownError("library.newer", path=str(path), version=version, known=len(MIGRATIONS))
    if version == len(MIGRATIONS):
        return None
    backup = back_up(connection, path, version) if version else None
    from sqlite_utils import Database  # costly to import, and needed only here

    db = Database(connection, execute_plugins=False, recursive_triggers=False)
    for number in range(version, len(MIGRATIONS)):
        _apply(db, number)
    return backup


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _apply(db: Database, number: int) -> None:
    with db.atomic():
        # Taking the write lock first: of two starting programs one migrates and the other waits.
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        if _version(db.conn) > number:
            return
        MIGRATIONS[number](db)
        db.execute(f"PRAGMA user_version={number + 1}")


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the whole library beside itself, named by version and time; gives the copy's path."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    target = path.with_name(f"{path.stem}.v{version}-{stamp}.backup{path.suffix}")
    with placing(target) as unfinished:
        copy_into(connection, unfinished)
    return target
