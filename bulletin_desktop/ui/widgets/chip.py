"""A theme as a chip: on the articles, on some of them, or suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from bulletin_desktop.ui import icons, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from bulletin_desktop.ui.context import Context

_HEIGHT = 26
_SQUARE = 9


class Chip(QAbstractButton):
    """A word with a coloured square. Clicking tells; a click on × (or Delete) tells removal."""

    activated = Signal()
    removed = Signal()

    def __init__(
        self, context: Context, word: str, colour: str | None = None, *, dashed: bool = False,
        partly: bool = False, removable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._context = context
        self._word = word
        self._colour = colour
        self._dashed = dashed
        self._partly = partly
        self._removable = removable
        self.setFont(theme.sans(13))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)
        self.clicked.connect(self.activated)  # by what helps those who use neither mouse nor keys

    def sizeHint(self) -> QSize:
        """As wide as its parts."""
        width = self.fontMetrics().horizontalAdvance(self._word) + 18
        width += (_SQUARE + 7 if self._colour else 0) + (18 if self._removable else 0)
        return QSize(width, max(_HEIGHT, self.fontMetrics().height() + 6))

    def minimumSizeHint(self) -> QSize:
        """It may be cut, but keeps its cross."""
        return QSize(60, self.sizeHint().height())

    def _on_cross(self, x: float) -> bool:
        return self._removable and x > self.width() - 24

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes off, or puts on."""
        if self._on_cross(event.position().x()):
            self.removed.emit()
        else:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same by keys."""
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, square, word and cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter)
        left = 9
        if self._colour:
            self._square(painter, left)
            left += _SQUARE + 7
        painter.setPen(self._context.tokens.colour("text"))
        room = self.width() - left - (24 if self._removable else 8)
        word = self.fontMetrics().elidedText(self._word, Qt.TextElideMode.ElideRight, room + 2)
        painter.drawText(
            QRectF(left, 0, room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, word
        )
        if self._removable:
            top = (self.height() - 12) / 2
            token = "faint" if self._dashed else "muted"
            cross = icons.pixmap("close", self._context.tokens.colour(token))
            painter.drawPixmap(QRectF(self.width() - 21, top, 12, 12).toRect(), cross)
        painter.end()

    def _frame(self, painter: QPainter) -> None:
        tokens = self._context.tokens
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hovered = self.underMouse() or self.hasFocus()
        pen = QPen(tokens.colour("accent" if hovered else "faint"), 1)
        if self._dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
            pen.setDashPattern([3, 2.5])
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(tokens.colour("chip"))
            if not hovered:
                pen = QPen(Qt.PenStyle.NoPen)
        painter.setPen(pen)
        painter.drawRoundedRect(box, 5, 5)

    def _square(self, painter: QPainter, left: int) -> None:
        """Filled where all the articles carry the theme, hollow where only some do."""
        colour = QColor(self._colour)
        box = QRectF(left, (self.height() - _SQUARE) / 2, _SQUARE, _SQUARE)
        painter.setPen(QPen(colour, 1.5) if self._partly else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(Qt.BrushStyle.NoBrush if self._partly else colour)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def enterEvent(self, event: object) -> None:
        """Show the frame while the mouse is over it."""
        self.update()

    def leaveEvent(self, event: object) -> None:
        """And no longer."""
        self.update()
