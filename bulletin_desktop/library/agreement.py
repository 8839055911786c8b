"""Who put which themes where, as two annotators are compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulletin_desktop.library.articles import FROM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.library.store import Library

_BY = "annotator IN (SELECT value FROM json_each(?))"


def annotators(library: Library) -> list[str]:
    """The annotators of taggings of articles outside the trash, as they are written there."""
    sql = f"""SELECT DISTINCT annotator FROM taggings
        WHERE article_id IN (SELECT a.id {FROM}) ORDER BY annotator"""
    return [row[0] for row in library.rows(sql)]


def judged(library: Library, first: Sequence[str], second: Sequence[str]) -> list[int]:
    """The articles outside the trash of the issues in which both have put a theme on something.

    Each of the two may have several names.
    """
    worked = f"""SELECT x.issue_id FROM taggings t JOIN articles x ON x.id = t.article_id
        WHERE t.{_BY}"""
    sql = f"SELECT a.id {FROM} WHERE a.issue_id IN ({worked}) AND a.issue_id IN ({worked})"
    names = [json.dumps(list(first)), json.dumps(list(second))]
    return [row[0] for row in library.rows(sql, names)]


def tagged(library: Library, names: Sequence[str]) -> set[tuple[int, int]]:
    """The pairs of theme and article that an annotator of these names has put together."""
    sql = f"SELECT theme_id, article_id FROM taggings WHERE {_BY}"
    return set(library.rows(sql, [json.dumps(list(names))]))
