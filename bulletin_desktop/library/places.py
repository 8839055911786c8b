"""Where the reader stopped in an article; outside the history, as reading is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library.articles import LIVE
from bulletin_desktop.library.store import now

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library

# A document in the trash keeps its articles; their places go as soon as another is kept.
_GONE = f"""DELETE FROM places WHERE NOT EXISTS (SELECT 1 FROM articles a
    JOIN issues i ON i.id = a.issue_id AND {LIVE} WHERE a.id = places.article_id)"""
_KEEP = """INSERT INTO places (article_id, position, at)
    SELECT id, min(?2, characters), ?3 FROM articles WHERE id = ?1
    ON CONFLICT (article_id) DO UPDATE SET position = excluded.position, at = excluded.at"""


def place_of(library: Library, article: int) -> int:
    """The code point of the body at which reading stopped; 0 where none is kept."""
    found = library.value("SELECT position FROM places WHERE article_id = ?", [article])
    return int(found or 0)


def keep_place(library: Library, article: int, position: int) -> None:
    """Keep the code point of the body at which reading stopped; 0 forgets it.

    A position behind the body is its end. Nothing is kept for an article that is gone.
    """
    with library.transaction() as connection:
        if position > 0:
            connection.execute(_KEEP, [article, position, now()])
        else:
            connection.execute("DELETE FROM places WHERE article_id = ?", [article])
        connection.execute(_GONE)


def carry_place(library: Library, article: int, onto: int) -> None:
    """Give another article the place that is kept for this one, inside a transaction."""
    library.connection.execute(
        "INSERT OR IGNORE INTO places (article_id, position, at)"
        " SELECT a.id, min(p.position, a.characters), p.at FROM places p, articles a"
        " WHERE p.article_id = ? AND a.id = ?",
        [article, onto],
    )
