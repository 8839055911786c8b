"""A short list of rows: a line of words, perhaps a quieter one below it, and a mark or a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.widgets.item_painter import ItemPainter, RowState
from bulletin_desktop.ui.widgets.row_painter import paint_hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.widgets.item_painter import Index

ROW = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_BAR = 3
_GAP = 8


class Row(NamedTuple):
    """``colour`` makes a line at its left edge; ``beside`` stands at its right edge."""

    words: str
    stands_for: Any
    below: str = ""
    beside: str = ""
    colour: str = ""
    quiet: bool = False


class RowsModel(QAbstractListModel):
    """The rows as they were given."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Have other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (row.words, row.below, row.beside)))
        return None


class _Painter(ItemPainter):
    """Draws a row; which one is chosen shows only while the keyboard is here."""

    _view: RowList

    def height(self) -> int:
        """See ItemPainter."""
        return self._view.row_height

    def paint_ground(self, painter: QPainter, row: QRect, state: RowState) -> None:
        """See ItemPainter."""
        chosen = state.selected and self._view.hasFocus()
        super().paint_ground(painter, row, RowState(chosen, state.hovered, False))

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one row."""
        found: Row = index.data(ROW)
        box = row.adjusted(self._view.margin, 0, -self._view.margin, 0)
        if found.colour:
            bar = QRect(box.left(), box.top() + 3, _BAR, box.height() - 6)
            painter.fillRect(bar, QColor(found.colour))
            box.setLeft(bar.right() + _GAP)
        if self._view.two_lines:
            upper = QRect(box.left(), box.top() + 5, box.width(), box.height() // 2 - 3)
            rest = box.bottom() - upper.bottom() - 3
            lower = QRect(box.left(), upper.bottom(), box.width(), rest)
            self._line(painter, found.below, lower, 12, "faint")
            box = upper
        self._upper(painter, found, box)

    def _upper(self, painter: QPainter, row: Row, box: QRect) -> None:
        if row.beside:
            width = QFontMetrics(theme.sans(12)).horizontalAdvance(row.beside)
            right = QRect(box.right() - width + 1, box.top(), width, box.height())
            self._line(painter, row.beside, right, 12, "faint")
            box = box.adjusted(0, 0, -width - _GAP, 0)
        self._line(painter, row.words, box, 13, "faint" if row.quiet else "text")

    def _line(self, painter: QPainter, words: str, box: QRect, pixels: int, token: str) -> None:
        painter.setFont(theme.sans(pixels))
        painter.setPen(self._context.tokens.colour(token))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() + 1)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class RowList(QListView):
    """A click or Enter takes a row. One with ``most`` is as high as its rows, up to so many."""

    taken = Signal(object)  # what the row stands for

    def __init__(
        self, context: Context, name: str, *, two_lines: bool = False, most: int | None = None,
        margin: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self._context = context
        self._most = most
        self.margin = margin
        self.two_lines = two_lines
        self.empty_words = ""
        self.rows = RowsModel(self)
        self.setObjectName("rowList")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(context, self))
        self.clicked.connect(self._take)
        if most is not None:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def row_height(self) -> int:
        """One line, or two."""
        upper = QFontMetrics(theme.sans(13)).height()
        if not self.two_lines:
            return max(28, upper + 8)
        return max(46, upper + QFontMetrics(theme.sans(12)).height() + 12)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Have other rows; the one where the keyboard is keeps its place."""
        at = self.currentIndex().row()
        self.rows.show_rows(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(min(max(at, 0), len(rows) - 1), 0))
        if self._most is not None:
            self.setFixedHeight(min(len(rows), self._most) * self.row_height)

    def current(self) -> Any:
        """What the current row stands for, or None."""
        row: Row | None = self.currentIndex().data(ROW)
        return row.stands_for if row is not None else None

    def _take(self, index: QModelIndex) -> None:
        row: Row = index.data(ROW)
        if row.stands_for is not None:
            self.taken.emit(row.stands_for)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the current row."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and self.currentIndex().isValid():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; they must not also jump through the rows."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And no longer."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says why."""
        super().paintEvent(event)
        if self.empty_words and not self.rows.rowCount():
            paint_hint(self.viewport(), self._context.tokens, self.empty_words)


def short_date(date: str | None) -> str:
    """The year and month of a date, 2011.5, beside words that matter more; "" for none."""
    if not date:
        return ""
    year, _, rest = date.partition("-")
    return f"{year}.{int(rest[:2])}" if rest else year
