"""Cells that keep their own colour where their row is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from bulletin_desktop.ui.widgets.item_painter import Index


class KeepsHue(QStyledItemDelegate):
    """What the model gives a colour has it in a chosen row too."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        super().initStyleOption(option, index)
        if (colour := index.data(Qt.ItemDataRole.ForegroundRole)) is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, colour)
