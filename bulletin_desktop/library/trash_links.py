"""What the images in the trash point at, kept right while rows come and go.

An image names other rows by their ids, which SQLite gives anew once they are free. So what goes
into the trash itself is named by its entry from then on, as a negative number (0 in that entry),
and by its id again when it comes back; what another row takes the place of is named by that one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulletin_desktop.library.store import Library

Image = dict[str, Any]
# Columns that name a row of another table; those that may be empty are emptied where it has gone.
POINTERS = {
    "theme_id": "themes", "highlight_id": "highlights", "collection_id": "collections",
    "article_id": "articles", "issue_id": "issues", "document_id": "documents",
    "parent_id": "themes",
}  # fmt: skip
ITSELF = 0
OPTIONAL = {("themes", "parent_id"), ("highlights", "article_id")}


def rows_of(library: Library, entry: int) -> list[tuple[str, Image]]:
    """The images of one entry, each with its table."""
    found = library.value("SELECT rows FROM trash WHERE id = ?", [entry])
    return [(table, image) for table, image in json.loads(found)]


def keep(library: Library, entry: int, rows: Iterable[tuple[str, Image]]) -> None:
    """Write the images of one entry."""
    library.connection.execute(
        "UPDATE trash SET rows = ? WHERE id = ?",
        [json.dumps(list(rows), ensure_ascii=False), entry],
    )


def repoint(library: Library, target: str, to: Mapping[int, int | None]) -> None:
    """Let all images name other rows of a table; those that named a row that is None now go."""
    columns = [column for column, table in POINTERS.items() if table == target]
    for (entry,) in library.rows("SELECT id FROM trash WHERE rows <> '[]'"):
        rows = rows_of(library, entry)
        moved = [(table, _moved(table, image, columns, to)) for table, image in rows]
        left = [(table, image) for table, image in moved if image is not None]
        if left != rows:
            keep(library, entry, left)


def _moved(
    table: str, image: Image, columns: Iterable[str], to: Mapping[int, int | None]
) -> Image | None:
    named = {c: to[image[c]] for c in columns if image.get(c) in to}
    if any(row is None and (table, c) not in OPTIONAL for c, row in named.items()):
        return None
    return image | named if named else image


def follow_cut(library: Library, born: Mapping[int, int], merged: Mapping[int, int]) -> None:
    """After a correction of the cut: a part of an article in the trash is there too (``born`` gives
    the article that each was cut from); what something outside was joined to is outside.
    """
    connection = library.connection
    connection.executemany(
        "INSERT INTO trash (kind, item, name, at, annotator, rows) SELECT t.kind, a.id,"
        " coalesce(replace(a.title, char(10), ''), t.name), t.at, t.annotator, t.rows FROM trash t"
        " JOIN articles a ON a.id = ? WHERE t.kind = 'article' AND t.item = ?",
        list(born.items()),
    )
    in_trash = "SELECT 1 FROM trash WHERE kind = 'article' AND item ="
    connection.executemany(
        f"DELETE FROM trash WHERE kind = 'article' AND item = ?2 AND NOT EXISTS ({in_trash} ?1)",
        list(merged.items()),
    )
