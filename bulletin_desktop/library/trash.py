"""The trash: what was deleted, with the images of its rows, inside an open change.

Articles and issues keep their rows and are only passed over; of all else the rows go away, and come
back from their images. Ids that others took meanwhile are given anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletin_desktop.library.annotating import THEMED, delete_collection, delete_theme
from bulletin_desktop.library.passages import delete as delete_highlight
from bulletin_desktop.library.schema import TRACKED
from bulletin_desktop.library.store import ANNOTATOR, now
from bulletin_desktop.model.annotations import Trashed
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import TrashKind

# The rows of each kind: tables with the column that names the thing, what is pointed at first.
_ROWS: dict[TrashKind, tuple[tuple[str, str], ...]] = {
    "issue": (),
    "article": (),
    "theme": (("themes", "id"), *((table, "theme_id") for table in THEMED)),
    "highlight": (
        ("highlights", "id"), ("highlight_themes", "highlight_id"), ("notes", "highlight_id"),
    ),
    "collection": (("collections", "id"), ("collection_items", "collection_id")),
    "search": (("searches", "id"),),
    "rule": (("rules", "id"),),
}  # fmt: skip
_DELETE: dict[TrashKind, Callable[[Library, int], None]] = {
    "theme": delete_theme,
    "highlight": delete_highlight,
    "collection": delete_collection,
    "search": lambda library, item: _delete(library, "searches", item),
    "rule": lambda library, item: _delete(library, "rules", item),
}
# Columns that name a row of another table; those that may be empty are emptied where it has gone.
_POINTERS = {
    "theme_id": "themes", "highlight_id": "highlights", "collection_id": "collections",
    "article_id": "articles", "issue_id": "issues", "document_id": "documents",
    "parent_id": "themes",
}  # fmt: skip
_OPTIONAL = {("themes", "parent_id"), ("highlights", "article_id")}
# What must not stand twice: a row is left out where its like is there.
_UNIQUE = {
    "article_themes": ("article_id", "theme_id"),
    "taggings": ("article_id", "theme_id", "annotator"),
    "refusals": ("article_id", "theme_id"),
    "rules": ("theme_id", "query"),
    "highlight_themes": ("highlight_id", "theme_id"),
    "collection_items": ("collection_id", "article_id"),
}


def trashed(library: Library) -> list[Trashed]:
    """What is in the trash, the newest first."""
    sql = "SELECT id, kind, item, name, at, annotator FROM trash ORDER BY id DESC"
    return [Trashed(*row) for row in library.rows(sql)]


def put(library: Library, kind: TrashKind, item: int, name: str) -> None:
    """Put something into the trash; an article or issue that is there already stays."""
    kept: list[list[Any]] = [
        [table, image]
        for table, column in _ROWS[kind]
        for image in _images(library, table, column, item)
    ]
    if kind == "theme":
        rows = library.rows("SELECT id FROM themes WHERE parent_id = ? ORDER BY id", [item])
        kept.append(["children", [row[0] for row in rows]])
    library.connection.execute(
        "INSERT INTO trash (kind, item, name, at, annotator, rows)"
        f" SELECT ?1, ?2, ?3, ?4, {ANNOTATOR}, ?5 WHERE NOT EXISTS"
        " (SELECT 1 FROM trash WHERE kind = ?1 AND item = ?2 AND ?1 IN ('article', 'issue'))",
        [kind, item, name, now(), json.dumps(kept, ensure_ascii=False)],
    )
    if kind in _DELETE:
        _DELETE[kind](library, item)


def _delete(library: Library, table: str, item: int) -> None:
    library.connection.execute(f"DELETE FROM {table} WHERE id = ?", [item])


def _images(library: Library, table: str, column: str, item: int) -> list[dict[str, Any]]:
    columns = TRACKED[table]
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {column} = ? ORDER BY id"
    return [dict(zip(columns, row, strict=True)) for row in library.rows(sql, [item])]


def restore(library: Library, entry: int) -> Trashed:
    """Take something out of the trash; gives what it was.

    Raises KnownError("trash.missing"), KnownError("trash.name_taken") where another theme,
    collection or search has its name now, and KnownError("trash.replaced") for a passage of a text
    that another one took the place of.
    """
    sql = "SELECT id, kind, item, name, at, annotator, rows FROM trash WHERE id = ?"
    found = library.rows(sql, [entry])
    if not found:
        raise KnownError("trash.missing", id=entry)
    what = Trashed(*found[0][:6])
    library.connection.execute("DELETE FROM trash WHERE id = ?", [entry])
    renamed: dict[tuple[str, int], int] = {}
    for table, image in json.loads(found[0][6]):
        if table == "children":
            _adopt(library, image, renamed.get(("themes", what.item), what.item))
        else:
            _put_back(library, table, image, renamed)
    return what


def _put_back(
    library: Library, table: str, image: dict[str, Any], renamed: dict[tuple[str, int], int]
) -> None:
    _check(library, table, image)
    values = dict(image)
    for column, target in _POINTERS.items():
        if (pointed := values.get(column)) is None:
            continue
        values[column] = renamed.get((target, pointed), pointed)
        if not library.value(f"SELECT 1 FROM {target} WHERE id = ?", [values[column]]):
            if (table, column) not in _OPTIONAL:
                return
            values[column] = None
    if table == "themes" and library.value("SELECT 1 FROM themes WHERE key = ?", [values["key"]]):
        values["key"] = None
    if _is_there(library, table, values):
        return
    old = values["id"]
    if library.value(f"SELECT 1 FROM {table} WHERE id = ?", [old]):
        del values["id"]
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    cursor = library.connection.execute(sql, list(values.values()))
    renamed[table, old] = int(cursor.lastrowid or 0)


def _check(library: Library, table: str, image: dict[str, Any]) -> None:
    if table in ("themes", "collections", "searches"):
        if library.value(f"SELECT 1 FROM {table} WHERE name = ?", [image["name"]]):
            raise KnownError("trash.name_taken", name=image["name"])
    elif table == "highlights":
        sql = "SELECT 1 FROM documents WHERE id = ? AND trashed = 0"
        if not library.value(sql, [image["document_id"]]):
            raise KnownError("trash.replaced", quote=image["quote"][:40])


def _is_there(library: Library, table: str, values: dict[str, Any]) -> bool:
    columns = _UNIQUE.get(table)
    if table == "notes":
        columns = tuple(c for c in _POINTERS if values.get(c) is not None)
    if not columns:
        return False
    same = " AND ".join(f"{column} = ?" for column in columns)
    given = [values[column] for column in columns]
    return bool(library.value(f"SELECT 1 FROM {table} WHERE {same}", given))


def _adopt(library: Library, children: Iterable[int], theme: int) -> None:
    """Bring themes back under the one they were below, as far as they were only moved up."""
    library.connection.execute(
        "UPDATE themes SET parent_id = ?1 WHERE id IN (SELECT value FROM json_each(?2))"
        " AND parent_id IS (SELECT parent_id FROM themes WHERE id = ?1) AND id <> ?1",
        [theme, json.dumps(list(children))],
    )


def forget(library: Library, entries: Iterable[int] | None = None) -> int:
    """Delete for good what is in the trash, or some of it, but for articles and issues, whose text
    the library keeps; gives how many things went.
    """
    which = "" if entries is None else "AND id IN (SELECT value FROM json_each(?))"
    given = [] if entries is None else [json.dumps(list(entries))]
    sql = f"DELETE FROM trash WHERE kind NOT IN ('article', 'issue') {which}"
    return library.connection.execute(sql, given).rowcount
