"""The nodes of the trees over articles, read branch by branch as they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections
from bulletin_desktop.services.labels import issue_label

if TYPE_CHECKING:
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.model.units import Unit
    from bulletin_desktop.services.units import Directory
    from bulletin_desktop.ui.context import Context

Tab = Literal["issues", "themes", "sources", "collections"]
_MOST_PRINTED = 12  # in a tooltip
TABS: tuple[Tab, ...] = ("issues", "themes", "sources", "collections")


class Node:
    """A row of a tree: what it shows, the articles it stands for, and its place."""

    def __init__(
        self, kind: str, key: str, label: str, scope: Scope, *,
        suffix: str = "", count: str = "", tip: str = "", article: Article | None = None,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.key = key
        self.label = label
        self.scope = scope
        self.suffix = suffix
        self.count = count
        self.tip = tip
        self.article = article
        self.unread = article is not None and article.unread
        self.colour: str | None = None
        self.row = 0
        self.parent: Node | None = None
        # None: not read yet; an article has none.
        self.children: list[Node] | None = None if article is None else []
        self.branches = article is None
        self.data = 0
        self.level = 0  # of a heading in a collection
        self.unit = ""  # the key of a unit

    def path(self) -> tuple[str, ...]:
        """The keys from the top to here: the same for the same thing in a tree built anew."""
        return (*(self.parent.path() if self.parent else ()), self.key)


def top(context: Context, tab: Tab, scope: Scope) -> list[Node]:
    """The first level of a tab; ``scope`` narrows it to what a filter left."""
    return {"issues": _years, "themes": _themes, "sources": _senders, "collections": _collections}[
        tab
    ](context, scope)


def below(context: Context, node: Node) -> list[Node]:
    """The children of a node, read from the library now."""
    if node.kind == "year":
        return _issues(context, node.scope)
    if node.kind == "issue":
        return _sections(context, node.scope)
    if node.kind == "theme":
        return [*_themes(context, node.scope, node.data), *_tagged(context, node)]
    if node.kind == "unit":
        return _below_unit(context, node)
    if node.kind == "no_units":
        return _no_units(context, node.scope)
    if node.kind == "collection":
        return _listed(context, node)
    return _articles(context, node.scope)


def _years(context: Context, scope: Scope) -> list[Node]:
    return [
        Node(
            "year",
            f"year {group.name}",
            context.text("tree.year", year=group.name)
            if group.name
            else context.text("tree.undated"),
            scope._replace(year=group.name or ""),
            count=context.text("tree.issues", n=group.children),
        )
        for group in browsing.years_in(context.library, scope)
    ]


def _issues(context: Context, scope: Scope) -> list[Node]:
    return [
        Node(
            "issue",
            f"issue {issue.id}",
            label.text,
            scope._replace(issue=issue.id),
            suffix=context.text("date.inferred") if label.inferred else "",
            count=str(issue.articles),
            tip=_issue_tip(context, issue.unread, issue.date_evidence if label.inferred else None),
        )
        for issue in browsing.issues_in(context.library, scope)
        for label in [issue_label(issue, context.catalogue)]
    ]


def _issue_tip(context: Context, unread: int, evidence: str | None) -> str:
    lines = [context.text("tree.unread", n=unread)]
    if evidence:
        lines.append(context.text("date.evidence", quote=evidence))
    return "\n".join(lines)


def _sections(context: Context, scope: Scope) -> list[Node]:
    groups = browsing.sections_in(context.library, scope)
    if [group.id for group in groups] == [0]:
        return _articles(context, scope)
    return [
        Node(
            "section",
            f"section {group.id}",
            group.name or context.text("tree.no_section"),
            scope._replace(section=group.id),
            count=str(group.articles),
        )
        for group in groups
    ]


def _articles(context: Context, scope: Scope) -> list[Node]:
    return [article_node(context, a) for a in browsing.in_scope(context.library, scope)]


def article_node(context: Context, article: Article) -> Node:
    """The leaf for an article."""
    title = article.heading or context.text("tree.untitled")
    return Node(
        "article",
        f"article {article.id}",
        title,
        Scope(ids=(article.id,)),
        tip=title,
        article=article,
    )


def _themes(context: Context, scope: Scope, parent: int | None = None) -> list[Node]:
    known = context.themes().values()
    parents = {theme.parent for theme in known}
    found = [theme for theme in known if theme.parent == parent]
    nodes = []
    for theme in found:
        inside = scope._replace(theme=theme.id)
        count = browsing.count_in_scope(context.library, inside)
        if scope.ids is None or count:
            node = Node("theme", f"theme {theme.id}", theme.name, inside, count=str(count))
            node.colour, node.data = theme.colour, theme.id
            node.branches = bool(count) or theme.id in parents
            nodes.append(node)
    return nodes


def _tagged(context: Context, node: Node) -> list[Node]:
    """The articles that carry the theme itself, not only one below it."""
    found = browsing.in_scope(context.library, node.scope)
    return [article_node(context, a) for a in found if node.data in a.themes]


def _senders(context: Context, scope: Scope) -> list[Node]:
    """Who sent articles in: units as a tree, sources that are none, and articles without any."""
    known = _units_in(context, scope)
    nodes = _units(context, known, scope, None)
    if printed := known.without_unit():
        inside = scope._replace(printed=tuple(printed))
        words, count = context.text("tree.no_units"), sum(map(known.counts.__getitem__, printed))
        nodes.append(Node("no_units", "no_units", words, inside, count=str(count)))
    inside = scope._replace(source="")
    if count := browsing.count_in_scope(context.library, inside):
        words = context.text("tree.no_source")
        nodes.append(Node("source", "source ", words, inside, count=str(count)))
    return nodes


def _units_in(context: Context, scope: Scope) -> Directory:
    """The units with the articles that a filter left."""
    known = context.units()
    return known if scope.ids is None else known.narrowed(context.library, scope)


def _units(context: Context, known: Directory, scope: Scope, parent: str | None) -> list[Node]:
    nodes = []
    for unit in known.below(parent):
        if unit.articles:
            inside, label = known.scope(unit.key, scope), unit.name
            if parent is not None and unit.rank == "office":
                label = label.removeprefix(known.units[parent].name) or label
            node = Node("unit", f"unit {unit.key}", label, inside, count=str(unit.articles))
            node.unit, node.tip = unit.key, _unit_tip(context, unit)
            nodes.append(node)
    return nodes


def _unit_tip(context: Context, unit: Unit) -> str:
    """A unit's name, its other names, and how it is printed where that is not the same."""
    lines = [unit.name]
    if unit.names:
        lines.append(context.text("unit.also", names="、".join(unit.names)))
    printed = dict.fromkeys(p.source for p in unit.printed if p.source != unit.name)
    shown = list(printed)[:_MOST_PRINTED]
    if shown:
        words = "；".join(shown) + ("…" if len(printed) > len(shown) else "")
        lines.append(context.text("unit.printed", names=words))
    return "\n".join(lines)


