"""While an input method composes a word, keys are for the word and for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# What would leave the field, or take what it holds for finished.
_LEAVING = (
    Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip


class Composing(QObject):
    """Goes with the keyboard from field to field, in the program's windows and in Qt's dialogs.

    Most input methods keep the keys that they use; some let one through.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._word = False  # whether one is being composed
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        self._word = False
        if old is not None:
            old.removeEventFilter(self)
        if now is not None and now.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let no shortcut have a key, and the field none that would leave it."""
        given: Any = event
        kind = event.type()
        if kind == QEvent.Type.InputMethod:
            self._word = bool(given.preeditString())
        elif self._word and kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        elif self._word and kind == QEvent.Type.KeyPress:
            return given.key() in _LEAVING
        return False
