"""What all tables of rows share: how many rows and columns there are, and the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex

    from bulletin_desktop.ui.context import Context

    Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class TableModel(QAbstractTableModel):
    """A table of ``_rows``, which those who come after it fill and tell the words of."""

    def __init__(self, context: Context, heads: Sequence[str], parent: QObject | None) -> None:
        """``heads`` are the codes of the columns' names, "" for none."""
        super().__init__(parent)
        self._context = context
        self._heads = heads
        self._rows: Sequence[Any] = ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns, where their words stand."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.side(section)
        return self.head(section) if role == Qt.ItemDataRole.DisplayRole else None

    def head(self, column: int) -> str:
        """The name of a column."""
        code = self._heads[column]
        return self._context.text(code) if code else ""

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Where the words of a column's head stand."""
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
