"""Where on the screen a window, dialog or panel stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget


def on_screen(wanted: QRect, widget: QWidget) -> QPoint:
    """The corner nearest to the wanted one at which all of a place is on the widget's screen."""
    screen = widget.screen().availableGeometry()
    last = screen.bottomRight() - QPoint(wanted.width() - 1, wanted.height() - 1)
    left = max(screen.left(), min(wanted.left(), last.x()))
    top = max(screen.top(), min(wanted.top(), last.y()))
    return QPoint(left, top)
