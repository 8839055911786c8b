"""A row of tabs drawn as one segmented control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bulletin_desktop.ui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from bulletin_desktop.ui.context import Context


class Segmented(QWidget):
    """Several words of which one is chosen, by mouse or by the arrow keys."""

    chosen = Signal(int)

    def __init__(self, context: Context, words: Sequence[str], name: str) -> None:
        super().__init__()
        self._context = context
        self._words = list(words)
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """As wide as the words need."""
        width = sum(self.fontMetrics().horizontalAdvance(word) + 20 for word in self._words)
        return QSize(width, 32)

    def minimumSizeHint(self) -> QSize:
        """No narrower than the words."""
        width = sum(self.fontMetrics().horizontalAdvance(word) + 10 for word in self._words)
        return QSize(width, 32)

    def choose(self, number: int) -> None:
        """Choose a tab."""
        if number != self.current and 0 <= number < len(self._words):
            self.current = number
            self.setAccessibleDescription(self._words[number])
            self.update()
            self.chosen.emit(number)

    def _edges(self) -> list[float]:
        """Where the parts begin and the last one ends: each gets its word and an equal rest."""
        widths = [self.fontMetrics().horizontalAdvance(word) for word in self._words]
        rest = (self.width() - 1 - sum(widths)) / len(widths)
        edges = [0.5]
        for width in widths:
            edges.append(edges[-1] + width + rest)
        return edges

    def _box(self, number: int) -> QRectF:
        left, right = self._edges()[number : number + 2]
        return QRectF(left, 0.5, right - left, self.height() - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        x = event.position().x()
        self.choose(sum(x >= edge for edge in self._edges()[1:-1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.choose(self.current + step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One frame, the chosen part filled."""
        tokens = self._context.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        frame.addRoundedRect(whole, 7, 7)
        painter.fillPath(frame, tokens.colour("paper"))
        painter.setClipPath(frame)
        painter.fillRect(self._box(self.current), tokens.colour("accent_soft"))
        painter.setClipping(False)
        painter.setPen(QPen(tokens.colour("accent" if self.hasFocus() else "line"), 1))
        painter.drawPath(frame)
        painter.setFont(theme.sans(13))
        for number, word in enumerate(self._words):
            painter.setPen(tokens.colour("accent" if number == self.current else "muted"))
            painter.drawText(self._box(number), Qt.AlignmentFlag.AlignCenter, word)
        painter.end()
