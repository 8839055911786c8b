"""The traditional colours to choose from, as a field of squares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from bulletin_desktop.ui.context import Context

_SIDE, _GAP, _COLUMNS = 24, 6, 8
_STEP = _SIDE + _GAP
_KEYS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS,
}  # fmt: skip


class Swatches(QWidget):
    """Arrow keys walk, Space or Enter takes, and so does a click; a colour's name is its tip."""

    picked = Signal(str)  # #RRGGBB

    def __init__(self, context: Context) -> None:
        from bulletin_desktop.services import themes

        super().__init__()
        self._context = context
        chinese = context.catalogue.language == "zh"
        self._palette = [
            (each.hex, each.name_zh if chinese else f"{each.name_zh} · {each.name_en}")
            for each in themes.colours()
        ]
        self._colours = self._palette
        self._chosen = ""
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_colour(self, colour: str) -> None:
        """Show which colour is chosen; one that is none of the palette stands behind it."""
        known = [each for each, _ in self._palette]
        other = [(colour, self._context.text("themes.own_colour", colour=colour))]
        self._colours = self._palette if colour in known or not colour else self._palette + other
        if colour != self._chosen:
            self._chosen = colour
            self._at = next((n for n, (c, _) in enumerate(self._colours) if c == colour), 0)
        self._name()
        self.update()

    def _name(self) -> None:
        words = self._context.text("themes.colour")
        self.setAccessibleName(f"{words} {self._colours[self._at][1]}")

    def sizeHint(self) -> QSize:
        """Two rows, and room for the ring of the keyboard."""
        rows = -(-(len(self._palette) + 1) // _COLUMNS)
        return QSize(_COLUMNS * _STEP, rows * _STEP)

    def box(self, number: int) -> QRect:
        """Where a colour is drawn."""
        row, column = divmod(number, _COLUMNS)
        return QRect(column * _STEP + _GAP // 2, row * _STEP + _GAP // 2, _SIDE, _SIDE)

    def _under(self, place: QPoint) -> int | None:
        around = _GAP // 2
        return next(
            (
                n
                for n in range(len(self._colours))
                if self.box(n).adjusted(-around, -around, around, around).contains(place)
            ),
            None,
        )

    def _take(self, number: int) -> None:
        self._at = number
        self._name()
        self.update()
        self.picked.emit(self._colours[number][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and take."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._at = max(0, min(self._at + _KEYS[key], len(self._colours) - 1))
            self._name()
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the colour under the mouse."""
        number = self._under(event.position().toPoint())
        if number is not None:
            self._take(number)

    def event(self, event: QEvent) -> bool:
        """The name of the colour under the mouse is its tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._under(event.pos())
            QToolTip.showText(
                event.globalPos(), self._colours[number][1] if number is not None else ""
            )
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And no longer."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring around the chosen colour, and another one where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.35)
        for number, (colour, _) in enumerate(self._colours):
            box = self.box(number)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            chosen = colour == self._chosen
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3) if chosen else box, 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if chosen:
                self._ring(painter, box, "text")
            if self.hasFocus() and number == self._at:
                self._ring(painter, box.adjusted(-2, -2, 2, 2), "accent")
        painter.end()

    def _ring(self, painter: QPainter, box: QRect, token: str) -> None:
        painter.setPen(QPen(self._context.tokens.colour(token), 1.5))
        painter.drawRoundedRect(box, 5, 5)
