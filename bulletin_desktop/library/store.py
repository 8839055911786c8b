"""The library object: one connection, and changes as named, recorded transactions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from bulletin_desktop.library.connection import connect, file_id, known_errors, open_files
from bulletin_desktop.library.migrations import migrate
from bulletin_desktop.model.change import Change, Message, Topic
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path
    from types import TracebackType

Params = Sequence[Any] | Mapping[str, Any]
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# The history's cap: the oldest steps go first when either figure is passed.
MAX_STEPS = 10_000
MAX_ROWS = 500_000

# Rows that go with what is told anyway: who put a theme where, what the trash keeps.
QUIET = ("taggings", "trash")
# In SQL: who works on the library, "" for who has not said it.
ANNOTATOR = "coalesce((SELECT value FROM settings WHERE name = 'annotator'), '')"


class Recording:
    """A change under way; ``change`` stands when the transaction is committed.

    ``message`` may be set anew until then: the name of a step may hold what only its end knows.
    """

    def __init__(self, message: Message, topics: frozenset[Topic], step: int | None) -> None:
        self.message = message
        self.topics = topics
        self.step = step
        self.rows_before = (0, 0)
        self.change: Change | None = None
        self.articles: frozenset[int] | None = None

    def result(self) -> Change:
        """The committed change."""
        if self.change is None:
            raise RuntimeError("the change is not committed yet")
        return self.change


class Library:
    """An open library file. A connection belongs to the thread that opened it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open ``path``, creating or migrating it where needed.

        Raises KnownError where the file is missing, locked, read-only, foreign, newer or damaged.
        """
        self.path = path
        self.connection = connect(path, create=create)
        try:
            with known_errors(path):
                self.backup = migrate(self.connection, path)
            self._seen = self.value("PRAGMA data_version")
            self._place = path.absolute()
            self._file = file_id(path)
        except BaseException:
            self.connection.close()
            raise
        self._held = self._file
        open_files.hold(self._held)

    def vanished(self) -> bool:
        """Whether the file was deleted, moved or replaced since it was opened, or its disk is gone.

        What is written then is lost, though SQLite does not say so. The connection still reads.
        """
        found = file_id(self._place)
        return found is None or (found[1] != 0 and found != self._file)

    def others_wrote(self) -> bool:
        """Whether another connection has committed a change since this was last asked."""
        before, self._seen = self._seen, self.value("PRAGMA data_version")
        return bool(before != self._seen)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the last one folds the write-ahead log into the file."""
        self.connection.close()
        open_files.release(self._held)
        self._held = None

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as tuples. Raises KnownError for the user's environment."""
        with known_errors(self.path):
            return self.connection.execute(sql, params).fetchall()

    def chunks(self, sql: str, params: Params, size: int) -> Iterator[list[Any]]:
        """The rows of a query, so many at a time. Raises KnownError for the user's environment."""
        with known_errors(self.path):
            cursor = self.connection.execute(sql, params)
            while found := cursor.fetchmany(size):
                yield found

    def interrupt(self) -> None:
        """End the query that is running on another thread: it raises ``library.interrupted``."""
        self.connection.interrupt()

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.rows(sql, params)
        return found[0][0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One durable transaction, rolled back whole on any error; inside one, a part of it.

        Raises KnownError("library.vanished") where nothing would be kept.
        """
        if self.connection.in_transaction:
            yield self.connection
        else:
            with self._new_transaction() as connection:
                yield connection

    @contextmanager
    def _new_transaction(self) -> Iterator[sqlite3.Connection]:
        if self.vanished():
            raise KnownError("library.vanished", path=str(self.path))
        with known_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def change(
        self,
        message: Message,
        *topics: Topic,
        merge_key: str = "",
        step: int | None = None,
        structural: bool = False,
    ) -> Iterator[Recording]:
        """One undoable step of the history; nothing is left where nothing changed.

        ``merge_key`` joins the rows to the last step where that has the same key (typing in one
        note is one step); ``step`` joins them to a step of the same long work, unless that was
        undone or forgotten meanwhile: then a new one begins. ``structural`` records changes of
        issues, sections and articles too.
        """
        recording = Recording(message, frozenset(topics), step)
        with self.transaction() as connection:
            recording.step = _joined_step(connection, step) or _open_step(
                connection, message, merge_key
            )
            recording.rows_before = _row_count(connection, recording.step)
            connection.execute("INSERT INTO recording VALUES (?, ?)", [recording.step, structural])
            yield recording
            connection.execute("DELETE FROM recording")
            recording.change = _close_step(connection, recording)


def atomic(
    verb: Callable[Concatenate[Library, _Given], _Result],
) -> Callable[Concatenate[Library, _Given], _Result]:
    """Let all that a verb reads and writes be one transaction.

    What it has looked up is then still there when it writes, whatever other programs do.
    """

    @wraps(verb)
    def run(library: Library, /, *given: _Given.args, **named: _Given.kwargs) -> _Result:
        with library.transaction():
            return verb(library, *given, **named)

    return run


def _joined_step(connection: sqlite3.Connection, step: int | None) -> int | None:
    """The step, unless it was undone or another came after it: rows must be in the steps' order."""
    sql = "SELECT id FROM steps WHERE id = ? AND undone = 0 AND id = (SELECT max(id) FROM steps)"
    found = connection.execute(sql, [step]).fetchone()
    return int(found[0]) if found else None


def _open_step(connection: sqlite3.Connection, message: Message, merge_key: str) -> int:
    last = connection.execute(
        "SELECT id, merge_key, undone FROM steps ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if merge_key and last and last[1] == merge_key and not last[2]:
        return int(last[0])
    cursor = connection.execute(
        "INSERT INTO steps (code, params, at, merge_key, annotator)"
        f" VALUES (?, ?, ?, ?, {ANNOTATOR})",
        [message.code, _json(message.params), now(), merge_key],
    )
    return int(cursor.lastrowid or 0)


def _json(params: Mapping[str, object]) -> str:
    return json.dumps(params, ensure_ascii=False)


def _row_count(connection: sqlite3.Connection, step: int) -> tuple[int, int]:
    """How many rows of a step there are, and how many of them are told."""
    sql = f"""SELECT count(*), coalesce(sum(table_name NOT IN {QUIET}), 0)
        FROM step_rows WHERE step_id = ?"""
    total, told = connection.execute(sql, [step]).fetchone()
    return total, told


def _close_step(connection: sqlite3.Connection, recording: Recording) -> Change:
    assert recording.step is not None
    total, told = _row_count(connection, recording.step)
    before, told_before = recording.rows_before
    changed = (told - told_before) or (total - before)
    if not total:
        connection.execute("DELETE FROM steps WHERE id = ?", [recording.step])
    if not changed:
        return Change(None, recording.message, 0)
    connection.execute(
        "UPDATE steps SET code = ?, params = ? WHERE id = ?",
        [recording.message.code, _json(recording.message.params), recording.step],
    )
    _forget_undone(connection)
    _prune(connection)
    return Change(recording.step, recording.message, changed, recording.topics, recording.articles)


def _forget_undone(connection: sqlite3.Connection) -> None:
    """A new change ends the possibility to redo what was undone before it."""
    undone = "SELECT id FROM steps WHERE undone = 1"
    connection.execute(f"DELETE FROM step_rows WHERE step_id IN ({undone})")
    connection.execute("DELETE FROM steps WHERE undone = 1")


def _prune(connection: sqlite3.Connection) -> None:
    """Hold the history under its cap, but never drop the step just made."""
    (newest_row,) = connection.execute("SELECT max(id) FROM step_rows").fetchone()
    (by_rows,) = connection.execute(
        "SELECT max(step_id) FROM step_rows WHERE id <= ?", [newest_row - MAX_ROWS]
    ).fetchone()
    by_steps = connection.execute(
        "SELECT id FROM steps ORDER BY id DESC LIMIT 1 OFFSET ?", [MAX_STEPS]
    ).fetchone()
    (last,) = connection.execute("SELECT max(id) FROM steps").fetchone()
    limit = min(max(by_rows or 0, by_steps[0] if by_steps else 0), last - 1)
    if limit > 0:
        connection.execute("DELETE FROM step_rows WHERE step_id <= ?", [limit])
        connection.execute("DELETE FROM steps WHERE id <= ?", [limit])


def now() -> str:
    """The present moment in UTC, ISO 8601 with seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")
