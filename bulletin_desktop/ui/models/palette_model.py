"""What the command palette offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class Entry(NamedTuple):
    """Something that can be run: its words, where it belongs, its keys as they are called here.

    ``name`` tells it from all others, in this run of the program and in the next one.
    """

    name: str
    words: str
    hint: str
    keys: str
    enabled: bool
    run: Callable[[], object]


class Row(NamedTuple):
    """An entry with the code points of its words that fit what was typed."""

    entry: Entry
    ranges: tuple[tuple[int, int], ...] = ()


class PaletteModel(QAbstractListModel):
    """Rows in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The words; words and keys for those who hear them; the row for the delegate."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.entry.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.entry.words} {row.entry.keys}".strip()
        return row if role == ROW else None
