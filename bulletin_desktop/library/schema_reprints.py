"""The tables of reprints: fingerprints and links, which are computed, and the user's denials."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

REPRINT_TABLES: dict[str, tuple[str, ...]] = {
    "reprint_denials": ("id", "article_id", "other_id"),
}

# ``compared`` says that the article's links are made. Whatever is not there is made again, so that
# a change of an article need only take away what was made of its text. Only its numbers stay, since
# an index to find them by would take as long as all the rest: they lead to texts that are compared.
_TABLES = (
    """CREATE TABLE fingerprints (
        article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        numbers BLOB NOT NULL,
        compared INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX idx_fingerprints_new ON fingerprints (article_id) WHERE compared = 0",
    """CREATE TABLE fingerprint_numbers (
        number INTEGER NOT NULL,
        article_id INTEGER NOT NULL,
        PRIMARY KEY (number, article_id)) WITHOUT ROWID""",
    """CREATE TABLE reprints (
        article_id INTEGER NOT NULL REFERENCES fingerprints (article_id) ON DELETE CASCADE,
        other_id INTEGER NOT NULL REFERENCES fingerprints (article_id) ON DELETE CASCADE,
        share REAL NOT NULL,
        PRIMARY KEY (article_id, other_id)) WITHOUT ROWID""",
    "CREATE INDEX idx_reprints_other_id ON reprints (other_id)",
    """CREATE TABLE reprint_denials (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        other_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE)""",
    """CREATE UNIQUE INDEX idx_reprint_denials_article_id_other_id
        ON reprint_denials (article_id, other_id)""",
    "CREATE INDEX idx_reprint_denials_other_id ON reprint_denials (other_id)",
    """CREATE TRIGGER forget_fingerprint AFTER UPDATE OF kind, title, parts ON articles
        WHEN (OLD.kind, OLD.title, OLD.parts) IS NOT (NEW.kind, NEW.title, NEW.parts) BEGIN
        DELETE FROM fingerprints WHERE article_id = OLD.id; END""",
)


def create_reprints(db: Database) -> None:
    """Fingerprints of articles, their numbers to find them by, links (each in both directions), and
    pairs that the user said are not the same, the smaller id first.
    """
    for table in _TABLES:
        db.execute(table)
