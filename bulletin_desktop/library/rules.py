"""Rules: searches whose articles get a theme; rows inside an open change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.model.annotations import Rule

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library


def all_rules(library: Library) -> list[Rule]:
    """All rules in the order in which they were made."""
    sql = "SELECT id, theme_id, query, options, at_import FROM rules ORDER BY id"
    return [Rule(*[*row[:4], bool(row[4])]) for row in library.rows(sql)]


def insert(library: Library, rule: Rule) -> int:
    """A new rule (its id is not used); gives the id."""
    sql = "INSERT INTO rules (theme_id, query, options, at_import) VALUES (?, ?, ?, ?)"
    return int(library.connection.execute(sql, rule[1:]).lastrowid or 0)


def update(library: Library, rule: Rule) -> None:
    """Write all fields of a rule."""
    sql = "UPDATE rules SET theme_id = ?, query = ?, options = ?, at_import = ? WHERE id = ?"
    library.connection.execute(sql, [*rule[1:], rule.id])


def carrying(library: Library, theme: int) -> set[int]:
    """The articles that carry a theme, those in the trash too."""
    sql = "SELECT article_id FROM article_themes WHERE theme_id = ?"
    return {row[0] for row in library.rows(sql, [theme])}
