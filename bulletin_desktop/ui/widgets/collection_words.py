"""What the user writes into a collection: its introduction, and lines that stand for articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from bulletin_desktop.services import collection_list
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.dialogs.parts import row
from bulletin_desktop.ui.widgets.elided import ElidedLabel
from bulletin_desktop.ui.widgets.leaving_edit import LeavingEdit

if TYPE_CHECKING:
    from bulletin_desktop.services.collection_list import Row
    from bulletin_desktop.ui.context import Context

_INTRO_LINES, _SUMMARY_LINES = 4, 2
PROPOSING = "summary"  # the job that looks up the first sentence


class Intro(QWidget):
    """The introduction, folded to its first line until it is wanted."""

    written = Signal(int, str)  # the collection, the text
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._first = ""
        self.fold = QPushButton(autoDefault=False)
        self.fold.setObjectName("link")
        self.first = ElidedLabel()
        self.first.setObjectName("hint")
        self.edit = LeavingEdit(_INTRO_LINES)
        self.edit.setPlaceholderText(context.text("collection.intro_hint"))
        self.edit.setAccessibleName(context.text("collection.intro"))
        head = row(self.fold, self.first)
        head.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.edit)
        self.fold.clicked.connect(self.toggle)
        self.edit.written.connect(self.written)
        self.edit.left.connect(self.left)
        self._show_fold(is_open=False)

    def toggle(self) -> None:
        """Open the field with the keyboard in it, or fold it, which keeps what is typed."""
        is_open = self.edit.isHidden()
        if not is_open:
            self.edit.save()
        self._show_fold(is_open=is_open)
        if is_open:
            self.edit.setFocus()

    def _show_fold(self, *, is_open: bool) -> None:
        self.edit.setVisible(is_open)
        self.first.setText("" if is_open else self._first)
        words = self._context.text("collection.intro")
        self.fold.setText(f"{words} {'▾' if is_open else '▸'}")

    def show_text(self, collection: int, text: str) -> None:
        """Show the introduction of a collection."""
        self.edit.show_text(collection, text)
        self._first = text.partition("\n")[0]
        self._show_fold(is_open=not self.edit.isHidden())

    def save(self) -> None:
        """Keep what is being typed."""
        self.edit.save()


class SummaryLine(QWidget):
    """The line that is printed in the place of an article; its first sentence is proposed."""

    written = Signal(int, str)  # the item, the text
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: Row | None = None
        self._proposed = ""
        label = QLabel(context.text("collection.summary"))
        label.setObjectName("heading")
        self.edit = LeavingEdit(_SUMMARY_LINES)
        label.setBuddy(self.edit)
        self.edit.setAccessibleName(label.text())
        self.take = QPushButton(context.text("collection.take_summary"), autoDefault=False)
        self.take.setObjectName("link")
        head = row(label, self.take)
        head.insertStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.edit)
        self.take.clicked.connect(self._take)
        self.edit.written.connect(self.written)
        self.edit.left.connect(self.left)
        self.show_row(None)

    def show_row(self, shown: Row | None) -> None:
        """Show the line of an article; none for a heading or for several rows."""
        article = shown.article if shown is not None else None
        before = self._row.article if self._row is not None else None
        self._row = shown if article is not None else None
        item = shown.item if shown is not None and article is not None else None
        self.edit.show_text(item.id if item else None, item.text if item else "")
        self.edit.setEnabled(item is not None)
        if article is None:
            self._context.runner.stop_reading(PROPOSING)
            self._propose("")
            self.edit.setPlaceholderText(self._context.text("collection.summary_hint"))
        elif before is None or before.id != article.id:
            self._propose("")
            number = article.id
            self._context.runner.read(
                PROPOSING, lambda library: collection_list.proposed_summary(library, number),
                self._propose, ignore,
            )  # fmt: skip

    def _propose(self, sentence: str) -> None:
        self._proposed = sentence
        self.edit.setPlaceholderText(sentence)
        self.take.setEnabled(bool(sentence))

    def _take(self) -> None:
        """Let the first sentence be the line, to be worked on."""
        self.edit.setPlainText(self._proposed)
        self.edit.save()
        self.edit.setFocus()

    def save(self) -> None:
        """Keep what is being typed."""
        self.edit.save()
