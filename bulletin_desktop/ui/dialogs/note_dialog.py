"""The note on an issue, a theme, or whatever else has no place for it in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bulletin_desktop.services import noting
from bulletin_desktop.ui.asking import sure
from bulletin_desktop.ui.panes.tagging_parts import label
from bulletin_desktop.ui.widgets.note_field import NoteField

if TYPE_CHECKING:
    from bulletin_desktop.model.annotations import NoteKind
    from bulletin_desktop.ui.context import Context

_WIDTH, _HEIGHT = 520, 340


class NoteDialog(QDialog):
    """Saves as one writes; it closes when the library has the words.

    Raises KnownError where what the note is on is missing.
    """

    article_wanted = Signal(int)

    def __init__(self, context: Context, parent: QWidget, kind: NoteKind, target: int) -> None:
        super().__init__(parent)
        self._context = context
        self._closing: int | None = None
        text = context.text
        self.setWindowTitle(text(f"note.on_{kind}"))
        name = label(noting.name_of(context.library, kind, target), "heading")
        name.setWordWrap(True)
        self.field = NoteField(context, kind)
        self.field.edit.set_hint(text("note.hint_other"))
        self.field.show_note(target)
        close = QPushButton(text("notice.close"))
        close.clicked.connect(self.accept)
        close.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self.field.private)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(name)
        layout.addWidget(self.field, 1)
        layout.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT)
        self.field.edit.setFocus()
        self.field.edit.left.connect(self.accept)
        self.field.article_wanted.connect(self._go)
        self.field.settled.connect(self._close_now)
        self.field.refused.connect(self._stay)

    def _go(self, article: int) -> None:
        self.article_wanted.emit(article)
        self.accept()

    def done(self, result: int) -> None:
        """Close when all is saved."""
        self.field.edit.save()
        if self.field.busy:
            self._closing = result
        else:
            super().done(result)

    def _close_now(self) -> None:
        if self._closing is not None:
            super().done(self._closing)

    def _stay(self) -> None:
        """The library could not take the words: they go with the dialog where the user says so."""
        closing, self._closing = self._closing, None
        text = self._context.text
        if closing is not None and sure(self, text("note.title"), text("note.give_up")):
            super().done(closing)
