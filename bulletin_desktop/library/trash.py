"""The trash: what was deleted, with the images of its rows, inside an open change.

Articles and issues keep their rows and are only passed over; of all else the rows go away, and come
back from their images. Ids that others took meanwhile are given anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulletin_desktop.library import trash_links
from bulletin_desktop.library.annotating import THEMED, delete_theme
from bulletin_desktop.library.collecting import delete_collection
from bulletin_desktop.library.passages import delete as delete_highlight
from bulletin_desktop.library.schema import TRACKED
from bulletin_desktop.library.store import ANNOTATOR, now
from bulletin_desktop.library.trash_links import OPTIONAL, POINTERS
from bulletin_desktop.model.annotations import Trashed
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.library.trash_links import Image
    from bulletin_desktop.model.annotations import TrashKind

# The rows of each kind: tables with the column that names the thing, its own first.
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
# In the place of a table: a theme that stood below the one that was deleted.
CHILD = "child"
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
    kept = [
        (table, image if column == "id" else image | {column: trash_links.ITSELF})
        for table, column in _ROWS[kind]
        for image in _images(library, table, column, item)
    ]
    if kind == "theme":
        rows = library.rows("SELECT id FROM themes WHERE parent_id = ? ORDER BY id", [item])
        kept += [(CHILD, {"theme_id": row[0]}) for row in rows]
    cursor = library.connection.execute(
        "INSERT INTO trash (kind, item, name, at, annotator, rows)"
        f" SELECT ?1, ?2, ?3, ?4, {ANNOTATOR}, '[]' WHERE NOT EXISTS"
        " (SELECT 1 FROM trash WHERE kind = ?1 AND item = ?2 AND ?1 IN ('article', 'issue'))",
        [kind, item, name, now()],
    )
    if kind in _DELETE:
        entry = int(cursor.lastrowid or 0)
        trash_links.repoint(library, _ROWS[kind][0][0], {item: -entry})
        trash_links.keep(library, entry, kept)
        _DELETE[kind](library, item)


def _delete(library: Library, table: str, item: int) -> None:
    library.connection.execute(f"DELETE FROM {table} WHERE id = ?", [item])


def _images(library: Library, table: str, column: str, item: int) -> list[Image]:
    columns = TRACKED[table]
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {column} = ? ORDER BY id"
    return [dict(zip(columns, row, strict=True)) for row in library.rows(sql, [item])]


def restore(library: Library, entry: int) -> Trashed:
    """Take something out of the trash; gives what it is, with the id that it has now.

    Raises KnownError("trash.missing"), KnownError("trash.name_taken") where another theme,
    collection or search has its name now, and KnownError("trash.replaced") for a passage of a text
    that another one took the place of.
    """
    sql = "SELECT id, kind, item, name, at, annotator FROM trash WHERE id = ?"
    found = library.rows(sql, [entry])
    if not found:
        raise KnownError("trash.missing", id=entry)
    what = Trashed(*found[0])
    rows = trash_links.rows_of(library, entry)
    library.connection.execute("DELETE FROM trash WHERE id = ?", [entry])
    if what.kind not in _DELETE:
        return what
    back = _Return(library)
    for table, image in rows:
        back.put(table, image)
    trash_links.repoint(library, _ROWS[what.kind][0][0], {-entry: back.item})
    return what._replace(item=back.item)


class _Return:
    """Rows on their way out of the trash; ``item`` is the first one's id, which others name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._above: list[int] = []
        self.item = 0

    def put(self, table: str, image: Image) -> None:
        """Bring one row back, as far as what it points at is there.

        Where that is in the trash, the row goes there, to come back with it.
        """
        if table == CHILD:
            _adopt(self._library, image["theme_id"], self.item, self._above)
            return
        parent = image.get("parent_id") or 0
        if table == "themes":
            self._above = _above(self._library, parent)
            image = image | {"parent_id": next((x for x in self._above if x > 0), None)}
        values = self._pointed(table, _fitting(self._library, table, image))
        waiting = next((v for c, v in values.items() if c in POINTERS and (v or 0) < 0), None)
        if waiting:
            named = {c: trash_links.ITSELF for c in POINTERS if values.get(c) == waiting}
            _leave(self._library, -waiting, table, values | named)
        elif not self._lacks(values) and not _is_there(self._library, table, values):
            number = self._insert(table, values)
            self.item = self.item or number
            if parent < 0:
                _leave(self._library, -parent, CHILD, {"theme_id": number})

    def _pointed(self, table: str, image: Image) -> Image:
        """The row with the ids that other rows have now."""
        values = dict(image)
        for column in POINTERS:
            if values.get(column) == trash_links.ITSELF:
                values[column] = self.item
            elif (table, column) in OPTIONAL and self._is_gone(column, values):
                values[column] = None
        return values

    def _is_gone(self, column: str, values: Image) -> bool:
        number = values.get(column)
        sql = f"SELECT 1 FROM {POINTERS[column]} WHERE id = ?"
        return number is not None and number > 0 and not self._library.value(sql, [number])

    def _lacks(self, values: Image) -> bool:
        """Whether a row points at something that is gone."""
        return any(self._is_gone(column, values) for column in POINTERS)

    def _insert(self, table: str, values: Image) -> int:
        if self._library.value(f"SELECT 1 FROM {table} WHERE id = ?", [values["id"]]):
            del values["id"]
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        return int(self._library.connection.execute(sql, list(values.values())).lastrowid or 0)


