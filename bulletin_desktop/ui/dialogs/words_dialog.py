"""The user's words, which are never cut apart, and words of the library that might be such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services import history, words
from bulletin_desktop.ui.context import ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services.words import Candidate
    from bulletin_desktop.ui.context import Context

_SIZE = (620, 460)
_WORD = Qt.ItemDataRole.UserRole


class WordsDialog(QDialog):
    """On the left the words, with a field for more; on the right what no dictionary has."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Sequence[Candidate] = ()
        text = context.text
        self.setWindowTitle(text("action.words").rstrip("…"))
        self.field = QLineEdit()
        self.add = QPushButton(text("words.add"), default=True)
        self.list = _list(text("words.own"))
        self.remove = self._button("words.remove", "Del")
        self.candidates = _list(text("words.candidates"))
        self.accept_button = self._button("words.accept", "Enter")
        self.said = QLabel(text("words.hint"))
        self._searching = QLabel(text("words.searching"))
        self._lay_out()
        self._connect()
        self._fill()
        self._search()
        self.field.setFocus()

    def _button(self, code: str, key: str) -> QPushButton:
        text = self._context.text
        words_and_key = text("unit.button", words=text(code), key=key)
        return QPushButton(words_and_key, autoDefault=False)

    def _lay_out(self) -> None:
        text = self._context.text
        self.field.setPlaceholderText(text("words.field"))
        self.field.setAccessibleName(text("words.field"))
        for label in (self.said, self._searching):
            label.setObjectName("hint")
            label.setWordWrap(True)
        self._searching.setMinimumHeight(self.field.sizeHint().height())
        above = QWidget()
        entry = QHBoxLayout(above)
        entry.setContentsMargins(0, 0, 0, 0)
        entry.addWidget(self.field, 1)
        entry.addWidget(self.add)
        own = _column(text("words.own"), above, self.list, self.remove)
        found = _column(
            text("words.candidates"), self._searching, self.candidates, self.accept_button
        )
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(own, 1)
        columns.addLayout(found, 1)
        self._close = QPushButton(text("notice.close"), autoDefault=False)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(columns, 1)
        layout.addLayout(row)
        self.resize(*_SIZE)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.accept_button.clicked.connect(self._accept)
        self.candidates.itemDoubleClicked.connect(self._accept)
        self._close.clicked.connect(self.reject)
        self.list.itemSelectionChanged.connect(self._enable)
        self.candidates.itemSelectionChanged.connect(self._enable)
        self._shortcut("Del", self.list, self._remove)
        for key in ("Return", "Enter", "Space"):
            self._shortcut(key, self.candidates, self._accept)
        self._shortcut("Ctrl+Z", self, lambda: self._act(history.undo))
        self._context.changed.connect(self._on_change)
        self._context.failed.connect(self._on_failure)

    def _shortcut(self, key: str, where: QWidget, deed: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        if where is self:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(deed)

    # Lists

    def _fill(self) -> None:
        own = words.all_words(self._context.library)
        self.list.clear()
        self.list.addItems(own)
        row = max(0, self.candidates.currentRow())
        self.candidates.clear()
        for word, articles in self._found:
            if word not in own:
                shown = self._context.text("words.candidate", word=word, n=articles)
                item = QListWidgetItem(shown, self.candidates)
                item.setData(_WORD, word)
        self.candidates.setCurrentRow(min(row, self.candidates.count() - 1))
        self._enable()

    def _enable(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))
        self.accept_button.setEnabled(bool(self.candidates.selectedItems()))

    def _search(self) -> None:
        """Look for unknown words off the GUI thread."""
        suggester = self._context.suggester
        self._context.runner.think(
            "candidates",
            lambda library: words.candidates(library, suggester.segmenter),
            self._on_found,
            ignore,
        )

    def _on_found(self, found: Sequence[Candidate]) -> None:
        self._found = found
        self._fill()
        code = "words.candidates_hint" if found else "words.no_candidates"
        self._searching.setText(self._context.text(code))

    def _on_change(self, change: Change) -> None:
        if "words" in change.topics:
            if change.step is not None:  # what another program did takes no answer away
                self.said.setText(self._context.text("words.hint"))
            self._fill()

    def _on_failure(self, error: KnownError) -> None:
        self.said.setText(self._context.explain(error))

    # Deeds

    def _act(self, verb: Callable[..., Change], then: Callable[[], None] | None = None) -> None:
        self._context.act(verb, then)

    def _add(self) -> None:
        given = self.field.text().split()
        if given:
            self._act(lambda library: words.add(library, given), self.field.clear)

    def _remove(self) -> None:
        given = [item.text() for item in self.list.selectedItems()]
        if given:
            self._act(lambda library: words.remove(library, given))

    def _accept(self) -> None:
        given = [item.data(_WORD) for item in self.candidates.selectedItems()]
        if given:
            self._act(lambda library: words.add(library, given))


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setObjectName("unitTable")
    made.setAccessibleName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    return made


def _column(head: str, above: QWidget, middle: QWidget, button: QWidget) -> QVBoxLayout:
    label = QLabel(head)
    label.setObjectName("heading")
    layout = QVBoxLayout()
    layout.setSpacing(8)
    for each in (label, above):
        layout.addWidget(each)
    layout.addWidget(middle, 1)
    layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return layout
