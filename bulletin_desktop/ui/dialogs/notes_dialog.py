"""All notes of the library in one list: what was written, on what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services import noting, reading
from bulletin_desktop.ui.panes.tagging_parts import label
from bulletin_desktop.ui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.annotations import Note
    from bulletin_desktop.model.change import Change
    from bulletin_desktop.services.noting import NamedNote
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(640, 560)
_EDGE = QSize(40, 60)  # what stays free of the screen around it
_KINDS = ("all", "article", "highlight", "issue", "theme")
_PRIVACIES = ("all", "open", "private")
_FILTER_MILLISECONDS = 150


class NotesDialog(QDialog):
    """Filtered by words, kind and privacy; Enter or a click goes to what a note is on."""

    article_wanted = Signal(int)
    highlight_wanted = Signal(int, int)  # article, highlight
    theme_wanted = Signal(int)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._notes: list[NamedNote] = []
        text = context.text
        self.setWindowTitle(text("notes.title"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(text("notes.filter"))
        self.filter.setAccessibleName(text("notes.filter"))
        self.filter.setClearButtonEnabled(True)
        self.kind = self._choice("kind", _KINDS)
        self.privacy = self._choice("privacy", _PRIVACIES)
        self.list = RowList(context, text("notes.title"), two_lines=True, margin=10)
        self.list.setObjectName("lineTable")
        self._count = label("", "hint")
        self._go = QPushButton(text("notes.open"), autoDefault=False)
        self._edit = QPushButton(text("notes.edit"), autoDefault=False)
        self._timer = QTimer(self, singleShot=True, interval=_FILTER_MILLISECONDS)
        self._lay_out()
        self._connect()
        self._read()

    def _choice(self, name: str, values: Sequence[str]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self._context.text(f"notes.{name}"))
        for value in values:
            box.addItem(self._context.text(f"notes.{name}.{value}"), value)
        box.currentIndexChanged.connect(self._show)
        return box

    def _lay_out(self) -> None:
        close = QPushButton(self._context.text("notice.close"), autoDefault=False)
        close.clicked.connect(self.accept)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.filter, 1)
        head.addWidget(self.kind)
        head.addWidget(self.privacy)
        foot.addWidget(self._count)
        foot.addStretch(1)
        for control in (self._go, self._edit, close):
            foot.addWidget(control)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _EDGE))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._show)
        self.filter.returnPressed.connect(self.list.setFocus)
        self.list.taken.connect(self._open)
        self._go.clicked.connect(self._open_current)
        self._edit.clicked.connect(self._edit_current)
        self._context.changed.connect(self._on_change)

    def _on_change(self, change: Change) -> None:
        if change.topics & {"notes", "documents", "themes", "highlights"}:
            self._read()

    def _read(self) -> None:
        self._context.runner.read("notes", noting.listed, self._take, self._context.failed.emit)

    def _take(self, found: list[NamedNote]) -> None:
        self._notes = found
        self._show()

    # What is shown

    def _show(self) -> None:
        text = self._context.text
        shown = [named for named in self._notes if self._fits(named)]
        self.list.empty_words = text("notes.none_found" if self._notes else "notes.empty")
        self.list.show_rows([self._row(named) for named in shown])
        self._count.setText(text("notes.count", n=len(shown)))
        for control in (self._go, self._edit):
            control.setEnabled(bool(shown))

    def _fits(self, named: NamedNote) -> bool:
        note, privacy = named.note, self.privacy.currentData()
        words = self.filter.text().strip()
        return (
            self.kind.currentData() in ("all", note.kind)
            and (privacy == "all" or note.private == (privacy == "private"))
            and (not words or bool(reading.find_words(words, f"{note.text}\n{named.name}")))
        )

    def _row(self, named: NamedNote) -> Row:
        note, text = named.note, self._context.text
        facts = [text(f"note.on_{note.kind}"), " ".join(named.name.split())]
        facts += [text("note.private")] if note.private else []
        facts += [note.annotator] if note.annotator else []
        below = " · ".join(filter(None, facts))
        return Row(" ".join(note.text.split()), note, below=below, beside=note.at[:10])

    # What is done

    def _open_current(self) -> None:
        note: Note | None = self.list.current()
        if note is not None:
            self._open(note)

    def _open(self, note: Note) -> None:
        """Go to what the note is on; the list stays open beside it."""
        if note.kind == "theme":
            self.theme_wanted.emit(note.target)
        elif note.kind == "highlight" and note.article is not None:
            self.highlight_wanted.emit(note.article, note.target)
        elif note.article is not None:
            self.article_wanted.emit(note.article)

    def _edit_current(self) -> None:
        from bulletin_desktop.ui.dialogs.note_dialog import NoteDialog

        note: Note | None = self.list.current()
        if note is not None:
            dialog = NoteDialog(self._context, self, note.kind, note.target)
            dialog.article_wanted.connect(self.article_wanted)
            dialog.exec()
            dialog.deleteLater()
