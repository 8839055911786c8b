"""Putting themes and stars on articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating, articles
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import themes
from bulletin_desktop.services.naming import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.model.records import Article, Theme

# What parts the names in the path of a theme: 父/子.
PATH_MARK = re.compile("[/／]")


@atomic
def tag(library: Library, article_ids: Sequence[int], theme_ids: Sequence[int]) -> Change:
    """Put themes on articles, as one step; those that have them keep them."""
    return _change_tags(library, "step.tag", article_ids, theme_ids, add=True)


@atomic
def untag(library: Library, article_ids: Sequence[int], theme_ids: Sequence[int]) -> Change:
    """Take themes off articles, as one step."""
    return _change_tags(library, "step.untag", article_ids, theme_ids, add=False)


def _change_tags(
    library: Library, code: str, article_ids: Sequence[int], theme_ids: Sequence[int], *, add: bool
) -> Change:
    names = "、".join(themes.by_id(library, theme).name for theme in theme_ids)
    require(library, article_ids)
    message = Message(code, {"theme": names, "n": len(article_ids)})
    with library.change(message, "tags", "themes") as recording:
        recording.articles = frozenset(article_ids)
        for theme in theme_ids:
            if add:
                annotating.add_tags(library, article_ids, theme)
            else:
                annotating.remove_tags(library, article_ids, theme)
    return recording.result()


@atomic
def toggle(library: Library, article_ids: Sequence[int], theme: int) -> Change:
    """Take a theme off where all the articles have it, else put it on all of them."""
    found = articles.in_scope(library, Scope(ids=tuple(article_ids)))
    if found and all(theme in article.themes for article in found):
        return untag(library, article_ids, [theme])
    return tag(library, article_ids, [theme])


@atomic
def tag_new(
    library: Library, article_ids: Sequence[int], name: str, parent: int | None = None
) -> Change:
    """Make a theme (or take the one of that name) and put it on articles, as one step.

    ``name`` and ``parent`` are as for ``theme_of_path``.
    """
    path = path_of(name)
    require(library, article_ids)
    message = Message("step.tag_new", {"theme": path[-1], "n": len(article_ids)})
    with library.change(message, "themes", "tags") as recording:
        theme = theme_of_path(library, name, parent)
        annotating.add_tags(library, article_ids, theme.id)
    return recording.result()


def path_of(name: str) -> list[str]:
    """The names in a path, 父/子, from the top down.

    Raises KnownError where one of them is empty or too long.
    """
    return [clean_name(part, "theme") for part in PATH_MARK.split(name)]


def theme_of_path(library: Library, name: str, parent: int | None = None) -> Theme:
    """The theme that a name or a path, 父/子, leads to, inside an open change.

    What is missing of the path is made, each theme below the one before it and the first one below
    ``parent``; a name that a theme has already means that theme, wherever it stands. Raises
    KnownError("theme.missing") for a parent that is none.
    """
    below = None if parent is None else themes.by_id(library, parent)
    whole = themes.find(library, " ".join(name.split()))
    if whole is not None:
        return whole
    for part in path_of(name):
        above = None if below is None else below.id
        below = themes.find(library, part) or themes.insert(library, part, parent=above)
    assert below is not None
    return below


@atomic
def star(library: Library, article_ids: Sequence[int], *, starred: bool) -> Change:
    """Put a star on articles or take it off."""
    require(library, article_ids)
    message = Message("step.star" if starred else "step.unstar", {"n": len(article_ids)})
    with library.change(message, "tags") as recording:
        recording.articles = frozenset(article_ids)
        for article in found_with_other_star(library, article_ids, starred=starred):
            annotating.set_star(library, article.id, starred=starred)
    return recording.result()


def found_with_other_star(
    library: Library, article_ids: Sequence[int], *, starred: bool
) -> list[Article]:
    """The articles among these whose star is not yet as wanted."""
    return [article for article in records(library, article_ids) if article.starred != starred]


def records(library: Library, article_ids: Iterable[int]) -> list[Article]:
    """The articles with these ids, as far as there are some."""
    return articles.in_scope(library, Scope(ids=tuple(article_ids)))


def require(library: Library, article_ids: Iterable[int]) -> None:
    """Raise KnownError("article.missing") for the first id that is no article in the library."""
    wanted = tuple(article_ids)
    there = set(articles.ids_in_scope(library, Scope(ids=wanted)))
    for article in wanted:
        if article not in there:
            raise KnownError("article.missing", id=article)
