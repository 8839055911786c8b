"""The tables of collections: what stands in them between and on their articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

COLLECTION_TABLES: dict[str, tuple[str, ...]] = {
    "collections": ("id", "name", "intro", "origin"),
    "collection_items": (
        "id", "collection_id", "article_id", "position", "level", "text", "extent",
    ),
}  # fmt: skip

# What the rows that the history and the trash keep lack.
_ADDED: dict[str, dict[str, Any]] = {
    "collections": {"intro": "", "origin": ""},
    "collection_items": {"level": 0, "text": "", "extent": "full"},
}


def create_collections(db: Database) -> None:
    """Collections get an introduction and an origin; their lists get headings, which are items
    without an article, and for each article how much of it is printed.
    """
    db.execute("ALTER TABLE collections ADD COLUMN intro TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE collections ADD COLUMN origin TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE collection_items RENAME TO listed_articles")
    db.execute("DROP INDEX idx_collection_items_collection_id_article_id")
    db.execute("DROP INDEX idx_collection_items_article_id")
    db.table("collection_items").create(
        {
            "id": int, "collection_id": int, "article_id": int, "position": int, "level": int,
            "text": str, "extent": str,
        },
        pk="id", not_null={"collection_id", "position", "level", "text", "extent"},
        defaults={"level": 0, "text": "", "extent": "full"},
        foreign_keys=[("collection_id", "collections"), ("article_id", "articles")],
    )  # fmt: skip
    db.execute(
        "INSERT INTO collection_items (id, collection_id, article_id, position)"
        " SELECT id, collection_id, article_id, position FROM listed_articles"
    )
    db.execute("DROP TABLE listed_articles")
    db.table("collection_items").create_index(["collection_id", "article_id"], unique=True)
    db.table("collection_items").create_index(["article_id"])
    _widen_images(db)


def _widen_images(db: Database) -> None:
    """Give the new columns to the images of the rows, in the history and in the trash."""
    for table, added in _ADDED.items():
        values = json.dumps(added)
        for column in ("before", "after"):
            db.execute(
                f"UPDATE step_rows SET {column} = json_patch({column}, ?)"
                f" WHERE table_name = ? AND {column} IS NOT NULL",
                [values, table],
            )
    sql = "SELECT id, rows FROM trash WHERE kind = 'collection'"
    for entry, rows in db.execute(sql).fetchall():
        db.execute("UPDATE trash SET rows = ? WHERE id = ?", [_widened(rows), entry])
    for column in ("before", "after"):
        sql = f"SELECT id, {column} FROM step_rows WHERE table_name = 'trash'"
        for number, image in db.execute(f"{sql} AND {column} IS NOT NULL").fetchall():
            kept = json.loads(image)
            if kept["kind"] == "collection":
                whole = json.dumps(kept | {"rows": _widened(kept["rows"])}, ensure_ascii=False)
                db.execute(f"UPDATE step_rows SET {column} = ? WHERE id = ?", [whole, number])


def _widened(rows: str) -> str:
    images = [[table, image | _ADDED[table]] for table, image in json.loads(rows)]
    return json.dumps(images, ensure_ascii=False)
