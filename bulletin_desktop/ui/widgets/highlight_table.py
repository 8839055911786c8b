"""The table of highlights: two lines of each quotation, chips for its themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.models.highlights_model import CHIPS, COLUMNS, QUOTE, THEMES
from bulletin_desktop.ui.reader.positions import code_point
from bulletin_desktop.ui.widgets.item_painter import ItemPainter, RowState
from bulletin_desktop.ui.widgets.row_painter import CHIP, chip, paint_hint
from bulletin_desktop.ui.widgets.row_state import row_state

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.widgets.item_painter import Index

_PAD = 7
_BAR = 3
_INDENT = 10
_RIGHT = Qt.TextElideMode.ElideRight
# How wide a column is, and how narrow the table may be before it gives its room to the quotation.
_WIDTHS = {
    "themes": (136, 0), "article": (184, 480), "source": (116, 740), "date": (104, 640),
    "note": (124, 860),
}  # fmt: skip


class HighlightTable(QTableView):
    """Like all lists it takes no input method, so that single keys act in it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.empty_words = ""
        self.setObjectName("lineTable")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setItemDelegate(_Cells(context, self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_two_lines())
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicator(COLUMNS.index("date"), Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorShown(True)

    def fit(self) -> None:
        """Give the facts their room, and the quotation what is left."""
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        for name, (width, _) in _WIDTHS.items():
            column = COLUMNS.index(name)
            header.setSectionResizeMode(column, mode.Interactive)
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))
        header.setSectionResizeMode(QUOTE, mode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the quotation comes before facts."""
        super().resizeEvent(event)
        for name, (_, least) in _WIDTHS.items():
            self.setColumnHidden(COLUMNS.index(name), self.width() < least)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here; they must not also jump through the rows."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty table says why."""
        super().paintEvent(event)
        if self.empty_words and not self.model().rowCount():
            paint_hint(self.viewport(), self._context.tokens, self.empty_words)


def _two_lines() -> int:
    """The height of a row, in pixels."""
    return 2 * QFontMetrics(theme.sans(13)).height() + 2 * _PAD


class _Cells(ItemPainter):
    """Draws a cell; the whole row is one ground."""

    def height(self) -> int:
        """Room for two lines."""
        return _two_lines()

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one cell."""
        colour: QColor | None = index.data(Qt.ItemDataRole.ForegroundRole)
        tokens, column = self._context.tokens, index.column()
        painter.setPen(colour or tokens.colour("text" if column == QUOTE else "muted"))
        painter.setFont(theme.sans(13 if column in (QUOTE, THEMES) else 12))
        box = row.adjusted(8, _PAD, -8, -_PAD)
        if column == QUOTE:
            self._bar(painter, index, row)
            _write(painter, index.data(), box.adjusted(_INDENT, 0, 0, 0))
        elif column == THEMES:
            self._chips(painter, index.data(CHIPS), box)
        else:
            _write(painter, index.data(), box)

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRect:
        """See ItemPainter; the edge stands before the first cell alone."""
        state = row_state(option)
        if index.column() == QUOTE:
            plain = RowState(state.selected, False, state.current)
            self.paint_ground(painter, option.rect, plain)
        elif state.selected:
            painter.fillRect(option.rect, self._context.tokens.colour("selection"))
        return option.rect

    def _bar(self, painter: QPainter, index: Index, row: QRect) -> None:
        """The line in the colour of the first theme, as beside the passage on the page."""
        chips = index.data(CHIPS)
        colour = QColor(chips[0][1]) if chips else self._context.tokens.colour("line")
        painter.fillRect(QRect(row.left() + 8, row.top() + 8, _BAR, row.height() - 16), colour)

    def _chips(self, painter: QPainter, chips: list[tuple[str, str]], box: QRect) -> None:
        """Two of the themes, one below the other; how many more there are beside the second."""
        metrics = painter.fontMetrics()
        pen = painter.pen()
        for number, (name, colour) in enumerate(chips[:2]):
            line = QRect(box.left(), box.top() + number * metrics.height(), CHIP, metrics.height())
            if len(chips) == 1:
                line = QRect(box.left(), box.top(), CHIP, box.height())
            left = chip(painter, QColor(colour), box.left(), line) + 6
            painter.setPen(pen)
            more = f" +{len(chips) - 2}" if number == 1 and len(chips) > 2 else ""
            room = box.right() - left - metrics.horizontalAdvance(more)
            words = metrics.elidedText(name, _RIGHT, room) + more
            where = QRect(left, line.top(), box.right() - left + 1, line.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, words)


def _write(painter: QPainter, words: str, box: QRect) -> None:
    """Words on one line in the middle, or on two of which the second is elided."""
    metrics = painter.fontMetrics()
    middle = Qt.AlignmentFlag.AlignVCenter
    if metrics.horizontalAdvance(words) <= box.width():
        painter.drawText(box, middle, words)
        return
    first, rest = _broken(words, painter, box.width())
    upper = QRect(box.left(), box.top(), box.width(), box.height() // 2)
    painter.drawText(upper, middle, first)
    lower = upper.translated(0, upper.height())
    painter.drawText(lower, middle, metrics.elidedText(rest, _RIGHT, box.width()))


def _broken(words: str, painter: QPainter, width: int) -> tuple[str, str]:
    """What stands on the first line, and the rest, by Qt's rules for Chinese lines."""
    layout = QTextLayout(words, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    units = line.textLength()
    layout.endLayout()
    cut = code_point(words, units)
    return words[:cut].rstrip(), words[cut:]
