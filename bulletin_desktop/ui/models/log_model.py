"""Lines of a log as a table: the steps of a history, what is in the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont

from bulletin_desktop.ui.models.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.table_model import Index

_ROW = QSize(0, 26)


class Line(NamedTuple):
    """One line: what it is of, its cells, and whether it counts no more or is the present one."""

    of: Any
    cells: tuple[str, ...]
    faded: bool = False
    present: bool = False


class LogModel(TableModel):
    """A row for each line that has the words of the filter in it."""

    def __init__(self, context: Context, heads: Sequence[str], parent: QObject) -> None:
        super().__init__(context, heads, parent)
        self._lines: list[Line] = []
        self._rows: list[Line] = []
        self._words = ""

    def show(self, lines: list[Line]) -> None:
        """Show other lines."""
        self._lines = lines
        self.narrow(self._words)

    def narrow(self, words: str) -> None:
        """Show the lines that have these words in one of their cells."""
        self.beginResetModel()
        self._words = words.strip().casefold()
        self._rows = [line for line in self._lines if self._fits(line)]
        self.endResetModel()

    def _fits(self, line: Line) -> bool:
        return not self._words or any(self._words in cell.casefold() for cell in line.cells)

    @property
    def is_empty(self) -> bool:
        """Whether there are no lines at all, whatever the filter says."""
        return not self._lines

    def line(self, row: int) -> Line | None:
        """The line of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, of: object) -> int:
        """The row of the line that is of something, or −1."""
        return next((row for row, line in enumerate(self._rows) if line.of == of), -1)

    @property
    def present_row(self) -> int:
        """The row of the line that is the present one, or the first."""
        return next((row for row, line in enumerate(self._rows) if line.present), 0)

    def has_words(self, column: int) -> bool:
        """Whether any line has something to say in a column."""
        return any(line.cells[column] for line in self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, which are its tip too; what counts no more is faint."""
        line = self.line(index.row())
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.SizeHintRole:
            return _ROW
        if role == Qt.ItemDataRole.ForegroundRole and (line.faded or line.present):
            return self._context.tokens.colour("faint" if line.faded else "accent")
        if role == Qt.ItemDataRole.FontRole and line.present:
            font = QFont()
            font.setBold(True)
            return font
        return None
