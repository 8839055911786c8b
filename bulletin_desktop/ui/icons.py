"""The program's own small drawings, in the colour that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from bulletin_desktop.ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFont


def triangle(direction: str) -> QPainterPath:
    """A solid triangle in a 16 × 16 box; ``direction`` is left, right, up or down."""
    corners = {
        "left": ((11, 3), (11, 13), (3.5, 8)),
        "right": ((5, 3), (5, 13), (12.5, 8)),
        "up": ((3, 11), (13, 11), (8, 3.5)),
        "down": ((3, 5), (13, 5), (8, 12.5)),
    }[direction]
    path = QPainterPath(QPointF(*corners[0]))
    for corner in corners[1:]:
        path.lineTo(QPointF(*corner))
    path.closeSubpath()
    return path


def _fill(path: QPainterPath) -> Callable[[QPainter, QColor], None]:
    def paint(painter: QPainter, colour: QColor) -> None:
        painter.fillPath(path, colour)

    return paint


def _search(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.8))
    painter.drawEllipse(QRectF(2.5, 2.5, 8, 8))
    painter.drawLine(QPointF(9.8, 9.8), QPointF(13.5, 13.5))


def _cross(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.4))
    painter.drawLine(QPointF(4.5, 4.5), QPointF(11.5, 11.5))
    painter.drawLine(QPointF(11.5, 4.5), QPointF(4.5, 11.5))


_STAR = ((8, 1.5), (9.9, 5.9), (14.7, 6.3), (11, 9.4), (12.2, 14.1),
         (8, 11.6), (3.8, 14.1), (5, 9.4), (1.3, 6.3), (6.1, 5.9))  # fmt: skip


def _star(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon([QPointF(*point) for point in _STAR])


def _star_line(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.2))
    painter.drawPolygon([QPointF(*point) for point in _STAR])


def _dot(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(5, 5, 6, 6))


def _ring(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.2))
    painter.drawEllipse(QRectF(5.4, 5.4, 5.2, 5.2))


def _tick(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.8))
    painter.drawPolyline([QPointF(3.5, 8.5), QPointF(6.8, 11.8), QPointF(12.8, 4.6)])


def _letters(painter: QPainter, colour: QColor) -> None:
    painter.setPen(colour)
    painter.setFont(theme.sans(12))
    painter.drawText(QRectF(-2, 0, 20, 16), Qt.AlignmentFlag.AlignCenter, "Aa")


def _lines(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.4))
    for y in (4, 8, 12):
        painter.drawLine(QPointF(3, y), QPointF(13, y))


def _expand(painter: QPainter, colour: QColor) -> None:
    """An arrow to two corners."""
    painter.setPen(_pen(colour, 1.3))
    painter.drawLine(QPointF(4, 12), QPointF(12, 4))
    painter.drawPolyline([QPointF(8.2, 3.6), QPointF(12.4, 3.6), QPointF(12.4, 7.8)])
    painter.drawPolyline([QPointF(3.6, 8.2), QPointF(3.6, 12.4), QPointF(7.8, 12.4)])


def _swap(painter: QPainter, colour: QColor) -> None:
    """Two arrows past each other."""
    painter.setPen(_pen(colour, 1.3))
    painter.drawLine(QPointF(2.8, 5.5), QPointF(12.8, 5.5))
    painter.drawPolyline([QPointF(10, 2.7), QPointF(12.8, 5.5), QPointF(10, 8.3)])
    painter.drawLine(QPointF(3.2, 10.8), QPointF(13.2, 10.8))
    painter.drawPolyline([QPointF(6, 8), QPointF(3.2, 10.8), QPointF(6, 13.6)])


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


_GLYPHS: dict[str, Callable[[QPainter, QColor], None]] = {
    "back": _fill(triangle("left")),
    "forward": _fill(triangle("right")),
    "up": _fill(triangle("up")),
    "down": _fill(triangle("down")),
    "search": _search,
    "close": _cross,
    "star": _star,
    "star_line": _star_line,
    "dot": _dot,
    "ring": _ring,
    "tick": _tick,
    "letters": _letters,
    "lines": _lines,
    "expand": _expand,
    "swap": _swap,
}


def icon(name: str, colour: QColor, faint: QColor | None = None) -> QIcon:
    """A drawing as an icon, sharp up to 300 % scale; ``faint`` colours its disabled state."""
    made = QIcon()
    made.addPixmap(pixmap(name, colour), QIcon.Mode.Normal)
    if faint is not None:
        made.addPixmap(pixmap(name, faint), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: QColor) -> QPixmap:
    """A drawing of 16 × 16 device-independent pixels at three times the resolution."""
    canvas = QPixmap(48, 48)
    canvas.fill(Qt.GlobalColor.transparent)
    canvas.setDevicePixelRatio(3)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _GLYPHS[name](painter, colour)
    painter.end()
    return canvas


def seal(size: int = 64) -> QIcon:
    """The program's sign: a red seal with the character 报."""
    canvas = QPixmap(size, size)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(canvas.rect()).adjusted(size / 16, size / 16, -size / 16, -size / 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.Tokens("light")["accent"]))
    painter.drawRoundedRect(box, size / 8, size / 8)
    font: QFont = theme.serif(int(size * 0.6), bold=True)
    painter.setFont(font)
    painter.setPen(QColor(theme.Tokens("light")["on_accent"]))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "报")
    painter.end()
    return QIcon(canvas)
