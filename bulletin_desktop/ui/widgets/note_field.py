"""A note with the articles that it links to, and whether it is private."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPushButton, QTextEdit, QVBoxLayout, QWidget

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, noting
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.widgets.note_edit import NoteEdit

if TYPE_CHECKING:
    from bulletin_desktop.model.annotations import NoteKind
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.noting import Link
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.widgets.note_links import LinkCompletions
    from bulletin_desktop.ui.widgets.row_list import Row, RowList

_MOST_LINKS = 5


class _Linked(NamedTuple):
    """The links of a note as it is now, and the articles that they lead to."""

    text: str
    links: list[Link]
    articles: dict[int, Article]


class NoteField(QWidget):
    """The note on one thing of a kind; ``private`` is its button, which stands elsewhere."""

    article_wanted = Signal(int)
    settled = Signal()  # the library has all that was written
    refused = Signal()  # it could not take something

    def __init__(self, context: Context, kind: NoteKind) -> None:
        super().__init__()
        self._context = context
        self._kind = kind
        self.edit = NoteEdit()
        self.edit.setAccessibleName(context.text("note.title"))
        self.private = QPushButton(context.text("note.private"))
        self.private.setObjectName("flag")
        self.private.setCheckable(True)
        self.private.setToolTip(context.text("note.private.help"))
        self._writing = 0
        self._completions: LinkCompletions | None = None
        self._links: list[Link] = []
        self._list: RowList | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.edit)
        self.edit.written.connect(self._write)
        self.edit.textChanged.connect(self._on_typed)
        self.edit.pointed.connect(self._open_at)
        self.private.clicked.connect(self._make_private)

    def show_note(self, target: int | None) -> None:
        """Show the note on one thing, or none; what was being written is saved first."""
        library = self._context.library
        found = None if target is None else noting.note(library, self._kind, target)
        self.edit.show_note(target, found.text if found else "")
        self.private.setChecked(found is not None and found.private)
        self._find_links()

    @property
    def busy(self) -> bool:
        """Whether words are on their way to the library."""
        return self._writing > 0

    def _write(self, target: int, text: str) -> None:
        self._set(target, text, typing=True)

    def _make_private(self) -> None:
        """The mark of an empty note waits for its first words."""
        target, text = self.edit.target, self.edit.toPlainText()
        if target is not None and text.strip():
            self.edit.save()
            self._set(target, text, typing=False)

    def _set(self, target: int, text: str, *, typing: bool) -> None:
        kind, private = self._kind, self.private.isChecked()
        self._writing += 1

        def kept() -> None:
            self._writing -= 1
            self.edit.kept(target)
            self._find_links()
            if not self.busy:
                self.settled.emit()

        def failed() -> None:
            self._writing -= 1
            self.edit.failed(target, text)
            self.refused.emit()

        self._context.act(
            lambda library: noting.set_note(
                library, kind, target, text, private=private, typing=typing
            ),
            kept,
            failed,
        )

    # Links

    def _on_typed(self) -> None:
        if self._completions is None:
            if "[[" not in self.edit.toPlainText():
                return
            from bulletin_desktop.ui.widgets.note_links import LinkCompletions

            self._completions = LinkCompletions(self._context, self.edit)
        self._completions.look()

    def _find_links(self) -> None:
        """Look off the GUI thread where the links of the note lead."""
        text = self.edit.toPlainText()
        if "[[" not in text:
            self._show_links(_Linked(text, [], {}))
            return

        def find(library: Library) -> _Linked:
            links = noting.links(library, text)
            ids = tuple({article for link in links for article in link.articles})
            found = browsing.in_scope(library, Scope(ids=ids)) if ids else []
            return _Linked(text, links, {article.id: article for article in found})

        self._context.runner.read(f"links {self._kind}", find, self._show_links, ignore)

    def _show_links(self, linked: _Linked) -> None:
        if linked.text != self.edit.toPlainText():
            return
        self._links = linked.links
        if self._list is None:
            if not linked.links:
                return
            from bulletin_desktop.ui.widgets.row_list import RowList

            self._list = RowList(self._context, self._context.text("note.links"), most=_MOST_LINKS)
            self._list.taken.connect(self.article_wanted.emit)
            self._layout.addWidget(self._list)
            QWidget.setTabOrder(self.edit, self._list)
        self._list.show_rows(self._rows(linked))
        self._list.setVisible(bool(linked.links))
        self._underline(linked)

    def _rows(self, linked: _Linked) -> list[Row]:
        from bulletin_desktop.ui.widgets.row_list import Row, short_date

        rows: dict[int | str, Row] = {}
        for link in linked.links:
            for article in link.articles:
                found = linked.articles[article]
                rows[article] = Row(f"→ {found.heading}", article, beside=short_date(found.date))
            if not link.articles:
                words = linked.text[link.start + 2 : link.end - 2]
                missing = self._context.text("note.no_article", title=words)
                rows[words] = Row(missing, None, quiet=True)
        return list(rows.values())

    def _underline(self, linked: _Linked) -> None:
        """Links that lead somewhere are marked in the words."""
        from bulletin_desktop.ui.reader.positions import utf16_ranges

        look = QTextCharFormat()
        look.setForeground(self._context.tokens.colour("accent"))
        ranges = [(link.start, link.end) for link in linked.links if link.articles]
        marked = []
        for start, end in utf16_ranges(linked.text, ranges):
            cursor = QTextCursor(self.edit.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            shown = QTextEdit.ExtraSelection()
            shown.cursor = cursor
            shown.format = look
            marked.append(shown)
        self.edit.setExtraSelections(marked)

    def _open_at(self, position: int) -> None:
        """Go where the link at a position leads, as it was found last."""
        from bulletin_desktop.ui.reader.positions import code_point

        at = code_point(self.edit.toPlainText(), position)
        for link in self._links:
            if link.start <= at <= link.end and link.articles:
                self.edit.save()
                self.article_wanted.emit(link.articles[0])
                return
