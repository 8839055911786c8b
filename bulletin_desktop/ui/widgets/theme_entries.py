"""The rows of the list under the theme input: themes, and ways to make a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.widgets.item_painter import ItemPainter
from bulletin_desktop.ui.widgets.row_painter import chip

if TYPE_CHECKING:
    from bulletin_desktop.services.completing import Completed
    from bulletin_desktop.ui.widgets.item_painter import Index

ROW = 30
ENTRY = Qt.ItemDataRole.UserRole  # Completed; None on a row that makes a theme
BELOW = Qt.ItemDataRole.UserRole + 1  # the id of the theme below which a new one comes
# So much of the room the name of the theme above may take.
_PARENT_SHARE = 0.35
_CHILD_KEY = "Ctrl+Enter"


class EntryPainter(ItemPainter):
    """A completion: square, parent, name, reading, digit key; or the key that makes a child."""

    below_field = True

    def height(self) -> int:
        """See ItemPainter."""
        return ROW

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one completion."""
        entry: Completed | None = index.data(ENTRY)
        painter.setFont(theme.sans(13))
        left = row.left() + 10
        right = row.right() - 10
        if entry is not None:
            left = chip(painter, QColor(entry.theme.colour), left, row) + 7
            right = self._key(painter, entry, row, right)
            left = self._parent(painter, entry, QRect(left, row.top(), right - left, row.height()))
        elif index.data(BELOW) is not None:
            right = self._beside(painter, _CHILD_KEY, row, right)
        self._words(painter, index, entry, QRect(left, row.top(), right - left, row.height()))

    def _key(self, painter: QPainter, entry: Completed, row: QRect, right: int) -> int:
        if entry.theme.key is None:
            return right
        box = QRect(right - 17, row.center().y() - 8, 17, 17)
        painter.setPen(QPen(self._context.tokens.colour("scroll"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(self._context.tokens.colour("faint"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.theme.key)
        return box.left() - 8

    def _beside(self, painter: QPainter, words: str, row: QRect, right: int) -> int:
        painter.setPen(self._context.tokens.colour("faint"))
        width = painter.fontMetrics().horizontalAdvance(words)
        box = QRect(right - width, row.top(), width, row.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        return box.left() - 8

    def _parent(self, painter: QPainter, entry: Completed, box: QRect) -> int:
        """The theme above, as it is typed in a path; gives where the name begins."""
        parent = self._context.themes().get(entry.theme.parent or 0)
        if parent is None:
            return box.left()
        metrics = painter.fontMetrics()
        painter.setPen(self._context.tokens.colour("faint"))
        room = min(int(box.width() * _PARENT_SHARE), metrics.horizontalAdvance(parent.name))
        name = metrics.elidedText(parent.name, Qt.TextElideMode.ElideRight, room)
        words = f"{name} / "
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        return box.left() + metrics.horizontalAdvance(words)

    def _words(self, painter: QPainter, index: Index, entry: Completed | None, box: QRect) -> None:
        metrics = painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._context.tokens.colour("text"))
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, middle, name)
        if entry is not None and entry.reading:
            rest = box.adjusted(metrics.horizontalAdvance(name) + 6, 0, 0, 0)
            painter.setPen(self._context.tokens.colour("faint"))
            reading = metrics.elidedText(entry.reading, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle, reading)
