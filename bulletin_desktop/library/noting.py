"""Notes on articles, passages, issues and themes: rows inside an open change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulletin_desktop.library.articles import FROM, LIVE, LIVE_ARTICLE, ORDER
from bulletin_desktop.library.store import ANNOTATOR, now
from bulletin_desktop.model.annotations import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import NoteKind

# The column of each kind of thing that may have a note.
COLUMNS: dict[NoteKind, str] = {
    "article": "article_id",
    "highlight": "highlight_id",
    "issue": "issue_id",
    "theme": "theme_id",
}
_KIND = "CASE " + " ".join(f"WHEN n.{c} NOT NULL THEN '{k}'" for k, c in COLUMNS.items()) + " END"
_TARGET = "coalesce(n.article_id, n.highlight_id, n.issue_id, n.theme_id)"
_ARTICLE = """coalesce(n.article_id, (SELECT article_id FROM highlights WHERE id = n.highlight_id),
    (SELECT id FROM articles WHERE issue_id = n.issue_id ORDER BY position LIMIT 1))"""
_NOTE = f"{_KIND}, {_TARGET}, n.text, n.private, n.annotator, n.at, {_ARTICLE}"


def notes(library: Library) -> list[Note]:
    """All notes but those on what is in the trash, in the order in which they were begun."""
    sql = f"""SELECT * FROM (SELECT {_NOTE} AS article, n.id AS number FROM notes n) WHERE
        article IS NULL OR EXISTS (SELECT 1 FROM articles a
          JOIN issues i ON i.id = a.issue_id AND {LIVE} WHERE a.id = article AND {LIVE_ARTICLE})
        ORDER BY number"""
    return [_note(row[:7]) for row in library.rows(sql)]


def note(library: Library, kind: NoteKind, target: int) -> Note | None:
    """The note on something, or None."""
    sql = f"SELECT {_NOTE} FROM notes n WHERE n.{COLUMNS[kind]} = ?"
    found = library.rows(sql, [target])
    return _note(found[0]) if found else None


def _note(row: tuple[object, ...]) -> Note:
    kind, target, text, private, annotator, at, article = row
    return Note(kind, target, text, bool(private), annotator, at, article)  # type: ignore[arg-type]


def note_of(library: Library, article: int) -> str:
    """The note on an article, or ""."""
    found = note(library, "article", article)
    return found.text if found else ""


def set_note(
    library: Library, kind: NoteKind, target: int, text: str, *, private: bool | None = None
) -> None:
    """Write a note; an empty one is removed. ``private`` None leaves that as it is."""
    connection, column = library.connection, COLUMNS[kind]
    if not text:
        connection.execute(f"DELETE FROM notes WHERE {column} = ?", [target])
        return
    had = note(library, kind, target)
    if had is None:
        connection.execute(
            f"INSERT INTO notes ({column}, text, private, annotator, at)"
            f" VALUES (?, ?, ?, {ANNOTATOR}, ?)",
            [target, text, bool(private), now()],
        )
        return
    wanted = had.private if private is None else private
    if (had.text, had.private) != (text, wanted):
        connection.execute(
            f"UPDATE notes SET text = ?, private = ?, annotator = {ANNOTATOR}, at = ?"
            f" WHERE {column} = ?",
            [text, wanted, now(), target],
        )


def titled(library: Library, headings: Sequence[str]) -> list[tuple[str, int]]:
    """The articles with these headings, as (heading, id), newest issue first."""
    heading = "replace(a.title, char(10), '')"
    sql = f"SELECT {heading}, a.id {FROM} WHERE {heading} IN (SELECT value FROM json_each(?))"
    return library.rows(sql + ORDER, [json.dumps(list(headings))])


def sign(library: Library, kind: NoteKind, target: int, annotator: str, at: str) -> None:
    """Write whose a note is, and when it was written."""
    library.connection.execute(
        f"UPDATE notes SET annotator = ?, at = ? WHERE {COLUMNS[kind]} = ?",
        [annotator, at, target],
    )
