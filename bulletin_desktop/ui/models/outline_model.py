"""The item model of a tree over articles: thin, lazy, over plain nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.ui.models import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import (
        QObject,
    )

    from bulletin_desktop.model.records import Article
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node, Tab

Index = QModelIndex | QPersistentModelIndex
NODE = Qt.ItemDataRole.UserRole
MIME = "application/x-bulletin-articles"
_NOWHERE = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """One tab of the left pane.

    An index carries the integer id of its node; nodes are kept until the model is reset.
    """

    reordered = Signal(int, tuple, object)  # collection, items, the item they go before

    def __init__(self, context: Context, tab: Tab, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.tab = tab
        self.scope = Scope()
        self._nodes: list[Node] = []
        self._ids: dict[int, int] = {}
        self._top: list[int] = []
        self._below: dict[int, list[int]] = {}
        self._dragged: tuple[int, ...] = ()

    def reload(self, scope: Scope | None = None) -> None:
        """Read the first level anew; branches follow as they are opened."""
        self.beginResetModel()
        self.scope = scope if scope is not None else self.scope
        self._nodes, self._below, self._ids = [], {}, {}
        self._top = self._register(nodes.top(self._context, self.tab, self.scope), None)
        self.endResetModel()

    def _register(self, found: Sequence[Node], parent: Node | None) -> list[int]:
        ids = []
        for row, node in enumerate(found):
            node.row, node.parent = row, parent
            ids.append(len(self._nodes))
            self._ids[id(node)] = ids[-1]
            self._nodes.append(node)
        return ids

    def node(self, index: Index) -> Node | None:
        """The node behind an index, None for the invisible root."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def _rows(self, parent: Index) -> list[int]:
        return self._below.get(parent.internalId(), []) if parent.isValid() else self._top

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """See Qt."""
        rows = self._rows(parent)
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """See Qt."""
        node = self.node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, self._ids[id(node.parent)])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """See Qt."""
        return len(self._rows(parent))

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """See Qt."""
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        """Whether there is a branch, known before it is read."""
        node = self.node(parent)
        if node is None:
            return bool(self._top)
        return bool(node.children) if node.children is not None else node.branches

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the branch has not been read yet."""
        node = self.node(parent)
        return node is not None and node.children is None and node.branches

    def fetchMore(self, parent: Index) -> None:
        """Read a branch."""
        node = self.node(parent)
        if node is None or node.children is not None:
            return
        found = nodes.below(self._context, node)
        node.children = found
        if found:
            self.beginInsertRows(parent, 0, len(found) - 1)
            self._below[parent.internalId()] = self._register(found, node)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The label, the tool tip, or the node itself for the delegate."""
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.tip or node.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self._context.text("saved.kind") if node.kind == "search" else ""
            return " ".join(part for part in (kind, node.label, node.suffix, node.count) if part)
        return node if role == NODE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What a collection lists can be dragged, and dropped elsewhere in its list."""
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.tab != "collections":
            return flags
        if node.kind in ("article", "heading"):
            return flags | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled

    def find(self, path: Sequence[str]) -> QModelIndex:
        """The index at a path of keys, reading branches on the way; invalid where it is gone."""
        at = QModelIndex()
        for key in path:
            if self.canFetchMore(at):
                self.fetchMore(at)
            rows = self._rows(at)
            row = next((r for r, i in enumerate(rows) if self._nodes[i].key == key), -1)
            if row < 0:
                return QModelIndex()
            at = self.index(row, 0, at)
        return at

    def refresh(self, records: Iterable[Article]) -> None:
        """Show these articles' themes, stars and dots anew where they stand in the tree."""
        fresh = {record.id: record for record in records}
        for number, node in enumerate(self._nodes):
            if node.article is not None and node.article.id in fresh:
                node.article = fresh[node.article.id]
                node.unread = node.article.unread
                index = self.createIndex(node.row, 0, number)
                self.dataChanged.emit(index, index)

    def recount(self) -> None:
        """Show how many articles the saved searches find now."""
        saved = {each.id: each for each in self._context.saved.all()}
        for number, node in enumerate(self._nodes):
            if node.kind == "search" and node.data in saved:
                node.count = self._context.saved.count(saved[node.data])
                index = self.createIndex(node.row, 0, number)
                self.dataChanged.emit(index, index)

    def loaded(self) -> Sequence[Node]:
        """All nodes that were read into the tree."""
        return self._nodes

    def supportedDropActions(self) -> Qt.DropAction:
        """See Qt."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """See Qt."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dragged items; which they are stays here, the drag only carries the type."""
        found = [self.node(index) for index in indexes]
        self._dragged = tuple(node.data for node in found if node is not None)
        data = QMimeData()
        data.setData(MIME, b"1")
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Only within the collection that the items were dragged from."""
        node = self.node(parent)
        if node is None or node.kind != "collection" or not data.hasFormat(MIME):
            return False
        inside = {child.data for child in node.children or []}
        return bool(self._dragged) and inside.issuperset(self._dragged)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the new order; the tree is read anew once the library has it."""
        node = self.node(parent)
        if node is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        rest = (node.children or [])[row:] if row >= 0 else []
        after = (child.data for child in rest if child.data not in self._dragged)
        self.reordered.emit(node.data, self._dragged, next(after, None))
        return False  # nothing was moved here: the view must not remove rows
