"""A field that is kept when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent


class LeavingEdit(QPlainTextEdit):
    """Some lines of text that belong to something with an id."""

    written = Signal(int, str)  # the owner, the text
    left = Signal()

    def __init__(self, lines: int) -> None:
        """So many ``lines`` high."""
        super().__init__()
        self._owner: int | None = None
        self._shown = ""
        self.setTabChangesFocus(True)
        height = lines * self.fontMetrics().lineSpacing() + 20
        self.setFixedHeight(height)

    def show_text(self, owner: int | None, text: str) -> None:
        """Show a text; what was typed for another owner is told first.

        What is typed stays where this one's text is still the one that it was typed into.
        """
        if owner != self._owner:
            self.save()
        elif text == self._shown:
            return
        self._owner, self._shown = owner, text
        self.setPlainText(text)

    def save(self) -> None:
        """Tell what was typed, if anything was."""
        if self._owner is not None and self.toPlainText() != self._shown:
            self.written.emit(self._owner, self.toPlainText())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves, but for a menu of its own."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps what is typed and leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
