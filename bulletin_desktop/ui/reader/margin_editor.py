"""Writing the note on a highlight, beside its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from bulletin_desktop.ui.widgets.note_edit import NoteEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect

    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.reader.page_view import PageView

_LEAST_WIDTH = 156
_HEIGHT = 124
_EDGE = 8
_BORDER = 4


class MarginEditor(QFrame):
    """Stands in the margin at a highlight's line and scrolls with it."""

    written = Signal(int, str, bool)  # highlight, its note, whether that is private
    left = Signal()

    def __init__(self, context: Context, page: PageView, room: Callable[[], QRect]) -> None:
        super().__init__(page.viewport())
        self.setObjectName("marginNote")
        self._page = page
        self._room = room
        self._position = 0
        self.edit = NoteEdit()
        self.edit.set_hint(context.text("mark.note_hint"))
        self.edit.setAccessibleName(context.text("mark.note"))
        self.private = QCheckBox(context.text("note.private"))
        self.private.setToolTip(context.text("note.private.help"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 8, 6)
        layout.setSpacing(2)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.private)
        self.edit.written.connect(self._tell)
        self.edit.left.connect(self.left)
        self.private.clicked.connect(self._keep_private)
        page.laid_out.connect(self._place)
        page.verticalScrollBar().valueChanged.connect(self._place)
        self.hide()

    @property
    def highlight(self) -> int | None:
        """The highlight whose note is written, while one is."""
        return self.edit.target if self.isVisibleTo(self._page) else None

    def open(self, highlight: Highlight, position: int) -> None:
        """Write the note on a highlight that begins at a position of the page."""
        self._position = position
        self.show_note(highlight)
        self._page.look_at(position)
        self.show()
        self._place()
        hidden = self.geometry().bottom() + _EDGE - self._page.viewport().height()
        if hidden > 0:
            bar = self._page.verticalScrollBar()
            bar.setValue(bar.value() + hidden)
        self.raise_()
        self.edit.setFocus()

    def show_note(self, highlight: Highlight) -> None:
        """Show the note as the library has it, unless one is just writing it."""
        self.edit.show_note(highlight.id, highlight.note)
        self.private.setChecked(highlight.private)

    def close_note(self) -> None:
        """Save what was written, and go."""
        self.edit.save()
        if self.isAncestorOf(self.window().focusWidget() or self.window()):
            self._page.setFocus()  # what is hidden would pass it on to a link of the page
        self.hide()

    def _tell(self, highlight: int, words: str) -> None:
        self.written.emit(highlight, words, self.private.isChecked())

    def _keep_private(self) -> None:
        """A note that is still empty gets its privacy with its first words."""
        self.edit.save()
        words = self.edit.toPlainText()
        if self.edit.target is not None and words.strip():
            self._tell(self.edit.target, words)

    def _place(self) -> None:
        if self.isHidden():
            return
        room, view = self._room(), self._page.viewport()
        width = max(_LEAST_WIDTH, room.width())
        left = min(room.left() - _BORDER, view.width() - width - _EDGE)
        top = round(self._page.line_top(self._position)) - self._page.verticalScrollBar().value()
        if left < self._page.lineWrapColumnOrWidth():  # over the text it leaves the line free
            top += round(self._page.line_height)
        self.setGeometry(max(0, left), top, width, _HEIGHT)
