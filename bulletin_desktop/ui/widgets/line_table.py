"""The table of a concordance: the keywords stand in a column, their contexts on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from bulletin_desktop.ui.models.concordance_model import COLUMNS, KEYWORD, LEFT, RIGHT
from bulletin_desktop.ui.widgets.keeps_hue import KeepsHue
from bulletin_desktop.ui.widgets.row_painter import paint_hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from bulletin_desktop.services.concordance import Line
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.widgets.item_painter import Index

_ROW = 26
_FACTS = {"date": 118, "source": 150}
# In a narrower table a column gives its room to the words.
_LEAST = {"date": 560, "source": 720}
_LONGEST_KEYWORD = 220


class LineTable(QTableView):
    """The lines; like all lists it takes no input method."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._code = "concordance.hint"
        self.setObjectName("lineTable")
        self.setAccessibleName(context.text("concordance.table"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setItemDelegate(_Cells(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicator(RIGHT, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(True)

    def fit(self, lines: Sequence[Line]) -> None:
        """Give the keywords the room that they need, and both sides what is left."""
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        longest = max({line.keyword for line in lines}, key=len, default="")
        width = self.fontMetrics().horizontalAdvance(longest) + 24
        header.setSectionResizeMode(KEYWORD, mode.Fixed)
        least = header.sectionSizeHint(KEYWORD) + 8
        header.resizeSection(KEYWORD, max(least, min(width, _LONGEST_KEYWORD)))
        for column in (LEFT, RIGHT):
            header.setSectionResizeMode(column, mode.Stretch)
        for name, room in _FACTS.items():
            header.setSectionResizeMode(COLUMNS.index(name), mode.Fixed)
            header.resizeSection(COLUMNS.index(name), room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, words come before facts."""
        super().resizeEvent(event)
        for name, least in _LEAST.items():
            self.setColumnHidden(COLUMNS.index(name), self.width() < least)

    def say(self, code: str) -> None:
        """What an empty table says from now on."""
        self._code = code
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump through the rows."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty table says why."""
        super().paintEvent(event)
        if not self.model().rowCount():
            paint_hint(self.viewport(), self._context.tokens, self._context.text(self._code))


class _Cells(KeepsHue):
    """What stands left of the keyword gives way at its far end; a chosen keyword keeps its hue."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        super().initStyleOption(option, index)
        if index.column() == LEFT:
            option.textElideMode = Qt.TextElideMode.ElideLeft
