"""Painting a row of the command palette: words with what fits marked, group, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.models.palette_model import ROW
from bulletin_desktop.ui.widgets.item_painter import ItemPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from bulletin_desktop.ui.models.palette_model import Row
    from bulletin_desktop.ui.widgets.item_painter import Index

HEIGHT = 32
_EDGE = 14
_GAP = 12
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class PalettePainter(ItemPainter):
    """Draws one entry; what cannot be run now is faint."""

    below_field = True

    def height(self) -> int:
        """See ItemPainter."""
        return HEIGHT

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one entry."""
        found: Row = index.data(ROW)
        box = row.adjusted(_EDGE, 0, -_EDGE, 0)
        self._words(painter, found, self._keys(painter, found.entry.keys, box))

    def _keys(self, painter: QPainter, keys: str, box: QRect) -> QRect:
        """Draw the keys at the right; gives what is left of the room."""
        painter.setFont(theme.sans(12))
        painter.setPen(self._context.tokens.colour("faint"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | _MIDDLE, keys)
        return box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(keys) - _GAP, 0)

    def _words(self, painter: QPainter, row: Row, box: QRect) -> None:
        tokens = self._context.tokens
        painter.setFont(theme.sans(13))
        metrics = painter.fontMetrics()
        painter.setClipRect(box)
        for start, end in row.ranges:
            left = box.left() + metrics.horizontalAdvance(row.entry.words[:start])
            width = metrics.horizontalAdvance(row.entry.words[start:end])
            top = box.center().y() - metrics.height() // 2
            painter.fillRect(left, top, width, metrics.height(), tokens.colour("mark"))
        painter.setPen(tokens.colour("text" if row.entry.enabled else "faint"))
        shown = metrics.elidedText(row.entry.words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE, shown)
        box = box.adjusted(metrics.horizontalAdvance(shown) + _GAP, 0, 0, 0)
        painter.setFont(theme.sans(12))
        painter.setPen(tokens.colour("faint"))
        hint = row.entry.hint
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(hint, Qt.TextElideMode.ElideRight, max(0, box.width()))
        painter.drawText(box, _MIDDLE, shown)
