"""Undo and redo: row images put back, newest first, and forward again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletin_desktop.library.schema import RECORDED
from bulletin_desktop.library.schema_reprints import REPRINT_TABLES
from bulletin_desktop.library.schema_units import UNIT_TABLES
from bulletin_desktop.library.store import QUIET
from bulletin_desktop.model.change import Change, Message, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Step

if TYPE_CHECKING:
    import sqlite3

    from bulletin_desktop.library.store import Library

_TOPICS: dict[str, Topic] = {
    "documents": "documents",
    "themes": "themes",
    "article_themes": "tags",
    "stars": "tags",
    "notes": "notes",
    "collections": "collections",
    "collection_items": "collections",
    "searches": "searches",
    "highlights": "highlights",
    "highlight_themes": "highlights",
    "taggings": "tags",
    "refusals": "tags",
    "rules": "rules",
    "dictionary": "words",
    "trash": "documents",
    **dict.fromkeys(UNIT_TABLES, "units"),
    **dict.fromkeys(REPRINT_TABLES, "reprints"),
    **dict.fromkeys(("corrections", "layouts", "issues", "sections", "articles"), "documents"),
}


_STEPS = "SELECT id, code, params, at, undone, annotator FROM steps"


def steps(library: Library, limit: int = 1000) -> list[Step]:
    """The history, newest first."""
    sql = f"{_STEPS} ORDER BY id DESC LIMIT ?"
    found = library.rows(sql, [limit])
    return [_step(row) for row in found]


def _step(row: tuple[Any, ...]) -> Step:
    step, code, params, at, undone, annotator = row
    return Step(step, code, json.loads(params), at, bool(undone), annotator)


def next_undo(library: Library) -> Step | None:
    """The step that undo would take back."""
    found = library.rows(f"{_STEPS} WHERE undone = 0 ORDER BY id DESC LIMIT 1")
    return _step(found[0]) if found else None


def next_redo(library: Library) -> Step | None:
    """The step that redo would do again."""
    found = library.rows(f"{_STEPS} WHERE undone = 1 ORDER BY id LIMIT 1")
    return _step(found[0]) if found else None


def undo(library: Library) -> Change:
    """Take back the last step. Raises KnownError where there is none."""
    with library.transaction() as connection:
        step = next_undo(library)
        if step is None:
            raise KnownError("history.nothing_to_undo")
        return _replay(connection, step, backward=True)


def redo(library: Library) -> Change:
    """Do the last step that was undone again. Raises KnownError where there is none."""
    with library.transaction() as connection:
        step = next_redo(library)
        if step is None:
            raise KnownError("history.nothing_to_redo")
        return _replay(connection, step, backward=False)


def go_to(library: Library, step: int) -> Change:
    """Undo or redo until this step is the last one that is done (0: none is); all or nothing.

    Raises KnownError("history.missing").
    """
    with library.transaction() as connection:
        if step and not library.value("SELECT 1 FROM steps WHERE id = ?", [step]):
            raise KnownError("history.missing", id=step)
        later = library.rows(f"{_STEPS} WHERE id > ? AND undone = 0 ORDER BY id DESC", [step])
        undone = library.rows(f"{_STEPS} WHERE id <= ? AND undone = 1 ORDER BY id", [step])
        made = [_replay(connection, _step(row), backward=True) for row in later]
        made += [_replay(connection, _step(row), backward=False) for row in undone]
    code = "history.undone" if later else "history.redone"
    return Change(
        made[-1].step if made else None,
        Message(code, {"n": len(made)}),
        sum(change.changed for change in made),
        frozenset[Topic]().union(*(change.topics for change in made)),
    )


def _replay(connection: sqlite3.Connection, step: Step, *, backward: bool) -> Change:
    order = "DESC" if backward else "ASC"
    # Rows may go before what they point at; the order is right again at the end.
    connection.execute("PRAGMA defer_foreign_keys=ON")
    rows = connection.execute(
        "SELECT table_name, row_id, before, after FROM step_rows "
        f"WHERE step_id = ? ORDER BY id {order}",
        [step.id],
    ).fetchall()
    for table, row_id, before, after in rows:
        have, want = (after, before) if backward else (before, after)
        _put(connection, table, row_id, have, want)
    connection.execute("UPDATE steps SET undone = ? WHERE id = ?", [int(backward), step.id])
    topics = frozenset(_topic(table, before or after) for table, _, before, after in rows)
    told = sum(row[0] not in QUIET for row in rows) or len(rows)
    return Change(step.id, Message(step.code, step.params), told, topics)


def _topic(table: str, image: str) -> Topic:
    """What looks different after a row has changed; articles come and go with the trash."""
    if table == "trash" and json.loads(image)["kind"] not in ("article", "issue"):
        return "trash"
    return _TOPICS[table]


def _put(
    connection: sqlite3.Connection, table: str, row_id: int, have: str | None, want: str | None
) -> None:
    """Bring one row from the image that it has to the image that is wanted (None: no row)."""
    if want is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
        return
    image = json.loads(want)
    columns = RECORDED[table]
    values = [image.get(c) for c in columns]  # an older program knew fewer columns
    if have is None:
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        connection.execute(sql, values)
    else:
        pairs = ", ".join(f"{c} = ?" for c in columns)
        connection.execute(f"UPDATE {table} SET {pairs} WHERE id = ?", [*values, row_id])
