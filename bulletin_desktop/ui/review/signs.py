"""The signs in the margin: a shape for what begins at a line, filled by how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from bulletin_desktop.ui.review.cutting import Certainty
    from bulletin_desktop.ui.theme import Tokens

SIZE = 12
_TOKENS = {"yours": "good", "sure": "muted", "likely": "muted", "unsure": "accent"}


def _polygon(*corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*corners[0]))
    for corner in corners[1:]:
        path.lineTo(QPointF(*corner))
    path.closeSubpath()
    return path


def _round(inset: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(inset, inset, SIZE - 2 * inset, SIZE - 2 * inset))
    return path


def _shape(role: str) -> QPainterPath:
    if role == "issue":
        return _polygon((1.5, 1.5), (10.5, 1.5), (10.5, 10.5), (1.5, 10.5))
    if role == "section":
        return _polygon((6, 0.5), (11.5, 6), (6, 11.5), (0.5, 6))
    if role == "brief":
        return _polygon((2, 1.5), (11, 6), (2, 10.5))
    if role == "distribution":
        return _polygon((1, 4), (11, 4), (11, 8), (1, 8))
    return _round(1.5) if role == "article" else _round(3)


def paint_sign(
    painter: QPainter, place: QPointF, role: str, certainty: Certainty, tokens: Tokens
) -> None:
    """Draw a sign into the square of ``SIZE`` pixels whose corner is at ``place``.

    Whole where it is sure, half where it is likely, hollow and in the accent where it is not; a
    ring with a dot says that nothing was cut though it might have been.
    """
    colour = QColor(tokens.colour(_TOKENS[certainty]))
    shape = _shape(role)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place)
    painter.setPen(QPen(colour, 1.8 if certainty == "unsure" else 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if certainty in ("yours", "sure"):
        painter.setBrush(colour)
    painter.drawPath(shape)
    if certainty == "likely":
        painter.setClipRect(QRectF(0, SIZE / 2, SIZE, SIZE / 2))
        painter.fillPath(shape, colour)
    painter.restore()
