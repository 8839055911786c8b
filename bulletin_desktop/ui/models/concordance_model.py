"""The lines of a concordance as a table, and the neighbours of their keywords as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import Qt

from bulletin_desktop.services import concordance
from bulletin_desktop.services.concordance_view import Sort
from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui.models.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.services.concordance import Line
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.table_model import Index

COLUMNS: tuple[Sort, ...] = get_args(Sort)
LEFT, KEYWORD, RIGHT = (COLUMNS.index(name) for name in ("left", "keyword", "right"))
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_SIDES = {
    LEFT: Qt.AlignmentFlag.AlignRight | _MIDDLE,
    KEYWORD: Qt.AlignmentFlag.AlignHCenter | _MIDDLE,
}


class ConcordanceModel(TableModel):
    """A row for each place, in the order of a view; ``width`` code points on each side."""

    def __init__(self, context: Context, width: int, parent: QObject | None = None) -> None:
        super().__init__(context, [f"concordance.{name}" for name in COLUMNS], parent)
        self._lines: Sequence[Line] = ()
        self._rows: Sequence[int] = ()
        self.width = width

    def show(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        """Show some of these lines in this order."""
        self.beginResetModel()
        self._lines, self._rows = lines, rows
        self.endResetModel()

    def widen(self, width: int) -> None:
        """Show more or less on each side."""
        self.width = width
        if self._rows:
            last = self.index(len(self._rows) - 1, RIGHT)
            self.dataChanged.emit(self.index(0, LEFT), last, [Qt.ItemDataRole.DisplayRole])

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[self._rows[row]]

    def shown(self) -> list[Line]:
        """All lines in the order in which they are shown."""
        return [self._lines[number] for number in self._rows]

    def side(self, column: int) -> Qt.AlignmentFlag:
        """See TableModel."""
        return _SIDES.get(column, super().side(column))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; the keyword in the accent's colour; the whole line as the tip."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(self.line(index.row()), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES.get(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == KEYWORD:
            return self._context.tokens.colour("accent")
        if role == Qt.ItemDataRole.ToolTipRole:
            line = self.line(index.row())
            cited = concordance.cited(line, self._context.catalogue)
            return f"{line.left}{line.keyword}{line.right}\n{cited}"
        return None

    def _cell(self, line: Line, column: int) -> str:
        if column == KEYWORD:
            return line.keyword
        if column in (LEFT, RIGHT):
            left, right = concordance.cut(line, self.width)
            return left if column == LEFT else right
        article = line.where.article
        if COLUMNS[column] == "source":
            return article.source or ""
        date = date_label(article.date, article.date_basis, self._context.catalogue)
        return date.text if article.date else ""


class NeighboursModel(TableModel):
    """All lines, and below that what stands next to the keyword most often, with how often."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, ("", ""), parent)
        self._rows: list[tuple[str, int]] = []

    def show(self, total: int, neighbours: Sequence[tuple[str, int]]) -> None:
        """Show other neighbours of so many lines."""
        self.beginResetModel()
        self._rows = [("", total), *neighbours] if total else []
        self.endResetModel()

    def words(self, row: int) -> str:
        """The neighbour of a row; "" for all lines."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else ""

    def row_of(self, words: str) -> int:
        """The row of a neighbour, or −1."""
        return next((row for row, found in enumerate(self._rows) if found[0] == words), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A neighbour, and at the right how often it comes."""
        if not index.isValid():
            return None
        words, count = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(count) if index.column() else words or self._context.text("concordance.all")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | _MIDDLE
        if role == Qt.ItemDataRole.ForegroundRole and index.column():
            return self._context.tokens.colour("muted")
        return None
