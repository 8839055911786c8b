"""The list of documents that are looked over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.model.records import Reviewed
    from bulletin_desktop.ui.context import Context

_Index = QModelIndex | QPersistentModelIndex
REVIEWED = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class ReviewedModel(QAbstractListModel):
    """Documents in the order in which they were given."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._documents: list[Reviewed] = []

    def show(self, documents: Sequence[Reviewed]) -> None:
        """Show other documents."""
        self.beginResetModel()
        self._documents = list(documents)
        self.endResetModel()

    def renew(self, documents: Sequence[Reviewed]) -> None:
        """Show some documents' counts anew; each stays in its row."""
        rows = {found.document: row for row, found in enumerate(self._documents)}
        for found in documents:
            row = rows.get(found.document)
            if row is not None and self._documents[row] != found:
                self._documents[row] = found
                self.dataChanged.emit(self.index(row), self.index(row))

    @property
    def documents(self) -> Sequence[Reviewed]:
        """All documents from the top down."""
        return self._documents

    @property
    def doubts(self) -> int:
        """The unsure cuts of all documents."""
        return sum(found.doubts for found in self._documents)

    def row_of(self, document: int) -> int:
        """The row of a document, or −1."""
        found = (row for row, each in enumerate(self._documents) if each.document == document)
        return next(found, -1)

    def next_doubtful(self, row: int, step: int) -> int | None:
        """The nearest row with doubts after (1) or before (−1) a row, going round; not the row."""
        count = len(self._documents)
        rows = ((row + step * far) % count for far in range(1, count))
        return next((at for at in rows if self._documents[at].doubts), None)

    def remarks(self, found: Reviewed) -> str:
        """What is to be said of a document besides its doubts."""
        text, parts = self._context.text, []
        if found.remarks:
            parts.append(text("review.remarks", n=found.remarks))
        if found.unplaced:
            parts.append(text("review.unplaced", n=found.unplaced))
        return " · ".join(parts)

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._documents)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The file's name, its path as tool tip, or the record itself for the delegate."""
        if not index.isValid() or index.row() >= len(self._documents):
            return None
        found = self._documents[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(found.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return found.path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            doubts = self._context.text("review.doubts", n=found.doubts)
            return " ".join((name_of(found.path), doubts, self.remarks(found))).strip()
        return found if role == REVIEWED else None


def name_of(path: str) -> str:
    """The name of a file, or of a member of an archive, without folders."""
    return path.replace("\\", "/").rpartition("/")[2] or path
