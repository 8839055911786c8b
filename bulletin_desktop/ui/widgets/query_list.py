"""The list under the search box: ways to complete a query, or what was searched for before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.widgets.item_painter import ItemPainter
from bulletin_desktop.ui.widgets.row_painter import chip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.widgets.item_painter import Index

ENTRY = Qt.ItemDataRole.UserRole
_ROW = 28
_MOST = 10
_LEAST_WIDTH = 240
_WIDTH = 460


class Entry(NamedTuple):
    """A row: its words, what stands for it, and quieter words at the right edge."""

    words: str
    stands_for: Any
    beside: str = ""
    colour: str = ""
    quiet: bool = False


class _EntryPainter(ItemPainter):
    """Square, words, and what they mean."""

    below_field = True

    def height(self) -> int:
        """See ItemPainter."""
        return _ROW

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one entry."""
        entry: Entry = index.data(ENTRY)
        tokens = self._context.tokens
        box = row.adjusted(12, 0, -12, 0)
        if entry.colour:
            box.setLeft(chip(painter, QColor(entry.colour), box.left(), row) + 7)
        painter.setFont(theme.sans(13))
        painter.setPen(tokens.colour("faint" if entry.quiet else "text"))
        metrics, middle = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        words = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, middle, words)
        rest = box.adjusted(metrics.horizontalAdvance(words) + 16, 0, 0, 0)
        painter.setFont(theme.sans(12))
        painter.setPen(tokens.colour("faint"))
        beside = painter.fontMetrics().elidedText(
            entry.beside, Qt.TextElideMode.ElideRight, max(0, rest.width())
        )
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignRight, beside)


class QueryList(QListView):
    """A child of the window, so that it never takes the keyboard from the box."""

    taken = Signal(object)  # what the entry stands for

    def __init__(self, context: Context, box: QWidget) -> None:
        super().__init__(box.window())
        self._box = box
        self._entries = QStandardItemModel(self)
        self.setObjectName("queryList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(self._entries)
        self.setItemDelegate(_EntryPainter(context, self))
        self.setAccessibleName(context.text("search.completions"))
        self.clicked.connect(self._take)

    def offer(self, entries: Sequence[Entry], *, chosen: bool) -> None:
        """Open with entries under the box; ``chosen`` makes the first the current one."""
        self._entries.clear()
        for entry in entries:
            item = QStandardItem(entry.words)
            item.setData(entry, ENTRY)
            self._entries.appendRow(item)
        corner = self._box.mapTo(self.window(), QPoint(0, self._box.height() + 4))
        width = max(_LEAST_WIDTH, min(self._box.width(), _WIDTH))
        left = min(corner.x(), self.window().width() - width - 8)
        height = min(len(entries), _MOST) * _ROW + 2
        self.setGeometry(QRect(left, corner.y(), width, height))
        self.setCurrentIndex(self._entries.index(0, 0) if chosen else QModelIndex())
        self.scrollToTop()
        self.show()
        self.raise_()

    def words(self) -> list[str]:
        """What is offered."""
        return [self._entries.item(row).text() for row in range(self._entries.rowCount())]

    def move_on(self, step: int) -> None:
        """Make the next (1) or previous (−1) entry the current one, going round."""
        row, count = self.currentIndex().row(), self._entries.rowCount()
        row = (row if row >= 0 or step > 0 else 0) + step
        self.setCurrentIndex(self._entries.index(row % count, 0))

    def take(self, *, first: bool = False) -> bool:
        """Take the current entry, or else the first if that is meant; says whether one was."""
        index = self.currentIndex()
        if not index.isValid() and first:
            index = self._entries.index(0, 0)
        if index.isValid():
            self._take(index)
        return index.isValid()

    def _take(self, index: QModelIndex) -> None:
        entry: Entry = index.data(ENTRY)
        self.hide()
        self.taken.emit(entry.stands_for)
