"""How far two annotators agree, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont

from bulletin_desktop.services import agreement
from bulletin_desktop.ui.models.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.services.agreement import Table
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.table_model import Index

_ROW = QSize(0, 26)
_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AgreementModel(TableModel):
    """A row for all themes together, then one for each."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, agreement.COLUMNS, parent)
        self.heads: tuple[str, ...] = ()
        self._rows: Sequence[tuple[str, ...]] = ()

    def show_table(self, table: Table | None) -> None:
        """Show another table, or nothing."""
        catalogue = self._context.catalogue
        self.beginResetModel()
        self.heads = agreement.heads(table, catalogue) if table else ()
        rows = (table.all, *table.rows) if table else ()
        self._rows = [agreement.cells(row, catalogue) for row in rows]
        self.endResetModel()

    @property
    def lines(self) -> Sequence[tuple[str, ...]]:
        """The cells of all rows."""
        return self._rows

    def head(self, column: int) -> str:
        """The name of a column, with those of the two; "" where nothing is shown."""
        return self.heads[column] if self.heads else ""

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Figures stand at the right."""
        return super().side(0) if column == 0 else _FIGURES

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.side(index.column())
        if role == Qt.ItemDataRole.SizeHintRole:
            return _ROW
        if role == Qt.ItemDataRole.FontRole and index.row() == 0:
            font = QFont()
            font.setBold(True)
            return font
        return None
