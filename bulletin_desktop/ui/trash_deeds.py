"""Moving what is selected to the trash, and where to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections, searches, themes, trash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane

# Things of the trees that go into the trash by themselves, and not what is listed below them.
_DELETE: dict[str, Callable[[Library, int], Change]] = {
    "theme": themes.delete,
    "collection": collections.delete,
    "search": searches.delete,
}
_BRANCHES = ("year", "issue", "section", "article")


class _Meant(NamedTuple):
    """The articles and the whole issues that are to go."""

    articles: tuple[int, ...]
    issues: tuple[int, ...] = ()


def put_into_trash(context: Context, outline: OutlinePane, reader: ReaderPane) -> None:
    """Move to the trash what is selected: issues and years whole, articles, themes, collections or
    saved searches; else the article that is read.
    """
    nodes = [] if outline.searching else outline.tree.selected_nodes()
    if nodes and all(node.kind in _DELETE for node in nodes):
        for node in nodes:
            delete(context, node)
    elif all(node.kind in _BRANCHES for node in nodes):
        meant = _of(context, nodes) if nodes else _Meant(outline.selected_articles())
        if not any(meant) and reader.article is not None:
            meant = _Meant((reader.article.id,))
        _discard(context, outline, reader, meant)
    else:
        context.said.emit(context.text("trash.which"))


def delete(context: Context, node: Node) -> None:
    """Move the theme, collection or saved search of a row to the trash."""
    verb, item = _DELETE[node.kind], node.data
    context.act(lambda library: verb(library, item))


def _of(context: Context, nodes: Sequence[Node]) -> _Meant:
    """What rows of issues and articles stand for."""
    articles: list[int] = []
    issues: list[int] = []
    for node in nodes:
        if node.kind in ("year", "issue"):
            issues += [issue.id for issue in browsing.issues_in(context.library, node.scope)]
        else:
            articles += browsing.ids_in_scope(context.library, node.scope)
    return _Meant(tuple(dict.fromkeys(articles)), tuple(dict.fromkeys(issues)))


def _discard(context: Context, outline: OutlinePane, reader: ReaderPane, meant: _Meant) -> None:
    """Act, and where the article that is read goes, read on behind it."""
    if not any(meant):
        context.said.emit(context.text("trash.which"))
        return
    here = reader.article.id if reader.article is not None else None
    beside = [node.article.id for step in (1, -1) if (node := outline.neighbour(step))
              if node.article is not None]  # fmt: skip
    onward: list[int] = []

    def verb(library: Library) -> Change:
        before = browsing.ids_in_scope(library, Scope())
        change = trash.discard(library, *meant)
        left = set(browsing.ids_in_scope(library, Scope()))
        if here is not None and here not in left:
            at = before.index(here) if here in before else 0
            wanted = [*beside, *before[at:], *before[:at][::-1]]
            onward.extend([article for article in wanted if article in left][:1])
        return change

    def read_on() -> None:
        for article in onward:
            reader.wanted.emit(article)

    context.act(verb, read_on)
