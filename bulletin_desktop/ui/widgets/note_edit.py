"""The note: saved by itself a moment after the last key, and whenever it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent

_SAVE_MILLISECONDS = 800


class NoteEdit(QPlainTextEdit):
    """The user's words on one article, or on whatever else the ids are of."""

    written = Signal(int, str)
    pointed = Signal(int)  # Ctrl+click or Ctrl+Enter at a position, in UTF-16 units
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._article: int | None = None
        self._saved: str | None = ""
        self._failed: dict[int, str] = {}
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_MILLISECONDS)
        self._timer.timeout.connect(self.save)
        self.textChanged.connect(self._timer.start)
        self.setTabChangesFocus(True)
        self._hint = ""

    def set_hint(self, words: str) -> None:
        """Words that stand in an empty note."""
        self._hint = words
        self.setPlaceholderText(words)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A word that is being composed stands alone; Qt would paint the hint over it."""
        self.setPlaceholderText("" if event.preeditString() else self._hint)
        super().inputMethodEvent(event)

    def show_note(self, article: int | None, text: str) -> None:
        """Show the note on an article; what was being written is saved first."""
        if article == self._article and self.hasFocus():
            return  # never take words away from under the user's hands
        self.save()
        self._article, self._saved = article, text
        if article in self._failed:
            self._saved, text = None, self._failed[article]
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._timer.stop()

    def save(self) -> None:
        """Tell what was written, if anything was."""
        self._timer.stop()
        text = self.toPlainText()
        if self._article is None:
            return
        if self._saved is None or text.strip() != self._saved.strip():
            self._saved = text
            self.written.emit(self._article, text)

    def kept(self, article: int) -> None:
        """The library has the note."""
        self._failed.pop(article, None)

    def failed(self, article: int, text: str) -> None:
        """The library could not take the note: the words stay here, and saving is tried again."""
        self._failed[article] = text
        if article == self._article:
            self._saved = None

    @property
    def target(self) -> int | None:
        """What the note is on."""
        return self._article

    @property
    def unsaved(self) -> bool:
        """Whether there are words that the library could not take."""
        return bool(self._failed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves."""
        super().focusOutEvent(event)
        self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to reading, Ctrl+Enter where the words at the cursor lead."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.save()
            self.left.emit()
        elif enters and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pointed.emit(self.textCursor().position())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ctrl+click goes where the words lead."""
        super().mouseReleaseEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pointed.emit(self.cursorForPosition(event.position().toPoint()).position())
