"""Checking a library: the file, the spans, the order of its lists, the history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulletin_desktop.library.schema import TRACKED
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_desktop.library.store import Library

_LAST_DONE = """SELECT r.table_name, r.row_id, r.after FROM step_rows r WHERE r.id IN (
    SELECT max(x.id) FROM step_rows x JOIN steps s ON s.id = x.step_id AND s.undone = 0
    GROUP BY x.table_name, x.row_id)"""
_FIRST_UNDONE = """SELECT r.table_name, r.row_id, r.before FROM step_rows r WHERE r.id IN (
    SELECT min(x.id) FROM step_rows x JOIN steps s ON s.id = x.step_id AND s.undone = 1
    GROUP BY x.table_name, x.row_id)"""


def problems(library: Library) -> Iterator[Problem]:
    """Everything that is wrong, one by one; nothing where the library is sound."""
    for part in (_file, _documents, _articles, _history):
        try:
            yield from part(library)
        except KnownError as error:
            if error.code != "library.damaged":
                raise
            yield Problem("check.file", library.path.name, "check.mend_restore")
            return


def _file(library: Library) -> Iterator[Problem]:
    for (line,) in library.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield Problem("check.file", str(line), "check.mend_restore")
    for table, row, parent, _ in library.rows("PRAGMA foreign_key_check"):
        yield Problem("check.foreign_key", f"{table} {row} → {parent}", "check.mend_restore")


def _documents(library: Library) -> Iterator[Problem]:
    sql = "SELECT id, path, length, length(text), spans FROM documents"
    for document, path, length, real, spans in library.rows(sql):
        where = f"{document} {path}"
        if length != real:
            yield Problem("check.text_length", where, "check.mend_reimport")
        at = 0
        for _, start, end in json.loads(spans):
            if start != at or end < start:
                break
            at = end
        if at != length:
            yield Problem("check.spans", where, "check.mend_reimport")


def _articles(library: Library) -> Iterator[Problem]:
    sql = """SELECT a.id, a.start, a.end, a.parts, d.length FROM articles a
        JOIN issues i ON i.id = a.issue_id JOIN documents d ON d.id = i.document_id"""
    for article, start, end, parts, length in library.rows(sql):
        inside = 0 <= start <= end <= length
        if not inside or any(not start <= s <= e <= end for _, s, e in json.loads(parts)):
            yield Problem("check.article_span", str(article), "check.mend_reimport")


def _history(library: Library) -> Iterator[Problem]:
    """A row must be what the last step that is done left of it, and what the first one that is
    undone found: so undo and redo fit.
    """
    for table, row_id, image in [*library.rows(_LAST_DONE), *library.rows(_FIRST_UNDONE)]:
        if _image(library, table, row_id) != (json.loads(image) if image else None):
            yield Problem("check.history", f"{table} {row_id}", "check.mend_history")
    if library.value("SELECT count(*) FROM recording"):
        yield Problem("check.recording", "recording", "check.mend_repair")


def _image(library: Library, table: str, row_id: int) -> dict[str, object] | None:
    columns = TRACKED[table]
    rows = library.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", [row_id])
    return dict(zip(columns, rows[0], strict=True)) if rows else None


def repair(library: Library) -> None:
    """Mend what can be mended without guessing: an open recording, a history that is out of step.

    A history that no longer fits the rows is dropped whole: replaying it would damage more.
    """
    found = {problem.what for problem in problems(library)}
    with library.transaction() as connection:
        connection.execute("DELETE FROM recording")
        if "check.history" in found:
            connection.execute("DELETE FROM step_rows")
            connection.execute("DELETE FROM steps")
        connection.execute("REINDEX")
