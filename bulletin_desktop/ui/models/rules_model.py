"""The rules as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor

from bulletin_desktop.ui.models.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.model.annotations import Rule
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.table_model import Index

COLUMNS = ("query", "theme", "at_import", "gets")
AT_IMPORT, GETS = COLUMNS.index("at_import"), COLUMNS.index("gets")
_ROW = QSize(0, 28)


class RulesModel(TableModel):
    """A row for each rule; the box of the third column can be ticked."""

    ticked = Signal(object)  # the Rule as it is to be

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [f"rules.column.{name}" for name in COLUMNS], parent)
        self._rows: Sequence[Rule] = ()
        self._counts: dict[int, str] = {}

    def show(self, rules: Sequence[Rule]) -> None:
        """Show these rules; what they would do is no longer known."""
        self.beginResetModel()
        self._rows, self._counts = rules, {}
        self.endResetModel()

    def tell(self, rule: int, words: str) -> None:
        """Show beside a rule how many articles it would give its theme."""
        self._counts[rule] = words
        row = self.row_of(rule)
        if row >= 0:
            index = self.index(row, GETS)
            self.dataChanged.emit(index, index)

    def rule(self, row: int) -> Rule | None:
        """The rule of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, rule: int) -> int:
        """The row of a rule, or −1."""
        return next((row for row, each in enumerate(self._rows) if each.id == rule), -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The third column has a box."""
        found = super().flags(index)
        ticks = index.isValid() and index.column() == AT_IMPORT
        return found | Qt.ItemFlag.ItemIsUserCheckable if ticks else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; a theme has its square, what is done at imports a box."""
        rule = self.rule(index.row()) if index.isValid() else None
        if rule is None:
            return None
        column = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cell(rule, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == "at_import":
            return Qt.CheckState.Checked if rule.at_import else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and column == "theme":
            theme = self._context.themes().get(rule.theme)
            return QColor(theme.colour) if theme else None
        if role == Qt.ItemDataRole.SizeHintRole:
            return _ROW
        return None

    def _cell(self, rule: Rule, column: str) -> str:
        if column == "query":
            return rule.query
        if column == "theme":
            theme = self._context.themes().get(rule.theme)
            return theme.name if theme else ""
        return self._counts.get(rule.id, "…") if column == "gets" else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A tick is wanted; the row follows when the library has it."""
        rule = self.rule(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or rule is None:
            return False
        wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        self.ticked.emit(rule._replace(at_import=wanted))
        return False
