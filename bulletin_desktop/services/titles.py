"""Titles that are too long for a line of the page, broken by sense."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.title_lines import title_lines, width

if TYPE_CHECKING:
    from bulletin_desktop.exporting.compiled import Compilation, CompiledArticle


def broken(compilation: Compilation, room: float, cover: float) -> Compilation:
    """The compilation with titles in lines of at most ``room`` Chinese characters, its own title of
    at most ``cover``, as far as they can be broken between words.
    """
    articles = [article for group in compilation.groups for article in group.articles]
    if width(compilation.title) <= cover and all(_fits(each, room) for each in articles):
        return compilation
    # Deferred: cutting words is costly to import.
    from bulletin_desktop.language.segment import Segmenter

    segmenter = Segmenter()

    def lines(title: str, room: float) -> str:
        return "\n".join(title_lines(title, segmenter.ends(title), room))

    def told(article: CompiledArticle) -> CompiledArticle:
        if _fits(article, room):
            return article
        return replace(article, title=lines(article.title or "", room))

    groups = (
        replace(group, articles=tuple(map(told, group.articles))) for group in compilation.groups
    )
    title = lines(compilation.title, cover) or compilation.title
    return replace(compilation, title=title, groups=tuple(groups))


def _fits(article: CompiledArticle, room: float) -> bool:
    return all(width(line) <= room for line in (article.title or "").splitlines())
