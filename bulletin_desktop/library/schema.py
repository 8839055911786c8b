"""The tables of a library, and the triggers that record changes of the small ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library.schema_annotations import (
    ANNOTATION_TABLES,
    NOTE_COLUMNS,
    create_annotations,
)
from bulletin_desktop.library.schema_collections import COLLECTION_TABLES, create_collections
from bulletin_desktop.library.schema_reprints import REPRINT_TABLES, create_reprints
from bulletin_desktop.library.schema_search import SEARCH_TABLES, create_search
from bulletin_desktop.library.schema_units import UNIT_TABLES, create_units

if TYPE_CHECKING:
    from sqlite_utils import Database

# Tables whose rows the history keeps, with the columns of their images. Of a document only the
# trash flag is kept: an import is undone by its ids, text never goes into the history.
TRACKED: dict[str, tuple[str, ...]] = {
    "documents": ("id", "trashed"),
    "themes": ("id", "name", "parent_id", "colour", "key", "aliases", "words", "description"),
    "article_themes": ("id", "article_id", "theme_id"),
    "stars": ("id", "article_id"),
    "notes": NOTE_COLUMNS,
    **COLLECTION_TABLES,
    "corrections": (
        "id", "document_id", "code", "start", "end", "quote", "before", "after", "value", "placed",
    ),
    **UNIT_TABLES,
    **REPRINT_TABLES,
    **SEARCH_TABLES,
    **ANNOTATION_TABLES,
}  # fmt: skip

# Tables whose rows the history keeps only of a change that says so (a correction): an import, which
# fills them, is undone by the flag of its documents.
STRUCTURE: dict[str, tuple[str, ...]] = {
    "layouts": ("id", "spans", "cuts"),
    "issues": (
        "id", "document_id", "position", "title", "number", "total_number", "date", "date_basis",
        "date_evidence", "masthead", "distribution", "editor",
    ),
    "sections": ("id", "issue_id", "position", "name"),
    "articles": (
        "id", "issue_id", "section_id", "position", "kind", "kicker", "title", "subtitle", "author",
        "source", "start", "end", "parts", "omitted", "characters",
    ),
}  # fmt: skip
RECORDED = TRACKED | STRUCTURE


# What the first version recorded, where that was less.
_FIRST_COLUMNS: dict[str, tuple[str, ...]] = {
    "themes": ("id", "name", "parent_id", "colour", "key", "aliases", "words"),
    "notes": ("id", "article_id", "text"),
    "collections": ("id", "name"),
    "collection_items": ("id", "collection_id", "article_id", "position"),
}
_WITH_NOTES = ("themes", "notes")  # of those, the ones that version 5 records anew
_FIRST_TRACKED = (
    "documents", "themes", "article_themes", "stars", "notes", "collections", "collection_items",
)  # fmt: skip


def create_first_version(db: Database) -> None:
    """Schema version 1: documents with their text, what was cut from it, annotations, history."""
    _create_texts(db)
    _create_annotations(db)
    _create_history(db)
    for table in _FIRST_TRACKED:
        _create_triggers(db, table, _FIRST_COLUMNS.get(table))


def add_places(db: Database) -> None:
    """Schema version 2: where the reader stopped; a quick look for what is not in the trash."""
    db.table("places").create(
        {"id": int, "article_id": int, "position": int, "at": str},
        pk="id", not_null={"article_id", "position"}, foreign_keys=[("article_id", "articles")],
    )  # fmt: skip
    db.table("places").create_index(["article_id"], unique=True)
    # The flag stands behind the text in its row, which takes long to step over.
    db.table("documents").create_index(["trashed"])


def add_corrections(db: Database) -> None:
    """Schema version 3: corrections of the cut, its reasons, remarks on the reading of a file."""
    db.execute("ALTER TABLE recording ADD COLUMN structural INTEGER NOT NULL DEFAULT 0")
    db.table("layouts").create(
        {"id": int, "spans": str, "cuts": str}, pk="id", not_null={"spans", "cuts"},
        foreign_keys=[("id", "documents")],
    )  # fmt: skip
    db.execute("INSERT INTO layouts (id, spans, cuts) SELECT id, spans, '[]' FROM documents")
    db.execute("ALTER TABLE documents DROP COLUMN spans")
    db.execute("ALTER TABLE documents ADD COLUMN remarks TEXT NOT NULL DEFAULT '[]'")
    # One file read in two encodings is two documents, of which one is in the trash.
    db.execute("DROP INDEX idx_documents_sha256")
    db.table("documents").create_index(["sha256"])
    db.table("documents").create_index(["path"])  # each file of an import asks for its own
    db.execute("ALTER TABLE issues ADD COLUMN place TEXT")
    db.execute("ALTER TABLE issues ADD COLUMN editor TEXT")
    db.table("corrections").create(
        {
            "id": int, "document_id": int, "code": str, "start": int, "end": int, "quote": str,
            "before": str, "after": str, "value": str, "placed": int,
        },
        pk="id", foreign_keys=[("document_id", "documents")],
        not_null={"document_id", "code", "start", "end", "quote", "value"}, defaults={"placed": 1},
    )  # fmt: skip
    db.table("corrections").create_index(["document_id"])
    create_units(db)
    create_reprints(db)
    for table in ("corrections", *STRUCTURE, *UNIT_TABLES, *REPRINT_TABLES):
        _create_triggers(db, table)


def add_search(db: Database) -> None:
    """Schema version 4: the search index, and searches that are kept."""
    create_search(db)
    for table in SEARCH_TABLES:
        _create_triggers(db, table)


def add_annotations(db: Database) -> None:
    """Schema version 5: passages, notes on anything, annotators, rules, refusals, the trash."""
    for event in ("insert", "update", "delete"):
        for table in _WITH_NOTES:
            db.execute(f"DROP TRIGGER record_{table}_{event}")
    create_annotations(db)
    for table in (*_WITH_NOTES, *ANNOTATION_TABLES):
        _create_triggers(db, table)


def add_compiling(db: Database) -> None:
    """Schema version 6: collections with headings, an introduction and chosen extents."""
    for event in ("insert", "update", "delete"):
        for table in COLLECTION_TABLES:
            db.execute(f"DROP TRIGGER record_{table}_{event}")
    create_collections(db)
    for table in COLLECTION_TABLES:
        _create_triggers(db, table)


def _create_texts(db: Database) -> None:
    db.table("documents").create(
        {
            "id": int, "path": str, "sha256": str, "encoding": str, "length": int, "text": str,
            "spans": str, "imported_at": str, "trashed": int,
        },
        pk="id", not_null={"path", "sha256", "text", "spans"}, defaults={"trashed": 0},
    )  # fmt: skip
    db.table("documents").create_index(["sha256"], unique=True)
    db.table("issues").create(
        {
            "id": int, "document_id": int, "position": int, "title": str, "number": str,
            "total_number": str, "date": str, "date_basis": str, "date_evidence": str,
            "masthead": str, "distribution": str,
        },
        pk="id", not_null={"document_id", "position"}, foreign_keys=[("document_id", "documents")],
    )  # fmt: skip
    db.table("issues").create_index(["document_id"])
    db.table("issues").create_index(["date"])
    db.table("sections").create(
        {"id": int, "issue_id": int, "position": int, "name": str},
        pk="id", not_null={"issue_id", "position", "name"}, foreign_keys=[("issue_id", "issues")],
    )  # fmt: skip
    db.table("sections").create_index(["issue_id"])
    db.table("articles").create(
        {
            "id": int, "issue_id": int, "section_id": int, "position": int, "kind": str,
            "kicker": str, "title": str, "subtitle": str, "author": str, "source": str,
            "start": int, "end": int, "parts": str, "omitted": str, "characters": int,
        },
        pk="id", not_null={"issue_id", "position", "kind", "start", "end", "parts"},
        foreign_keys=[("issue_id", "issues"), ("section_id", "sections")],
    )  # fmt: skip
    db.table("articles").create_index(["issue_id", "position"])
    db.table("articles").create_index(["section_id"])
    db.table("articles").create_index(["source"])


def _create_annotations(db: Database) -> None:
    db.table("themes").create(
        {
            "id": int, "name": str, "parent_id": int, "colour": str, "key": str,
            "aliases": str, "words": str,
        },
        pk="id", not_null={"name", "colour", "aliases", "words"},
        foreign_keys=[("parent_id", "themes", "id")],
    )  # fmt: skip
    db.table("themes").create_index(["name"], unique=True)
    db.table("article_themes").create(
        {"id": int, "article_id": int, "theme_id": int},
        pk="id", not_null={"article_id", "theme_id"},
        foreign_keys=[("article_id", "articles"), ("theme_id", "themes")],
    )  # fmt: skip
    db.table("article_themes").create_index(["article_id", "theme_id"], unique=True)
    db.table("article_themes").create_index(["theme_id"])
    for name, columns in (("stars", {}), ("notes", {"text": str}), ("reading", {"read_at": str})):
        db.table(name).create(
            {"id": int, "article_id": int, **columns},
            pk="id", not_null={"article_id"}, foreign_keys=[("article_id", "articles")],
        )  # fmt: skip
        db.table(name).create_index(["article_id"], unique=True)
    db.table("collections").create({"id": int, "name": str}, pk="id", not_null={"name"})
    db.table("collections").create_index(["name"], unique=True)
    db.table("collection_items").create(
        {"id": int, "collection_id": int, "article_id": int, "position": int},
        pk="id", not_null={"collection_id", "article_id", "position"},
        foreign_keys=[("collection_id", "collections"), ("article_id", "articles")],
    )  # fmt: skip
    db.table("collection_items").create_index(["collection_id", "article_id"], unique=True)
    db.table("collection_items").create_index(["article_id"])
    db.table("settings").create({"name": str, "value": str}, pk="name", not_null={"value"})


def _create_history(db: Database) -> None:
    db.table("steps").create(
        {"id": int, "code": str, "params": str, "at": str, "undone": int, "merge_key": str},
        pk="id", not_null={"code", "params", "at"}, defaults={"undone": 0},
    )  # fmt: skip
    db.table("step_rows").create(
        {
            "id": int, "step_id": int, "table_name": str, "row_id": int,
            "before": str, "after": str,
        },
        pk="id", not_null={"step_id", "table_name", "row_id"}, foreign_keys=[("step_id", "steps")],
    )  # fmt: skip
    db.table("step_rows").create_index(["step_id"])
    db.table("recording").create({"step_id": int}, pk="step_id")


def _create_triggers(db: Database, table: str, columns: tuple[str, ...] | None = None) -> None:
    """Record row images (null before an insert, null after a delete) while a step is open."""
    columns = columns or RECORDED[table]
    which = " WHERE structural" if table in STRUCTURE else ""

    def image(row: str) -> str:
        pairs = ", ".join(f"'{c}', {row}.{c}" for c in columns)
        return f"json_object({pairs})"

    events = {
        "insert": ("INSERT", "NEW.id", "NULL", image("NEW")),
        "update": (f"UPDATE OF {', '.join(columns[1:])}", "OLD.id", image("OLD"), image("NEW")),
        "delete": ("DELETE", "OLD.id", image("OLD"), "NULL"),
    }
    if table == "documents":
        events = {"update": events["update"]}
    for name, (event, row_id, before, after) in events.items():
        db.execute(
            f"CREATE TRIGGER record_{table}_{name} AFTER {event} ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM recording{which}) BEGIN "
            "INSERT INTO step_rows (step_id, table_name, row_id, before, after) "
            f"SELECT step_id, '{table}', {row_id}, {before}, {after} FROM recording; END"
        )
