"""What all painters of rows share: one height, and a ground that tells the row's state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from bulletin_desktop.ui.context import Context

    Index = QModelIndex | QPersistentModelIndex


class RowState(NamedTuple):
    """What the ground of a row shows; ``current`` is the row where the keyboard is."""

    selected: bool
    hovered: bool
    current: bool


class ItemPainter(QStyledItemDelegate):
    """Paints the ground of a row; those who come after it say how high it is and draw on it."""

    # The keys of a list below a field are pressed in the field, so it looks as if it had them.
    below_field = False

    def __init__(self, context: Context, view: QWidget) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def height(self) -> int:
        """The height of all rows in pixels; 0 where each is as high as its words."""
        return 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one height."""
        height = self.height()
        return QSize(100, height) if height else super().sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row: its ground, and what stands on it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, self.ground(painter, option, index), index)
        painter.restore()

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRect:
        """Paint the ground; gives the row."""
        # Not at the start, where no list is there yet: Qt's style types take their time to load.
        from bulletin_desktop.ui.widgets.row_state import row_state

        self.paint_ground(painter, option.rect, row_state(option))
        return option.rect

    def paint_ground(self, painter: QPainter, row: QRect, state: RowState) -> None:
        """Selected with an edge at the left, under the mouse, or where the keyboard is."""
        tokens = self._context.tokens
        if state.selected:
            painter.fillRect(row, tokens.colour("selection"))
            edge = QRect(row.left(), row.top(), 3, row.height())
            focused = self.below_field or self._view.hasFocus()
            painter.fillRect(edge, tokens.colour("accent" if focused else "faint"))
        elif state.hovered:
            painter.fillRect(row, tokens.colour("hover"))
        if state.current and not state.selected:  # only then a frame is needed to show where it is
            painter.setPen(tokens.colour("faint"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(row).adjusted(3.5, 0.5, -0.5, -0.5))

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw what stands in a row; ``painter`` smooths edges."""
        raise NotImplementedError
