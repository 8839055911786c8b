"""The note: saved by itself a moment after the last key, and whenever it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

_SAVE_MILLISECONDS = 800


class NoteEdit(QPlainTextEdit):
    """The user's words on one article."""

    written = Signal(int, str)
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
    def unsaved(self) -> bool:
        """Whether there are words that the library could not take."""
        return bool(self._failed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves."""
        super().focusOutEvent(event)
        self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to reading."""
        if event.key() == Qt.Key.Key_Escape:
            self.save()
            self.left.emit()
        else:
            super().keyPressEvent(event)
