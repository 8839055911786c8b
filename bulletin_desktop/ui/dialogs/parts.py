"""What several dialogs are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def shortcut(key: str, where: QWidget, deed: Callable[[], object]) -> None:
    """Have a key do a deed while the keyboard is in a widget or in what stands in it."""
    made = QShortcut(QKeySequence(key), where)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(deed)


def row(*widgets: QWidget, spacing: int = 10) -> QHBoxLayout:
    """Widgets beside one another, ``spacing`` pixels apart."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    for widget in widgets:
        made.addWidget(widget)
    return made
