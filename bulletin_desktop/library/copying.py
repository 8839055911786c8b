"""Copying an open library; moving one that nobody has open."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.library.connection import connect, file_id, is_library, known_errors
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.replacing import flush_folder, known_write_error, placing

if TYPE_CHECKING:
    from collections.abc import Generator

    from bulletin_desktop.library.store import Library

_IN_USE_ON_WINDOWS = 32  # ERROR_SHARING_VIOLATION
# What SQLite puts beside a library while it is open, and after a crash.
_LOGS = ("-wal", "-shm", "-journal")


def copy_into(connection: sqlite3.Connection, file: Path) -> None:
    """Copy all that a connection sees into a file that is new or empty, in one piece.

    Also where the connection's own file has vanished. Raises sqlite3.Error.
    """
    with closing(sqlite3.connect(file)) as copy:
        connection.backup(copy)


class _CancelledError(Exception):
    """The user wants no copy any more."""


def copy_library(library: Library, target: Path) -> Generator[Progress, bool | None, bool]:
    """Copy an open library to ``target``, whole or not at all; gives whether that was done.

    Works also where the library's own file has vanished. A true value sent in cancels; SQLite
    copies in one go, so it is heeded before that and after. A file that stands at ``target`` is
    replaced. Raises KnownError ``write.*`` as ``replacing.placing`` does, "library.copy_itself",
    and "library.locked" where a library stands there that is in use.
    """
    if not library.vanished() and file_id(target) == file_id(library.path):
        raise KnownError("library.copy_itself", path=str(target))
    if is_library(target):
        _alone(target).close()
    try:
        if (yield Progress(0, 1, Message("library.copying"))):
            return False
        with placing(target) as unfinished:
            _copy(library.connection, library.path, unfinished, target)
            if (yield Progress(1, 1, Message("library.copying"))):
                raise _CancelledError
            _remove_logs(target)
    except _CancelledError:
        return False
    return True


def move_library(path: Path, target: Path) -> None:
    """Rename or move a library that nobody has open; it stays until it stands there whole.

    Raises KnownError ``library.*`` as opening does, "library.target_exists", and ``write.*`` as
    ``replacing.placing`` does.
    """
    source = Path(os.path.realpath(path))
    with closing(_alone(source)) as connection:
        try:
            if os.path.lexists(target) and not target.samefile(source):
                raise KnownError("library.target_exists", path=str(target))
            _remove_logs(target)
            if not _renamed(source, target, connection):
                with placing(target) as unfinished:
                    _copy(connection, source, unfinished, target)
                _let_go(connection)
                source.unlink()
            if path.is_symlink():
                path.unlink()
        except OSError as error:
            raise known_write_error(error, target) from error


def _renamed(source: Path, target: Path, connection: sqlite3.Connection) -> bool:
    """Give a file another path, unless that is on another disk."""
    _let_go(connection)
    try:
        source.rename(target)
    except OSError as error:
        if getattr(error, "winerror", None) == _IN_USE_ON_WINDOWS:
            raise KnownError("library.locked", path=str(source)) from error
        if error.errno != errno.EXDEV:
            raise
        return False
    flush_folder(target.parent)
    return True


def _let_go(connection: sqlite3.Connection) -> None:
    """Windows neither moves nor deletes a file that is open, and sees to it for others as well."""
    if os.name == "nt":
        connection.close()


def _copy(connection: sqlite3.Connection, path: Path, unfinished: Path, target: Path) -> None:
    """Copy a library into a new file; what fails then is said of ``target``."""
    unfinished.touch(exist_ok=False)
    try:
        with known_errors(path):
            copy_into(connection, unfinished)
    except KnownError as error:
        if error.code == "library.disk_full":
            raise KnownError("write.disk_full", path=str(target)) from error
        if error.code == "library.io_error":
            raise KnownError("write.failed", path=str(target), reason="EIO") from error
        raise


def _alone(path: Path) -> sqlite3.Connection:
    """A connection that keeps everybody else out, with all that is stored in the file itself.

    Raises KnownError as ``connect`` does, "library.locked" where the library is open elsewhere.
    """
    connection = connect(path, create=False)
    try:
        with known_errors(path):
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            if mode != "delete":
                raise KnownError("library.locked", path=str(path))
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            # In this mode a lock outlasts its transaction.
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _remove_logs(path: Path) -> None:
    """Delete what a former library of this path has left beside it: it fits no other file.

    Raises OSError.
    """
    for ending in _LOGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
