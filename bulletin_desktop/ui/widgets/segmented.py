"""A row of tabs drawn as one segmented control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar

from bulletin_desktop.ui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from bulletin_desktop.ui.context import Context

_HEIGHT = 32


class Segmented(QTabBar):
    """Several words of which one is chosen, by mouse or by the arrow keys."""

    chosen = Signal(int)

    def __init__(self, context: Context, words: Sequence[str], name: str) -> None:
        super().__init__(drawBase=False, usesScrollButtons=False)
        self._context = context
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        for word in words:
            self.addTab(word)
        self.currentChanged.connect(self.chosen)

    @property
    def current(self) -> int:
        """The number of the chosen word."""
        return self.currentIndex()

    def choose(self, number: int) -> None:
        """Choose a word."""
        self.setCurrentIndex(number)

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the word."""
        return QSize(self._width(index) + 20, _HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """No narrower than the word."""
        return QSize(self._width(index) + 10, _HEIGHT)

    def _width(self, index: int) -> int:
        return self.fontMetrics().horizontalAdvance(self.tabText(index))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is for what scrolls."""
        event.ignore()

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
        painter.fillRect(self.tabRect(self.current), tokens.colour("accent_soft"))
        painter.setClipping(False)
        painter.setPen(QPen(tokens.colour("accent" if self.hasFocus() else "line"), 1))
        painter.drawPath(frame)
        painter.setFont(theme.sans(13))
        for number in range(self.count()):
            painter.setPen(tokens.colour("accent" if number == self.current else "muted"))
            painter.drawText(
                self.tabRect(number), Qt.AlignmentFlag.AlignCenter, self.tabText(number)
            )
        painter.end()