def _below_unit(context: Context, node: Node) -> list[Node]:
    """The units below a unit, and the articles that it sent in itself."""
    outside = node.scope._replace(printed=None)
    known = _units_in(context, outside)
    own = outside._replace(printed=known.units[node.unit].printed)
    return [*_units(context, known, outside, node.unit), *_articles(context, own)]


def _no_units(context: Context, scope: Scope) -> list[Node]:
    """The sources that are no units, as printed."""
    known = _units_in(context, scope._replace(printed=None))
    counts: dict[str, int] = {}
    for printed in known.without_unit():
        counts[printed.source] = counts.get(printed.source, 0) + known.counts[printed]
    return [
        Node("source", f"source {source}", source, scope._replace(source=source), count=str(count))
        for source, count in counts.items()
    ]


def _collections(context: Context, scope: Scope) -> list[Node]:
    """The collections, and below them the saved searches unless a filter narrows the tree."""
    nodes = []
    for collection in collections.all_collections(context.library):
        inside = scope._replace(collection=collection.id)
        count = collection.articles
        if scope.ids is not None:
            count = browsing.count_in_scope(context.library, inside)
        if scope.ids is None or count:
            key = f"collection {collection.id}"
            node = Node("collection", key, collection.name, inside, count=str(count))
            node.data, node.branches = collection.id, bool(count)
            if not count:  # perhaps it has headings already
                node.branches = bool(collections.items(context.library, collection.id))
            nodes.append(node)
    return nodes if scope.ids is not None else [*nodes, *_searches(context)]


def _listed(context: Context, collection: Node) -> list[Node]:
    """What a collection lists, each with the id of its item; with a filter no headings."""
    known = {x.id: x for x in browsing.in_scope(context.library, collection.scope)}
    nodes = []
    for item in collections.items(context.library, collection.data):
        if item.article in known:
            node = article_node(context, known[item.article])
        elif item.article is None and collection.scope.ids is None:
            node = Node("heading", f"heading {item.id}", item.text, Scope(ids=()))
            node.children, node.branches, node.level = [], False, item.level
        else:
            continue
        node.data = item.id
        nodes.append(node)
    return nodes


def _searches(context: Context) -> list[Node]:
    """The saved searches; what they find is shown as a search."""
    nodes = []
    for saved in context.saved.all():
        node = Node("search", f"search {saved.id}", saved.name, Scope(ids=()))
        node.count, node.data, node.branches = context.saved.count(saved), saved.id, False
        node.tip = context.text("saved.tip", query=saved.query)
        nodes.append(node)
    return nodes
