"""The item model of what a document was cut into: issues, sections, articles and briefs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from bulletin_desktop.services.labels import issue_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject

    from bulletin_desktop.model.records import Issue, LaidArticle, Layout
    from bulletin_desktop.model.text import Role
    from bulletin_desktop.ui.context import Context

_Index = QModelIndex | QPersistentModelIndex
LAID = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class LaidNode:
    """A row: its words, what stands faint behind them, and where it begins in the text."""

    def __init__(self, kind: str, key: int, label: str, start: int, suffix: str = "") -> None:
        """``kind`` is issue, section, article or brief; ``key`` an issue's or article's id."""
        self.kind = kind
        self.key = key
        self.label = label
        self.start = start
        self.suffix = suffix
        self.tip = label
        self.row = 0
        self.parent: LaidNode | None = None
        self.children: list[LaidNode] = []

    @property
    def is_article(self) -> bool:
        """Whether it stands for an article or a brief."""
        return self.kind in ("article", "brief")

    def add(self, child: LaidNode) -> None:
        """Put a row below this one, behind the others."""
        child.row, child.parent = len(self.children), self
        self.children.append(child)

    def below(self) -> Iterator[LaidNode]:
        """It and all rows below it, from the top down."""
        yield self
        for child in self.children:
            yield from child.below()


class LayoutModel(QAbstractItemModel):
    """The rows of one document, read as a whole."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._root = LaidNode("root", 0, "", 0)
        self._nodes: list[LaidNode] = []
        self._ids: dict[int, int] = {}

    def show(self, layout: Layout | None) -> None:
        """Show another layout, or nothing."""
        self.beginResetModel()
        self._root = LaidNode("root", 0, "", 0)
        if layout is not None:
            self._add_issues(layout)
        self._nodes = list(self._root.below())
        self._ids = {id(node): number for number, node in enumerate(self._nodes)}
        self.endResetModel()

    def _add_issues(self, layout: Layout) -> None:
        """Each issue with its sections, which begin at their own lines where they have some."""
        end = 0
        for issue in layout.issues:
            inside = [article for article in layout.articles if article.issue == issue.id]
            begun = min((article.start for article in inside), default=end)
            node = self._issue(issue, _place(layout, "masthead", end, begun))
            self._root.add(node)
            for section, group in groupby(inside, key=lambda article: article.section):
                found, above = list(group), node
                if section is not None:
                    start = _place(layout, "section", end, found[0].start)
                    above = LaidNode("section", 0, section, start)
                    node.add(above)
                for article in found:
                    above.add(self._article(article))
                end = max(article.end for article in found)

    def _issue(self, issue: Issue, start: int) -> LaidNode:
        text = self._context.text
        label = issue_label(issue, self._context.catalogue)
        words = f"{issue.title}　{label.text}" if issue.title else label.text
        node = LaidNode("issue", issue.id, words, start)
        node.suffix = text("date.inferred") if label.inferred else ""
        if label.inferred and issue.date_evidence:
            node.tip = f"{words}\n{text('date.evidence', quote=issue.date_evidence)}"
        return node

    def _article(self, article: LaidArticle) -> LaidNode:
        text = self._context.text
        heading = article.heading or text("tree.untitled")
        suffix = text("cut.brief") if article.kind == "brief" else ""
        return LaidNode(article.kind, article.id, heading, article.start, suffix)

    # What it holds

    def node(self, index: _Index) -> LaidNode:
        """The row behind an index, the root for an invalid one."""
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def index_of(self, node: LaidNode) -> QModelIndex:
        """The index of a row."""
        return self.createIndex(node.row, 0, self._ids[id(node)])

    def find(self, kinds: tuple[str, ...], key: int) -> QModelIndex:
        """The index of an issue or article by its id; invalid where it is not there."""
        found = (node for node in self._nodes if node.kind in kinds and node.key == key)
        node = next(found, None)
        return self.index_of(node) if node is not None else QModelIndex()

    def section_at(self, start: int, end: int) -> QModelIndex:
        """The index of the section whose name stands between two places; invalid without one."""
        found = (n for n in self._nodes if n.kind == "section" and start <= n.start < end)
        node = next(found, None)
        return self.index_of(node) if node is not None else QModelIndex()

    # What Qt asks

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        """See Qt."""
        rows = self.node(parent).children
        inside = column == 0 and 0 <= row < len(rows)
        return self.index_of(rows[row]) if inside else QModelIndex()

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """See Qt."""
        above = self.node(index).parent
        return QModelIndex() if above is None or above is self._root else self.index_of(above)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """See Qt."""
        return len(self.node(parent).children)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """See Qt."""
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, the tool tip, or the row itself for the delegate."""
        if not index.isValid():
            return None
        node = self.node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return node.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.tip
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.label} {node.suffix}".strip()
        return node if role == LAID else None


def _place(layout: Layout, role: Role, after: int, before: int) -> int:
    """Where the last span of a role begins between two places; the second where there is none."""
    found = [s.start for s in layout.spans if s.role == role and after <= s.start < before]
    return found[-1] if found else before
