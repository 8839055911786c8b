"""The table of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from bulletin_desktop.ui.widgets.row_painter import paint_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.rules_model import RulesModel

_SQUARE = QSize(10, 10)
_WIDTHS = (0, 160, 96, 190)  # 0: what is left


class RuleTable(QTreeView):
    """Like all lists it takes no input method."""

    def __init__(self, context: Context, rows: RulesModel) -> None:
        super().__init__()
        self._context = context
        self._rows = rows
        self.setObjectName("unitTable")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setIconSize(_SQUARE)
        self.setModel(rows)
        header, mode = self.header(), QHeaderView.ResizeMode
        header.setStretchLastSection(False)
        for column, width in enumerate(_WIDTHS):
            header.setSectionResizeMode(column, mode.Fixed if width else mode.Stretch)
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))

    def selected(self) -> list[int]:
        """The rows that are selected, from the top down."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def select(self, rows: Iterable[int]) -> None:
        """Select rows, as far as there are some; the first of them is the current one."""
        chosen = self.selectionModel()
        flag = chosen.SelectionFlag
        for place, row in enumerate(sorted(row for row in rows if row >= 0)):
            index = self._rows.index(row, 0)
            if place == 0:
                self.setCurrentIndex(index)
            chosen.select(index, flag.Select | flag.Rows)

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump through the rows."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty table says what rules are for."""
        super().paintEvent(event)
        if not self._rows.rowCount():
            paint_hint(self.viewport(), self._context.tokens, self._context.text("rules.none"))
