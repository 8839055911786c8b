"""What carries themes: counted for two of them together, and handed from one to another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulletin_desktop.library.articles import LIVE, LIVE_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.library.store import Library

_GIVEN = "(SELECT value FROM json_each(?1))"


def overlap(library: Library, themes: Iterable[int], into: int) -> tuple[int, int, int, int]:
    """How many articles and passages carry one of the themes or more, and how many of these
    articles and passages carry ``into`` as well.
    """
    given = [json.dumps(list(themes)), into]
    articles = f"""SELECT count(DISTINCT x.article_id), count(DISTINCT y.article_id)
        FROM article_themes x JOIN articles a ON a.id = x.article_id AND {LIVE_ARTICLE}
        JOIN issues i ON i.id = a.issue_id AND {LIVE}
        LEFT JOIN article_themes y ON y.article_id = x.article_id AND y.theme_id = ?2
        WHERE x.theme_id IN {_GIVEN}"""
    passages = f"""SELECT count(DISTINCT x.highlight_id), count(DISTINCT y.highlight_id)
        FROM highlight_themes x
        LEFT JOIN highlight_themes y ON y.highlight_id = x.highlight_id AND y.theme_id = ?2
        WHERE x.theme_id IN {_GIVEN}"""
    [(moved, both)] = library.rows(articles, given)
    [(moved_passages, both_passages)] = library.rows(passages, given)
    return moved, moved_passages, both, both_passages


def carriers(library: Library, theme: int, articles: Iterable[int]) -> list[int]:
    """Those of the articles that carry a theme, in the order of their ids."""
    sql = f"""SELECT x.article_id FROM article_themes x
        JOIN articles a ON a.id = x.article_id AND {LIVE_ARTICLE}
        JOIN issues i ON i.id = a.issue_id AND {LIVE}
        WHERE x.theme_id = ?2 AND x.article_id IN {_GIVEN} ORDER BY x.article_id"""
    return [row[0] for row in library.rows(sql, [json.dumps(list(articles)), theme])]


def hand_on(
    library: Library, theme: int, onto: int, articles: Iterable[int], *, keep: bool
) -> None:
    """Put ``onto`` on articles that carry ``theme``, in the name of those who put that there.

    Unless they ``keep`` it, ``theme`` is taken off them.
    """
    given = [json.dumps(list(articles)), theme]
    for table, columns in (("article_themes", ""), ("taggings", ", annotator")):
        library.connection.execute(
            f"INSERT INTO {table} (article_id, theme_id{columns}) SELECT article_id, ?3{columns}"
            f" FROM {table} WHERE theme_id = ?2 AND article_id IN {_GIVEN} ORDER BY id",
            [*given, onto],
        )
        if not keep:
            library.connection.execute(
                f"DELETE FROM {table} WHERE theme_id = ?2 AND article_id IN {_GIVEN}", given
            )
