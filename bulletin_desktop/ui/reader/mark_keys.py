"""Keys of the page that are no actions: arrows for sentences and edges, Escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from bulletin_desktop.ui.reader.page_words import select_range, selected_range, unselect

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from bulletin_desktop.ui.reader.edges import Moved
    from bulletin_desktop.ui.reader.page_view import PageView
    from bulletin_desktop.ui.reader.sentence_walk import SentenceWalk

_SIDES: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WAYS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_Modifier = Qt.KeyboardModifier


class MarkKeys(QObject):
    """Watches the page.

    Up and Down go from sentence to sentence. Shift with Left or Right moves the end of what is
    selected or at hand by a character, with Ctrl by a clause, with Alt its start.
    """

    moved = Signal(int, bool)  # a code point; whether the end of the highlight at hand goes there
    left = Signal()

    def __init__(self, page: PageView, walk: SentenceWalk) -> None:
        super().__init__(page)
        self._page = page
        self._walk = walk
        self.at_hand: Moved | None = None
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that do something here."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        key: QKeyEvent = event  # type: ignore[assignment]
        pressed = event.type() == QEvent.Type.KeyPress
        modifiers = key.modifiers() & ~_Modifier.KeypadModifier
        if key.key() == Qt.Key.Key_Escape:
            return self._escape(event, pressed=pressed)
        if key.key() in _WAYS and modifiers == _Modifier.NoModifier and pressed:
            return self._walk.step(_WAYS[key.key()])
        if key.key() in _SIDES and modifiers & _Modifier.ShiftModifier and pressed:
            return self._move(_SIDES[key.key()], modifiers)
        return False

    def _escape(self, event: QEvent, *, pressed: bool) -> bool:
        """First the selection goes, then the highlight is out of hand, then Escape is another's."""
        selected = self._page.textCursor().hasSelection()
        if not selected and self.at_hand is None:
            return False
        event.accept()
        if pressed and selected:
            unselect(self._page)
        elif pressed:
            self.left.emit()
        return True

    def _move(self, step: int, modifiers: Qt.KeyboardModifier) -> bool:
        selected = selected_range(self._page)
        hand = self.at_hand
        edges = selected if selected is not None else hand[1:] if hand is not None else None
        if edges is None:
            return False
        ends = not modifiers & _Modifier.AltModifier
        at = edges[ends]
        if modifiers & _Modifier.ControlModifier:
            at = self._walk.edge(at, step, ends=ends)
        else:
            at += step
        if selected is None:
            self.moved.emit(at, ends)
        else:
            self._select(at, selected, ends=ends)
        return True

    def _select(self, at: int, selected: tuple[int, int], *, ends: bool) -> None:
        assert self._page.sheet is not None
        at = max(0, min(at, len(self._page.sheet.text.body)))
        start, end = (selected[0], at) if ends else (at, selected[1])
        if start < end:
            select_range(self._page, start, end)
