"""A box to choose one theme from all, as the tree has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.ui.context import Context

_SQUARE = 10
_DEEPER = "\u3000"


class ThemeBox(QComboBox):
    """``first`` are entries above the themes: words and what they stand for."""

    def __init__(self, context: Context, first: Sequence[tuple[str, object]] = ()) -> None:
        super().__init__()
        self._context = context
        self._first = first
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.fill()

    def fill(self) -> None:
        """Offer the themes that there are now; what was chosen stays where it is there."""
        chosen = self.currentData()
        self.clear()
        for words, value in self._first:
            self.addItem(words, value)
        for theme, depth in in_tree(list(self._context.themes().values())):
            self.addItem(_square(theme.colour), f"{_DEEPER * depth}{theme.name}", theme.id)
        self.choose(chosen)

    def choose(self, value: object) -> None:
        """Show what stands for a value, or else the first entry."""
        self.setCurrentIndex(max(0, self.findData(value)) if value is not None else 0)


def _square(colour: str) -> QIcon:
    drawing = QPixmap(_SQUARE, _SQUARE)
    drawing.fill(QColor(colour))
    return QIcon(drawing)


def in_tree(
    known: Sequence[Theme], parent: int | None = None, depth: int = 0
) -> list[tuple[Theme, int]]:
    """Themes from the top down, each with how deep it stands."""
    found = []
    for theme in known:
        if theme.parent == parent:
            found += [(theme, depth), *in_tree(known, theme.id, depth + 1)]
    return found
