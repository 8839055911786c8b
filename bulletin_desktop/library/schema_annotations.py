"""The tables of what a reader puts on articles beside themes: passages, notes, rules, the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

ANNOTATION_TABLES: dict[str, tuple[str, ...]] = {
    "highlights": (
        "id", "document_id", "article_id", "start", "end", "quote", "before", "after", "placed",
        "annotator", "at",
    ),
    "highlight_themes": ("id", "highlight_id", "theme_id"),
    "taggings": ("id", "article_id", "theme_id", "annotator"),
    "refusals": ("id", "article_id", "theme_id"),
    "rules": ("id", "theme_id", "query", "options", "at_import"),
    "dictionary": ("id", "word"),
    "trash": ("id", "kind", "item", "name", "at", "annotator", "rows"),
}  # fmt: skip
NOTE_COLUMNS = (
    "id", "article_id", "highlight_id", "issue_id", "theme_id", "text", "private", "annotator",
    "at",
)  # fmt: skip

# The images of the history that lack the new columns get them.
_IMAGES = {
    "themes": "'$.description', ''",
    "notes": "'$.highlight_id', NULL, '$.issue_id', NULL, '$.theme_id', NULL, '$.private', 0,"
    " '$.annotator', '', '$.at', ''",
}


def create_annotations(db: Database) -> None:
    """Passages with their themes, who put which theme where, notes on anything, rules, the trash.

    A note belongs to an article, a passage, an issue or a theme: one of its four columns is set.
    """
    db.execute("ALTER TABLE themes ADD COLUMN description TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE steps ADD COLUMN annotator TEXT NOT NULL DEFAULT ''")
    _create_highlights(db)
    _create_notes(db)
    db.table("taggings").create(
        {"id": int, "article_id": int, "theme_id": int, "annotator": str},
        pk="id", not_null={"article_id", "theme_id", "annotator"},
        foreign_keys=[("article_id", "articles"), ("theme_id", "themes")],
    )  # fmt: skip
    db.table("taggings").create_index(["article_id", "theme_id", "annotator"], unique=True)
    db.table("taggings").create_index(["theme_id"])
    db.execute(
        "INSERT INTO taggings (article_id, theme_id, annotator)"
        " SELECT article_id, theme_id, '' FROM article_themes ORDER BY id"
    )
    # Steps of older programs know nothing of them: undoing one may take away what they point at.
    for table, column in (("themes", "theme_id"), ("articles", "article_id")):
        db.execute(
            f"CREATE TRIGGER sweep_{table} AFTER DELETE ON {table} BEGIN"
            f" DELETE FROM taggings WHERE {column} = OLD.id; END"
        )
    db.table("refusals").create(
        {"id": int, "article_id": int, "theme_id": int},
        pk="id", not_null={"article_id", "theme_id"},
        foreign_keys=[("article_id", "articles"), ("theme_id", "themes")],
    )  # fmt: skip
    db.table("refusals").create_index(["article_id", "theme_id"], unique=True)
    db.table("refusals").create_index(["theme_id"])
    db.table("rules").create(
        {"id": int, "theme_id": int, "query": str, "options": str, "at_import": int},
        pk="id", not_null={"theme_id", "query", "options", "at_import"},
        foreign_keys=[("theme_id", "themes")],
    )  # fmt: skip
    db.table("rules").create_index(["theme_id", "query"], unique=True)
    db.table("dictionary").create({"id": int, "word": str}, pk="id", not_null={"word"})
    db.table("dictionary").create_index(["word"], unique=True)
    db.table("trash").create(
        {
            "id": int, "kind": str, "item": int, "name": str, "at": str, "annotator": str,
            "rows": str,
        },
        pk="id", not_null={"kind", "item", "name", "at", "annotator", "rows"},
    )  # fmt: skip
    db.table("trash").create_index(["kind", "item"])
    for table in ("issues", "sections", "articles"):  # ids that are not given again
        db.execute(
            "INSERT INTO settings (name, value) SELECT 'last of ' || table_name, max(row_id)"
            f" FROM step_rows WHERE table_name = '{table}' GROUP BY table_name"
        )
    for table, values in _IMAGES.items():
        for column in ("before", "after"):
            db.execute(
                f"UPDATE step_rows SET {column} = json_set({column}, {values})"
                f" WHERE table_name = '{table}' AND {column} IS NOT NULL"
            )


def _create_highlights(db: Database) -> None:
    db.table("highlights").create(
        {
            "id": int, "document_id": int, "article_id": int, "start": int, "end": int,
            "quote": str, "before": str, "after": str, "placed": int, "annotator": str, "at": str,
        },
        pk="id",
        not_null={
            "document_id", "start", "end", "quote", "before", "after", "placed", "annotator", "at",
        },
        foreign_keys=[("document_id", "documents"), ("article_id", "articles")],
    )  # fmt: skip
    db.table("highlights").create_index(["article_id"])
    db.table("highlights").create_index(["document_id"])
    db.table("highlight_themes").create(
        {"id": int, "highlight_id": int, "theme_id": int},
        pk="id", not_null={"highlight_id", "theme_id"},
        foreign_keys=[("highlight_id", "highlights"), ("theme_id", "themes")],
    )  # fmt: skip
    db.table("highlight_themes").create_index(["highlight_id", "theme_id"], unique=True)
    db.table("highlight_themes").create_index(["theme_id"])


def _create_notes(db: Database) -> None:
    """Notes on articles alone become notes on anything; their ids stay, the history names them."""
    db.execute("ALTER TABLE notes RENAME TO article_notes")
    db.table("notes").create(
        {
            "id": int, "article_id": int, "highlight_id": int, "issue_id": int, "theme_id": int,
            "text": str, "private": int, "annotator": str, "at": str,
        },
        pk="id", not_null={"text", "private", "annotator", "at"}, defaults={"private": 0},
        foreign_keys=[
            ("article_id", "articles"), ("highlight_id", "highlights"), ("issue_id", "issues"),
            ("theme_id", "themes"),
        ],
    )  # fmt: skip
    db.execute(
        "INSERT INTO notes (id, article_id, text, private, annotator, at)"
        " SELECT id, article_id, text, 0, '', '' FROM article_notes"
    )
    db.execute("DROP TABLE article_notes")
    for column in ("article_id", "highlight_id", "issue_id", "theme_id"):
        db.table("notes").create_index([column], unique=True)
