"""Themes, tags, stars, and all that is on an article: rows inside an open change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletin_desktop.library import collecting
from bulletin_desktop.library.noting import note_of, set_note
from bulletin_desktop.library.places import carry_place
from bulletin_desktop.library.store import ANNOTATOR
from bulletin_desktop.library.trash_links import repoint
from bulletin_desktop.model.records import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.library.store import Library

# What hangs on a theme: tables of pairs with what else is in them; then all tables that name one.
_HANGING = {
    "article_themes": ("article_id",),
    "taggings": ("article_id", "annotator"),
    "highlight_themes": ("highlight_id",),
}
THEMED = (*_HANGING, "refusals", "rules", "notes")
# What is in the trash is little, and so looked up first and taken off the counts.
_THEMES = """WITH dead(id) AS (
    SELECT h.id FROM documents d CROSS JOIN highlights h ON h.document_id = d.id WHERE d.trashed = 1
    UNION SELECT h.id FROM trash CROSS JOIN highlights h ON h.article_id = item
      WHERE kind = 'article'
    UNION SELECT h.id FROM trash CROSS JOIN articles a ON a.issue_id = item
      CROSS JOIN highlights h ON h.article_id = a.id WHERE trash.kind = 'issue'),
  dead_articles(id) AS (
    SELECT a.id FROM documents d CROSS JOIN issues i ON i.document_id = d.id
      CROSS JOIN articles a ON a.issue_id = i.id WHERE d.trashed = 1
    UNION SELECT item FROM trash WHERE kind = 'article'
    UNION SELECT a.id FROM trash CROSS JOIN articles a ON a.issue_id = item
      WHERE trash.kind = 'issue')
  SELECT t.id, t.name, t.parent_id, t.colour, t.key, t.aliases, t.words,
  coalesce(tagged.n, 0) - coalesce(gone.n, 0), t.description,
  (SELECT count(*) FROM highlight_themes x WHERE x.theme_id = t.id
    AND x.highlight_id NOT IN (SELECT id FROM dead))
  FROM themes t
    LEFT JOIN (SELECT theme_id, count(*) AS n FROM article_themes GROUP BY theme_id) tagged
      ON tagged.theme_id = t.id
    LEFT JOIN (SELECT theme_id, count(*) AS n FROM dead_articles g
      CROSS JOIN article_themes x ON x.article_id = g.id GROUP BY theme_id) gone
      ON gone.theme_id = t.id
  ORDER BY t.id"""
_UNCOUNTED = """SELECT id, name, parent_id, colour, key, aliases, words, 0, description, 0
  FROM themes ORDER BY id"""


def themes(library: Library, *, counted: bool = True) -> list[Theme]:
    """All themes in the order in which they were made, with what carries them ``counted``."""
    return [_theme(row) for row in library.rows(_THEMES if counted else _UNCOUNTED)]


def _theme(row: tuple[Any, ...]) -> Theme:
    aliases, words = (tuple(json.loads(column)) for column in row[5:7])
    return Theme(*[*row[:5], aliases, words, *row[7:]])


def insert_theme(library: Library, theme: Theme) -> int:
    """A new theme row from ``theme`` (its id and count are not used); gives the id."""
    cursor = library.connection.execute(
        "INSERT INTO themes (name, parent_id, colour, key, aliases, words, description)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        _theme_values(theme),
    )
    return int(cursor.lastrowid or 0)


def update_theme(library: Library, theme: Theme) -> None:
    """Write all fields of a theme."""
    library.connection.execute(
        "UPDATE themes SET name = ?, parent_id = ?, colour = ?, key = ?, aliases = ?, words = ?,"
        " description = ? WHERE id = ?",
        [*_theme_values(theme), theme.id],
    )


def _theme_values(theme: Theme) -> list[Any]:
    aliases = json.dumps(theme.aliases, ensure_ascii=False)
    words = json.dumps(theme.words, ensure_ascii=False)
    return [
        theme.name, theme.parent, theme.colour, theme.key, aliases, words, theme.description,
    ]  # fmt: skip


def delete_theme(library: Library, theme: int) -> None:
    """Remove a theme with all that hangs on it; its children move up to its parent."""
    connection = library.connection
    for table in THEMED:
        connection.execute(f"DELETE FROM {table} WHERE theme_id = ?", [theme])
    connection.execute(
        "UPDATE themes SET parent_id = (SELECT parent_id FROM themes WHERE id = ?)"
        " WHERE parent_id = ?",
        [theme, theme],
    )
    connection.execute("DELETE FROM themes WHERE id = ?", [theme])


def add_tags(
    library: Library, articles: Iterable[int], theme: int, annotator: str | None = None
) -> None:
    """Put a theme on articles, by whoever works on the library; those that have it keep it."""
    articles = list(articles)
    by = ANNOTATOR if annotator is None else "?3"
    given = [] if annotator is None else [annotator]
    library.connection.executemany(
        f"INSERT INTO taggings (article_id, theme_id, annotator) SELECT ?1, ?2, {by} WHERE NOT"
        f" EXISTS (SELECT 1 FROM taggings WHERE article_id = ?1 AND theme_id = ?2"
        f" AND annotator = {by})",
        [(article, theme, *given) for article in articles],
    )
    library.connection.executemany(
        "INSERT INTO article_themes (article_id, theme_id) SELECT ?1, ?2 WHERE NOT EXISTS"
        " (SELECT 1 FROM article_themes WHERE article_id = ?1 AND theme_id = ?2)",
        [(article, theme) for article in articles],
    )


def remove_tags(library: Library, articles: Iterable[int], theme: int) -> None:
    """Take a theme off articles; what others said stays said, but counts no more."""
    articles = list(articles)
    library.connection.executemany(
        f"DELETE FROM taggings WHERE article_id = ? AND theme_id = ? AND annotator IN"
        f" ('', {ANNOTATOR})",
        [(article, theme) for article in articles],
    )
    library.connection.executemany(
        "DELETE FROM article_themes WHERE article_id = ? AND theme_id = ?",
        [(article, theme) for article in articles],
    )


def move_tags(library: Library, theme: int, onto: int) -> None:
    """Give another theme all articles and passages of ``theme``, its refusals and its rules."""
    connection = library.connection
    for table, columns in _HANGING.items():
        same = " AND ".join(f"x.{column} = t.{column}" for column in columns)
        names = ", ".join(columns)
        connection.execute(
            f"INSERT INTO {table} (theme_id, {names}) SELECT ?2, {names} FROM {table} t"
            f" WHERE theme_id = ?1 AND NOT EXISTS (SELECT 1 FROM {table} x WHERE x.theme_id = ?2"
            f" AND {same}) ORDER BY id",
            [theme, onto],
        )
    connection.execute(
        "UPDATE rules SET theme_id = ?2 WHERE theme_id = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM rules x WHERE x.theme_id = ?2 AND x.query = rules.query)",
        [theme, onto],
    )
    repoint(library, "themes", {theme: onto})


def set_star(library: Library, article: int, *, starred: bool) -> None:
    """Put a star on an article or take it off."""
    library.connection.execute("DELETE FROM stars WHERE article_id = ?", [article])
    if starred:
        library.connection.execute("INSERT INTO stars (article_id) VALUES (?)", [article])


ANNOTATIONS = (
    "article_themes", "taggings", "refusals", "stars", "notes", "collection_items",
)  # fmt: skip


def annotated(library: Library, articles: Iterable[int]) -> set[int]:
    """Those of the articles that have a theme, a star, a note, a marked passage or a place
    in a collection.
    """
    ids = json.dumps(list(articles))
    sql = " UNION ".join(
        f"SELECT article_id FROM {table} WHERE article_id IN (SELECT value FROM json_each(?1))"
        for table in (*ANNOTATIONS, "highlights")
    )
    return {row[0] for row in library.rows(sql, [ids])}


def carry_over(library: Library, article: int, onto: int) -> None:
    """Give another article all that the user put on this one, its having been read and its
    place.
    """
    connection = library.connection
    for table in ANNOTATIONS:
        connection.execute(
            f"UPDATE {table} SET article_id = ? WHERE article_id = ?", [onto, article]
        )
    connection.execute(
        "INSERT OR IGNORE INTO reading (article_id, read_at)"
        " SELECT ?, read_at FROM reading WHERE article_id = ?",
        [onto, article],
    )
    carry_place(library, article, onto)


def share(library: Library, article: int, onto: int) -> None:
    """Give a new article that was cut off another the themes, star and places of that one.

    A note stays where it is: it is said once.
    """
    connection = library.connection
    for table, columns in (
        ("article_themes", "theme_id"),
        ("taggings", "theme_id, annotator"),
        ("reading", "read_at"),
    ):
        connection.execute(
            f"INSERT INTO {table} (article_id, {columns})"
            f" SELECT ?, {columns} FROM {table} WHERE article_id = ?",
            [onto, article],
        )
    connection.execute(
        "INSERT INTO stars (article_id) SELECT ? FROM stars WHERE article_id = ?", [onto, article]
    )
    collecting.put_beside(library, article, onto)


def unite(library: Library, article: int, onto: int) -> None:
    """Give an article all that is on another that becomes part of it; both notes are kept."""
    connection = library.connection
    connection.execute(
        "INSERT INTO article_themes (article_id, theme_id) SELECT ?1, theme_id"
        " FROM article_themes t WHERE article_id = ?2"
        " AND NOT EXISTS (SELECT 1 FROM article_themes x WHERE x.article_id = ?1"
        " AND x.theme_id = t.theme_id) ORDER BY id",
        [onto, article],
    )
    connection.execute(
        "INSERT INTO taggings (article_id, theme_id, annotator) SELECT ?1, theme_id, annotator"
        " FROM taggings t WHERE article_id = ?2 AND NOT EXISTS (SELECT 1 FROM taggings x WHERE"
        " x.article_id = ?1 AND x.theme_id = t.theme_id AND x.annotator = t.annotator)",
        [onto, article],
    )
    if library.value("SELECT 1 FROM stars WHERE article_id = ?", [article]):
        set_star(library, onto, starred=True)
    notes_of_both = [note for note in (note_of(library, onto), note_of(library, article)) if note]
    set_note(library, "article", onto, "\n\n".join(notes_of_both))
    collecting.put_instead(library, article, onto)
    connection.execute("DELETE FROM notes WHERE article_id = ?", [article])


def setting(library: Library, name: str) -> str | None:
    """A value that the library keeps about itself, outside the history."""
    value: str | None = library.value("SELECT value FROM settings WHERE name = ?", [name])
    return value


def set_setting(library: Library, name: str, value: str) -> None:
    """Keep a value about the library."""
    with library.transaction() as connection:
        connection.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )
