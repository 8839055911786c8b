"""The parts of the library that a search can be kept to, as the window stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane


class Part(NamedTuple):
    """A part of the library and what it is called."""

    name: str
    scope: Scope


def parts(context: Context, outline: OutlinePane, wanted: Scope) -> list[Part]:
    """The parts that make sense before a search, all articles first.

    The one ``wanted`` is among them; where it is no other, it holds articles that are alike.
    """
    text = context.text
    found = [Part(text("scope.all"), Scope())]
    read = outline.read
    records = browsing.in_scope(context.library, Scope(ids=(read,))) if read else []
    found += [Part(text("scope.issue"), Scope(issue=record.issue)) for record in records]
    nodes = outline.tree.selected_nodes()
    named = dict(filter(None, map(_collection, nodes)))
    if len(named) == 1:
        [(collection, name)] = named.items()
        part = text("scope.collection", name=name)
        found.append(Part(part, Scope(collection=collection)))
    chosen = outline.tree.selected_articles() if len(nodes) > 1 or _is_branch(nodes) else ()
    if len(chosen) > 1:
        found.append(Part(text("scope.selected", n=len(chosen)), Scope(ids=chosen)))
    if wanted.ids is not None and wanted not in [part.scope for part in found]:
        found.append(Part(text("scope.like", n=len(wanted.ids)), wanted))
    return found


def _collection(node: Node) -> tuple[int, str] | None:
    """The collection that a row is, or stands in."""
    at: Node | None = node
    while at is not None and at.kind != "collection":
        at = at.parent
    return (at.data, at.label) if at is not None else None


def _is_branch(nodes: list[Node]) -> bool:
    """Whether one branch is selected that has no other name among the parts."""
    return len(nodes) == 1 and nodes[0].article is None and nodes[0].kind != "collection"