def _leave(library: Library, entry: int, table: str, image: Image) -> None:
    """Give a row to the entry that it waits for."""
    trash_links.keep(library, entry, [*trash_links.rows_of(library, entry), (table, image)])


def _above(library: Library, theme: int) -> list[int]:
    """A theme and those above it, some of which may be in the trash and are named by that."""
    found: list[int] = []
    while theme:
        found.append(theme)
        if theme < 0:
            theme = trash_links.rows_of(library, -theme)[0][1]["parent_id"] or 0
        else:
            theme = library.value("SELECT parent_id FROM themes WHERE id = ?", [theme]) or 0
    return found


def _fitting(library: Library, table: str, image: Image) -> Image:
    """A row as it can be put among what is there now. Raises KnownError where it cannot."""
    if table in ("themes", "collections", "searches"):
        if library.value(f"SELECT 1 FROM {table} WHERE name = ?", [image["name"]]):
            raise KnownError("trash.name_taken", name=image["name"])
        if table == "themes":
            return _free_theme(library, image)
    elif table == "highlights":
        return _in_present_text(library, image)
    return image


def _free_theme(library: Library, image: Image) -> Image:
    """A theme without the key and the other names that another theme has now."""
    taken = set()
    for name, key, aliases in library.rows("SELECT name, key, aliases FROM themes"):
        if image["name"] in json.loads(aliases):
            raise KnownError("trash.name_taken", name=image["name"])
        taken |= {name, *json.loads(aliases)}
        if key == image["key"]:
            image = image | {"key": None}
    free = [alias for alias in json.loads(image["aliases"]) if alias not in taken]
    return image | {"aliases": json.dumps(free, ensure_ascii=False)}


def _in_present_text(library: Library, image: Image) -> Image:
    """A highlight; where another text took the place of its own, in that, without a place yet."""
    sql = "SELECT 1 FROM documents WHERE id = ? AND trashed = 0"
    if library.value(sql, [image["document_id"]]):
        return image
    sql = """SELECT i.document_id FROM articles a JOIN issues i ON i.id = a.issue_id
        JOIN documents d ON d.id = i.document_id AND d.trashed = 0 WHERE a.id = ?"""
    document = library.value(sql, [image["article_id"]])
    if document is None:
        raise KnownError("trash.replaced", quote=image["quote"][:40])
    return image | {"document_id": document, "start": 0, "end": 0, "placed": 0}


def _is_there(library: Library, table: str, values: Image) -> bool:
    columns = _UNIQUE.get(table)
    if table == "notes":
        columns = tuple(c for c in POINTERS if values.get(c) is not None)
    if not columns:
        return False
    same = " AND ".join(f"{column} = ?" for column in columns)
    given = [values[column] for column in columns]
    return bool(library.value(f"SELECT 1 FROM {table} WHERE {same}", given))


def _adopt(library: Library, child: int, theme: int, above: Sequence[int]) -> None:
    """Bring a theme back under the one that just returned, if it was only moved up from there;
    ``above`` are the themes above that one.
    """
    if child in above or not set(_above(library, child)[1:2]) <= set(above):
        return
    if child > 0:
        sql = "UPDATE themes SET parent_id = ? WHERE id = ?"
        library.connection.execute(sql, [theme, child])
    else:
        (table, image), *others = trash_links.rows_of(library, -child)
        trash_links.keep(library, -child, [(table, image | {"parent_id": theme}), *others])


def forget(library: Library, entries: Iterable[int] | None = None) -> int:
    """Delete for good what is in the trash, or some of it, but for articles and issues, whose text
    the library keeps; gives how many things went.
    """
    which = "" if entries is None else "AND id IN (SELECT value FROM json_each(?))"
    given = [] if entries is None else [json.dumps(list(entries))]
    sql = f"SELECT id, kind FROM trash WHERE kind NOT IN ('article', 'issue') {which}"
    gone = library.rows(sql, given)
    library.connection.executemany("DELETE FROM trash WHERE id = ?", [row[:1] for row in gone])
    for kind in {kind for _, kind in gone}:
        named = {-entry: None for entry, of in gone if of == kind}
        trash_links.repoint(library, _ROWS[kind][0][0], named)
    return len(gone)
