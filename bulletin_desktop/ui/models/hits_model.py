"""The list of what a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QPersistentModelIndex

    from bulletin_desktop.model.records import Hit

HIT = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class HitsModel(QAbstractListModel):
    """Search hits in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, row: int) -> Hit:
        """The hit in a row."""
        return self._hits[row]

    def row_of(self, article: int) -> int:
        """The row of an article's hit, or −1."""
        return next((r for r, hit in enumerate(self._hits) if hit.article.id == article), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._hits)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The title, the snippet as tool tip, or the hit itself for the delegate."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.article.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return hit.snippet.text
        return hit if role == HIT else None
