"""Collections: their names, introductions and lists, rows inside an open change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.model.records import CollectionItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Extent


def insert_collection(library: Library, name: str, origin: str = "") -> int:
    """A new empty collection; gives the id. ``origin`` is the search that it is a copy of."""
    sql = "INSERT INTO collections (name, origin) VALUES (?, ?)"
    return int(library.connection.execute(sql, [name, origin]).lastrowid or 0)


def rename_collection(library: Library, collection: int, name: str) -> None:
    """Give a collection another name."""
    library.connection.execute("UPDATE collections SET name = ? WHERE id = ?", [name, collection])


def set_intro(library: Library, collection: int, intro: str) -> None:
    """Give a collection another introduction."""
    library.connection.execute("UPDATE collections SET intro = ? WHERE id = ?", [intro, collection])


def delete_collection(library: Library, collection: int) -> None:
    """Remove a collection with its list; the articles stay."""
    connection = library.connection
    connection.execute("DELETE FROM collection_items WHERE collection_id = ?", [collection])
    connection.execute("DELETE FROM collections WHERE id = ?", [collection])


def items(library: Library, collection: int) -> list[CollectionItem]:
    """What a collection lists, in its order, articles that are in the trash too."""
    sql = """SELECT id, article_id, level, text, extent FROM collection_items
        WHERE collection_id = ? ORDER BY position, id"""
    return [CollectionItem(*row) for row in library.rows(sql, [collection])]


def collection_of(library: Library, item: int) -> int | None:
    """The collection that lists an item; None where there is no such item."""
    found: int | None = library.value(
        "SELECT collection_id FROM collection_items WHERE id = ?", [item]
    )
    return found


def excerpts(library: Library, collection: int) -> dict[int, int]:
    """How many highlights the articles of a collection have that stand in the text."""
    sql = """SELECT h.article_id, count(*) FROM highlights h JOIN collection_items k
        ON k.article_id = h.article_id WHERE h.placed AND k.collection_id = ? GROUP BY 1"""
    return dict(library.rows(sql, [collection]))


def insert_articles(library: Library, collection: int, articles: Sequence[int]) -> None:
    """Put articles at the end of a list that lacks them."""
    end = _end(library, collection)
    library.connection.executemany(
        "INSERT INTO collection_items (collection_id, article_id, position) VALUES (?, ?, ?)",
        [(collection, article, end + place) for place, article in enumerate(articles)],
    )


def insert_heading(library: Library, collection: int, level: int, text: str) -> int:
    """Put a heading at the end of a list; gives the item's id."""
    sql = "INSERT INTO collection_items (collection_id, level, text, position) VALUES (?, ?, ?, ?)"
    end = _end(library, collection)
    return int(library.connection.execute(sql, [collection, level, text, end]).lastrowid or 0)


def _end(library: Library, collection: int) -> int:
    sql = "SELECT coalesce(max(position) + 1, 0) FROM collection_items WHERE collection_id = ?"
    return int(library.value(sql, [collection]))


def arrange(library: Library, collection: int, order: Sequence[int]) -> None:
    """Bring all items of a list into an order of their ids, touching only what differs."""
    sql = "SELECT id, position FROM collection_items WHERE collection_id = ?"
    have = dict(library.rows(sql, [collection]))
    moved = [(place, item) for place, item in enumerate(order) if have[item] != place]
    library.connection.executemany("UPDATE collection_items SET position = ? WHERE id = ?", moved)


def set_item(library: Library, item: int, *, level: int, text: str, extent: Extent) -> None:
    """What a heading says and how high it is, or what is printed of an article."""
    library.connection.execute(
        "UPDATE collection_items SET level = ?, text = ?, extent = ? WHERE id = ?",
        [level, text, extent, item],
    )


def delete_items(library: Library, given: Iterable[int]) -> None:
    """Take items out of their lists."""
    library.connection.executemany(
        "DELETE FROM collection_items WHERE id = ?", [(item,) for item in given]
    )


def put_beside(library: Library, article: int, onto: int) -> None:
    """List another article after this one, to the same extent, wherever this one is listed."""
    for collection, item in _listing(library, article):
        order = [each.id for each in items(library, collection)]
        at = order.index(item) + 1
        sql = """INSERT INTO collection_items (collection_id, article_id, position, extent)
            SELECT collection_id, ?, position, extent FROM collection_items WHERE id = ?"""
        new = int(library.connection.execute(sql, [onto, item]).lastrowid or 0)
        arrange(library, collection, [*order[:at], new, *order[at:]])


def put_instead(library: Library, article: int, onto: int) -> None:
    """List another article instead of this one, or where both are listed only that one."""
    for collection, item in _listing(library, article):
        if any(each.article == onto for each in items(library, collection)):
            delete_items(library, [item])
        else:
            sql = "UPDATE collection_items SET article_id = ? WHERE id = ?"
            library.connection.execute(sql, [onto, item])


def _listing(library: Library, article: int) -> list[tuple[int, int]]:
    sql = "SELECT collection_id, id FROM collection_items WHERE article_id = ?"
    return [(collection, item) for collection, item in library.rows(sql, [article])]
