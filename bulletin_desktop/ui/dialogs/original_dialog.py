"""The text of a file as it was imported, with one article marked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
)

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.reader import typefaces
from bulletin_desktop.ui.reader.positions import shown_range
from bulletin_desktop.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.article_deeds import Located

_FONT = 15
_SIZE = QSize(860, 680)
_EDGE = QSize(40, 60)  # what stays free of the screen around it
# So many lines are seen before the mark.
_BEFORE = 3


class OriginalDialog(QDialog):
    """Read only; copies what is selected or marked, and leads to the file."""

    folder_wanted = Signal()

    def __init__(self, context: Context, located: Located, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._located = located
        self._begun = False
        self.setWindowTitle(context.text("original.title", name=located.name))
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._text.setAccessibleName(context.text("original.text"))
        self._text.setFont(typefaces.font(context.settings.get(settings.FACE), _FONT))
        self._text.setPlainText(located.original.text)
        self._copy = QPushButton(context.text("original.copy"))
        self._folder = QPushButton(context.text("original.folder"))
        self._close = QPushButton(context.text("notice.close"))
        self._close.setDefault(True)
        self._copy.clicked.connect(self.copy)
        self._folder.clicked.connect(self.folder_wanted)
        self._close.clicked.connect(self.close)
        context.restyled.connect(self._mark)
        self._lay_out()
        self._mark()

    def _lay_out(self) -> None:
        text, original = self._context.text, self._located.original
        path = ElidedLabel()
        path.setText(original.path)
        path.setToolTip(original.path)
        facts = text("original.facts", encoding=self._located.format, n=original.articles)
        about = QLabel(facts)
        gone = QLabel(text("original.gone"))
        gone.setWordWrap(True)
        gone.setVisible(not self._located.there)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(6)
        for label in (path, about):
            label.setObjectName("crumbs")
        for label in (path, about, gone):
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addWidget(self._text, 1)
        layout.addSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self._folder)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        layout.addLayout(row)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _EDGE))

    @property
    def _span(self) -> QTextCursor:
        """The article in the text."""
        original = self._located.original
        start, length = shown_range(original.text, original.start, original.end)
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self._span
        mark.format = QTextCharFormat()
        mark.format.setBackground(self._context.tokens.colour("mark"))
        self._text.setExtraSelections([mark])

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the article; one that was only out of sight stays where it was."""
        super().showEvent(event)
        if self._begun:
            return
        self._begun = True
        cursor = self._span
        cursor.setPosition(cursor.selectionStart())
        self._text.setTextCursor(cursor)
        self._text.centerCursor()
        bar = self._text.verticalScrollBar()
        rows = self._text.cursorRect().top() // max(1, self._text.fontMetrics().lineSpacing())
        bar.setValue(bar.value() + max(0, rows - _BEFORE))
        self._text.setFocus()

    def copy(self) -> None:
        """Copy what is selected, else the article as it stands in the file."""
        original = self._located.original
        selected = self._text.textCursor().selectedText().replace("\u2029", "\n")
        words = selected or original.text[original.start : original.end]
        QGuiApplication.clipboard().setText(words)
        self._context.said.emit(self._context.text("original.copied"))
