"""Opening the library file, and SQLite's errors in the user's terms."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x42444C42  # "BDLB", so that file(1) and desktops can tell a library
BUSY_MILLISECONDS = 5000
# Enough for the upper levels of the search index of a large library; SQLite takes what it needs.
_CACHE_KILOBYTES = 16_384
_HEADER = b"SQLite format 3\x00"
_OWNER_PLACE = 68  # where the header holds the application id

FileId = tuple[int, int]

_CODES = {
    sqlite3.SQLITE_FULL: "library.disk_full",
    sqlite3.SQLITE_READONLY: "library.read_only",
    sqlite3.SQLITE_BUSY: "library.locked",
    sqlite3.SQLITE_LOCKED: "library.locked",
    sqlite3.SQLITE_NOTADB: "library.not_sqlite",
    sqlite3.SQLITE_CANTOPEN: "library.cannot_open",
    sqlite3.SQLITE_PERM: "library.cannot_open",
    sqlite3.SQLITE_CORRUPT: "library.damaged",
    sqlite3.SQLITE_IOERR: "library.io_error",
    sqlite3.SQLITE_INTERRUPT: "library.interrupted",
}


# What SQLite and its Python module say where a page was overwritten or a table is gone.
_SIGNS_OF_DAMAGE = ("no such table", "Could not decode to UTF-8")


@contextmanager
def known_errors(path: Path) -> Iterator[None]:
    """Turn SQLite errors that come from the user's environment into KnownError.

    Raises KnownError for a full disk, a lock, a damaged or foreign file; other errors pass: they
    are bugs.
    """
    try:
        yield
    except sqlite3.Error as error:
        primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        code = _CODES.get(primary)
        if code is None and str(error).startswith(_SIGNS_OF_DAMAGE):
            code = "library.damaged"
        if code is None:
            raise
        raise KnownError(code, path=str(path)) from error


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection in autocommit mode with WAL, synchronous FULL and foreign keys.

    Raises KnownError where the path is missing (unless ``create``), a directory, read-only, locked,
    not SQLite, or another program's database.
    """
    _check_path(path, create)
    with known_errors(path):
        # Absolute, since SQLite takes some names for its own: ":memory:" is no library.
        connection = sqlite3.connect(
            path.absolute(), isolation_level=None, timeout=BUSY_MILLISECONDS / 1000
        )
        try:
            _check_owner(connection, path, create)
            _use_write_ahead_log(connection)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KILOBYTES}")
        except BaseException:
            connection.close()
            raise
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch a new library over; SQLite itself does not wait here for another program."""
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _check_path(path: Path, create: bool) -> None:
    try:
        _look_at(path, create)
    except OSError as error:  # a folder that lets nobody look, a name that is too long
        raise KnownError("library.cannot_open", path=str(path)) from error


def _look_at(path: Path, create: bool) -> None:
    if path.is_dir():
        raise KnownError("library.is_directory", path=str(path))
    if not path.exists():
        if not create:
            raise KnownError("library.missing", path=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        return
    if not os.access(path, os.R_OK):
        raise KnownError("library.cannot_open", path=str(path))
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise KnownError("library.read_only", path=str(path))
    if not create and path.stat().st_size == 0:
        raise KnownError("library.not_sqlite", path=str(path))


def _check_owner(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    # In this order: a library that another program makes meanwhile has its owner with its tables.
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner == APPLICATION_ID:
        return
    if tables or owner:
        raise KnownError("library.foreign", path=str(path))
    if not create:
        raise KnownError("library.not_sqlite", path=str(path))


def file_id(path: Path) -> FileId | None:
    """What tells a file from another that takes its path later; None where there is none.

    Where the system numbers no files the second figure is 0.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class OpenFiles:
    """The libraries that this process has open, each as often as it is.

    Nobody may open such a file but SQLite: on POSIX, closing it takes SQLite's locks away.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Counter[FileId] = Counter()

    def hold(self, file: FileId | None) -> None:
        """Count a connection to a file."""
        if file is not None:
            with self._lock:
                self._held[file] += 1

    def release(self, file: FileId | None) -> None:
        """Count it no longer."""
        if file is not None:
            with self._lock:
                self._held[file] -= 1

    def __contains__(self, file: FileId | None) -> bool:
        with self._lock:
            return file is not None and self._held[file] > 0


open_files = OpenFiles()


def is_library(path: Path) -> bool:
    """Whether a file looks like a library from outside; False where it cannot be read."""
    if file_id(path) in open_files:
        return True
    try:
        with path.open("rb") as stream:
            header = stream.read(_OWNER_PLACE + 4)
    except OSError:
        return False
    return header.startswith(_HEADER) and header[_OWNER_PLACE:] == APPLICATION_ID.to_bytes(4, "big")
