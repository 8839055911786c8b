"""The steps of the library, to go back and forth among; and what was done to one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from bulletin_desktop.services import history, labels, noting
from bulletin_desktop.ui.dialogs.log_dialog import LogDialog
from bulletin_desktop.ui.models.log_model import Line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.events import Event
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context

_WHO, _WHEN = 110, 140
_COLUMNS = (("log.what", 0), ("log.who", _WHO), ("log.when", _WHEN))
_BEGINNING = 0  # in the place of a step: before the first


class HistoryDialog(LogDialog):
    """All steps, the newest first; a click on one undoes or redoes what lies between."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        title = context.text("action.history").rstrip("…")
        super().__init__(context, parent, title, _COLUMNS)
        self.go_button = self.button("history.go", "Enter", self._go_there)
        self.table.clicked.connect(self._go_there)

    def lines(self, library: Library) -> list[Line]:
        """The steps, with where the library is, and its beginning below them."""
        catalogue, steps = self._context.catalogue, history.steps(library, history.MAX_STEPS)
        present = next((step.id for step in steps if not step.undone), _BEGINNING)
        found = [
            Line(
                step.id,
                (catalogue.text(step.code, **step.params), step.annotator, labels.moment(step.at)),
                step.undone,
                step.id == present,
            )
            for step in steps
        ]
        words = catalogue.text("history.beginning")
        beginning = Line(_BEGINNING, (words, "", ""), present=present == _BEGINNING)
        return [*found, beginning] if found else []

    def words(self) -> str:
        """How it is used, where there is anything."""
        return self._context.text("history.empty" if self.rows.is_empty else "history.hint")

    def on_shown(self) -> None:
        """There may be nowhere to go."""
        self.go_button.setEnabled(not self.rows.is_empty)

    def _go_there(self) -> None:
        line = self.current
        if line is not None and not line.present:
            step = line.of
            self.act(lambda library: history.go_to(library, step))


class ArticleHistoryDialog(LogDialog):
    """Who did what when to an article; earlier states of its notes can be read and put back."""

    def __init__(self, context: Context, parent: QWidget, article: Article) -> None:
        self._article = article.id
        heading = article.heading or context.text("tree.untitled")
        title = context.text("history.of_article", title=heading)
        super().__init__(context, parent, title, _COLUMNS)
        self.note = QPlainTextEdit()
        self.note.setReadOnly(True)
        self.note.setAccessibleName(context.text("history.note"))
        self.note.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(8 * self.note.fontMetrics().lineSpacing())
        self.note.hide()
        self.layers.insertWidget(2, self.note)
        self.restore_button = self.button("history.restore_note", "Enter", self._restore)
        self.restore_button.setEnabled(False)
        self.table.selectionModel().currentChanged.connect(self._show_note)
        self.rows.modelReset.connect(self._show_note)

    def lines(self, library: Library) -> list[Line]:
        """What was done to the article."""
        catalogue = self._context.catalogue
        return [
            Line(
                event,
                (catalogue.message(event.told), event.annotator, labels.moment(event.at)),
                event.undone,
            )
            for event in history.events(library, self._article)
        ]

    def words(self) -> str:
        """How earlier states of a note are read."""
        return self._context.text("history.note_hint")

    def on_shown(self) -> None:
        """Show what the note said at the current line."""
        self._show_note()

    def _show_note(self) -> None:
        event: Event | None = self.current.of if self.current is not None else None
        note = event.note if event is not None else None
        self.note.setVisible(note is not None)
        self.restore_button.setEnabled(note is not None)
        self.note.setPlainText(note.text if note is not None else "")

    def _restore(self) -> None:
        """Write what the note said once, as a step of its own."""
        event: Event | None = self.current.of if self.current is not None else None
        if event is not None and event.note is not None:
            kind, target, text = event.note
            self.act(lambda library: noting.set_note(library, kind, target, text, typing=False))
