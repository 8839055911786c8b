"""A field that takes the next key press as it is, to give it to an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from bulletin_desktop.ui.context import Context

# These only change what another key means.
_MODIFIERS = (
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock, Qt.Key.Key_Mode_switch, Qt.Key.Key_Multi_key, Qt.Key.Key_unknown,
)  # fmt: skip
_COUNTED = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class KeyEdit(QLineEdit):
    """Tells of one key with its modifiers, and shows nothing of it; Escape leaves the field."""

    pressed = Signal(str)  # in the words of a portable QKeySequence
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._resting, self._waiting = context.text("keys.add"), context.text("keys.press")
        self.setPlaceholderText(self._resting)
        self.setAccessibleName(self._resting)
        self.setReadOnly(True)  # no paste and no drop
        # A key is meant here, not what an input method would make of it.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        """No shortcut of the window acts on a key that is meant for another action."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key; Escape alone is the way out."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        elif key not in _MODIFIERS:
            pressed = QKeySequence(QKeyCombination(_modifiers(event), key))
            self.pressed.emit(pressed.toString(QKeySequence.SequenceFormat.PortableText))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that a key is awaited."""
        super().focusInEvent(event)
        self.setPlaceholderText(self._waiting)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say what the field is for."""
        super().focusOutEvent(event)
        self.setPlaceholderText(self._resting)


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers that belong to a key; Shift is none of them where it only makes the sign."""
    held = event.modifiers()
    counted = held & _COUNTED
    sign = event.text().isprintable() and not event.text().isalnum() and event.text().strip()
    if held & Qt.KeyboardModifier.ShiftModifier and not sign:
        counted |= Qt.KeyboardModifier.ShiftModifier
    return counted
