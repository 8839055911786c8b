"""Painting a search hit: the title, the sentence with its hits marked, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QTextCharFormat, QTextLayout, QTextOption

from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.models.hits_model import HIT
from bulletin_desktop.ui.reader.positions import utf16_range
from bulletin_desktop.ui.widgets.item_painter import ItemPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from bulletin_desktop.model.records import Hit
    from bulletin_desktop.ui.widgets.item_painter import Index

_PAD = 8
_TITLE = 22
_LINE = 19
_LINES = 3
# Of a row: title, three lines of text, one line of facts.
HEIGHT = 2 * _PAD + _TITLE + _LINES * _LINE + _LINE
# The bars that stand where words will be: how far down, how much of the row's width, how high.
_BARS = ((5, 0.55, 11), (_TITLE + 5, 1.0, 8), (_TITLE + _LINE + 5, 0.8, 8))


class HitPainter(ItemPainter):
    """Draws a hit in rows of one height."""

    def height(self) -> int:
        """See ItemPainter."""
        return HEIGHT

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one hit, or grey bars until it is there."""
        hit: Hit | None = index.data(HIT)
        box = row.adjusted(12, _PAD, -12, -_PAD)
        if hit is None:
            self._bars(painter, box)
        else:
            self._heading(painter, hit, box)
            self._snippet(painter, hit, box)
            self._foot(painter, hit, box)

    def _bars(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._context.tokens.colour("chip"))
        for top, share, height in _BARS:
            bar = QRectF(box.left(), box.top() + top, box.width() * share, height)
            painter.drawRoundedRect(bar, 3, 3)

    def _heading(self, painter: QPainter, hit: Hit, box: QRect) -> None:
        painter.setFont(theme.sans(13, bold=True))
        painter.setPen(self._context.tokens.colour("text"))
        title = hit.article.heading or self._context.text("tree.untitled")
        elided = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), box.top(), box.width(), _TITLE), 0, elided)

    def _foot(self, painter: QPainter, hit: Hit, box: QRect) -> None:
        painter.setFont(theme.sans(12))
        painter.setPen(self._context.tokens.colour("faint"))
        foot = QRect(box.left(), box.bottom() - _LINE + 2, box.width(), _LINE)
        facts = painter.fontMetrics().elidedText(
            self._facts(hit), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(foot, 0, facts)

    def _facts(self, hit: Hit) -> str:
        date = date_label(hit.article.date, hit.article.date_basis, self._context.catalogue)
        return " · ".join(part for part in (hit.article.source, date.text) if part)

    def _snippet(self, painter: QPainter, hit: Hit, box: QRect) -> None:
        tokens = self._context.tokens
        layout = QTextLayout(hit.snippet.text, theme.sans(12))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        mark = QTextCharFormat()
        mark.setForeground(QBrush(tokens.colour("text")))
        mark.setBackground(QBrush(tokens.colour("mark")))
        layout.setFormats([_format(hit.snippet.text, r, mark) for r in hit.snippet.ranges])
        layout.beginLayout()
        for number in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(box.width())
            line.setPosition(QPointF(0, number * _LINE))
        layout.endLayout()
        painter.setPen(tokens.colour("muted"))
        layout.draw(painter, QPointF(box.left(), box.top() + _TITLE))


def _format(text: str, found: tuple[int, int], mark: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = utf16_range(text, *found)
    made.format = mark
    return made
