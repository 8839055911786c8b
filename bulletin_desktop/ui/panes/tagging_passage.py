"""The line above the theme input that says which passage it acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from bulletin_desktop.ui import icons
from bulletin_desktop.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context


class PassageLine(QWidget):
    """The words of the passage on one line, and a cross that leads back to the articles."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words = ElidedLabel()
        self._words.setToolTip(context.text("themes.passage.help"))
        self._close = QToolButton()
        self._close.setObjectName("headButton")
        self._close.setToolTip(context.text("themes.passage.leave"))
        self._close.setAccessibleName(context.text("themes.passage.leave"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._close)
        context.restyled.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self._close.setIcon(icons.icon("close", self._context.tokens.colour("muted")))

    def show_words(self, words: str) -> None:
        """Say which passage is meant, or go where none is."""
        line = " ".join(words.split())
        self._words.setText(self._context.text("themes.passage", words=line) if line else "")
        self.setVisible(bool(line))
