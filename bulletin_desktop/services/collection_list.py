"""A collection as it will be printed: what of each article, counts, pages, new hits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library import articles, collecting
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import collections, compiling

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.exporting.blocks import Block
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.model.records import Article, CollectionItem


class Row(NamedTuple):
    """One line of a collection; ``article`` is None for a heading.

    ``excerpts`` are the article's highlights, ``characters`` what is printed of its body.
    """

    item: CollectionItem
    article: Article | None
    excerpts: int = 0
    characters: int = 0


class Figures(NamedTuple):
    """How many articles there are, and how many characters are printed of their bodies."""

    articles: int
    characters: int


def gather(
    library: Library, collection: int, catalogue: Catalogue
) -> Generator[Progress, bool | None, list[Row]]:
    """The lines of a collection. Raises KnownError("collection.missing").

    Only articles that are printed in part are read whole.
    """
    listed = collections.items(library, collection)
    known = {x.id: x for x in articles.in_scope(library, Scope(collection=collection))}
    excerpts = collecting.excerpts(library, collection)
    partly = [x.article for x in listed if x.article and _is_compiled(x)]
    printed = yield from _printed(library, collection, partly, catalogue)
    rows = []
    for item in listed:
        article = known.get(item.article or 0)
        if article is None:
            rows.append(Row(item, None))
        else:
            whole = article.characters if item.extent == "full" else len(item.text)
            count = printed.get(article.id, whole)
            rows.append(Row(item, article, excerpts.get(article.id, 0), count))
    return rows


def _is_compiled(item: CollectionItem) -> bool:
    """Whether only the text itself tells how much is printed."""
    return item.extent == "excerpt" or (item.extent == "summary" and not item.text)


def _printed(
    library: Library, collection: int, some: Sequence[int], catalogue: Catalogue
) -> Generator[Progress, bool | None, dict[int, int]]:
    """The characters that are printed of some articles of a collection."""
    if not some:
        return {}
    scope = Scope(collection=collection, ids=tuple(some))
    choices = compiling.Choices("", "none")
    compilation = yield from compiling.compile_articles(library, scope, choices, catalogue)
    groups = compilation.groups if compilation is not None else ()
    return {x.number: len(x.text) for group in groups for x in group.articles}


def figures(rows: Iterable[Row]) -> Figures:
    """The counts of the lines that ``gather`` gave."""
    found = [row.characters for row in rows if row.article is not None]
    return Figures(len(found), sum(found))


def pages(
    library: Library, collection: int, catalogue: Catalogue
) -> Generator[Progress, bool | None, int]:
    """About how many pages a collection fills in the usual template, cover and contents too.

    0 where it has no articles, or where a true value that was sent in ended the counting.
    """
    known = collections.by_id(library, collection)
    if not known.articles:
        return 0
    scope, choices = Scope(collection=collection), compiling.Choices(known.name, "none")
    compilation = yield from compiling.compile_articles(library, scope, choices, catalogue)
    if compilation is None:
        return 0
    # Deferred: whoever only looks at the list counts no pages.
    from bulletin_desktop.exporting.arranging import blocks_of
    from bulletin_desktop.exporting.template import load_template

    template = load_template()
    return _count(list(blocks_of(compilation, template.parts)), template)


def _count(blocks: Sequence[Block], template: Template) -> int:
    """The pages of blocks: the guess for a title that would stand behind them, and the front."""
    from bulletin_desktop.exporting.blocks import Contents, Cover, Heading
    from bulletin_desktop.exporting.pages import guess_pages

    anchors = [block.anchor for block in blocks if isinstance(block, Heading)]
    end = Heading("title", 3, ("",), max(anchors, default=0) + 1)
    count = guess_pages([*blocks, end], template)[end.anchor]
    for block in blocks:
        if isinstance(block, Contents):
            count += math.ceil((len(block.entries) + 2) / template.page.lines)
        count += isinstance(block, Cover) and block.page
    return count


def proposed_summary(library: Library, article: int) -> str:
    """What stands for an article where the user writes nothing: its first sentence.

    Raises KnownError("article.missing").
    """
    return compiling.first_sentence("\n".join(articles.text_of(library, article).paragraphs))


def new_hits(library: Library, collection: int) -> Generator[Progress, bool | None, list[int]]:
    """What the search that a collection is a copy of finds now and the collection lacks.

    Raises KnownError("query.…") where this version of the program cannot read the search.
    """
    from bulletin_desktop.services import searching  # deferred: few collections are copies

    origin = collections.by_id(library, collection).origin
    if not origin:
        return []
    found = yield from searching.matching(library, origin)
    have = {item.article for item in collecting.items(library, collection)}
    return [article for article in found if article not in have]
