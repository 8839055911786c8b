"""Corrections of the article that is read: the line at hand, its menu, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing
from bulletin_desktop.ui.actions import Act, fill_menu

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QPoint, QUrl
    from PySide6.QtGui import QAction

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import ArticleText, Layout
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.corrections import Corrections, Spot
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane

_WORDS = 16
_OF_HIGHLIGHTS = (Act.MARK, Act.MARK_NOTE, Act.UNMARK)


class ReaderCorrections(QObject):
    """Turns a place on the page into one of the document, and has it corrected there."""

    wanted = Signal(int)  # the article in which the corrected line now stands

    def __init__(self, context: Context, reader: ReaderPane, acts: Mapping[Act, QAction]) -> None:
        super().__init__(reader)
        self._context = context
        self._reader = reader
        self._page = reader.page
        self._acts = acts
        self._made: Corrections | None = None
        self._spot: Spot | None = None
        self._page.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._page.customContextMenuRequested.connect(self._open_menu)
        self._page.anchorClicked.connect(self._on_link)
        context.changed.connect(self._on_change)

    @property
    def _corrections(self) -> Corrections:
        if self._made is None:
            from bulletin_desktop.ui.corrections import Corrections

            self._made = Corrections(self._context, self._reader.window())
            self._made.done.connect(self._on_done)
            self._made.failed.connect(self._context.failed)
        return self._made

    def carry_out(self, act: Act) -> None:
        """Do what an action says at the line of the page that one clicked, or its selection."""
        sheet, cursor = self._page.sheet, self._page.textCursor()
        if sheet is None or self._reader.article is None:
            return
        places = (cursor.selectionStart(), cursor.selectionEnd())
        text, article = sheet.text, self._reader.article.id

        def located(layout: Layout) -> None:
            spot = self._locate(layout, text, places)
            if spot is not None:
                self._spot = spot
                self._corrections.carry_out(act, spot)

        self._context.runner.read(
            "correct", lambda library: _layout_of(library, article), located,
            self._context.failed.emit,
        )  # fmt: skip

    def _locate(self, layout: Layout, text: ArticleText, places: tuple[int, int]) -> Spot | None:
        """The spot in the document of what is selected on the page, or of its line."""
        from bulletin_desktop.ui.corrections import Spot
        from bulletin_desktop.ui.reader.page_lines import place_of

        laid = next((a for a in layout.articles if a.id == text.article.id), None)
        lines = [self._page.line_at(place) for place in places]
        if laid is None:
            return None
        found = [
            place_of(line, laid, text, layout.text) if line is not None else laid.start
            for line in lines
        ]
        start, end = found
        selected = start < end and None not in lines and places[0] < places[1]
        return Spot(layout, start, (), (start, end) if selected else None)

    # The menu

    def _open_menu(self, where: QPoint) -> None:
        """At a line of the page: what can be copied, and how the line can be corrected."""
        from PySide6.QtWidgets import QMenu

        page, text = self._page, self._context.text
        cursor, chosen = page.cursorForPosition(where), page.textCursor()
        inside = chosen.selectionStart() <= cursor.position() <= chosen.selectionEnd()
        if not (chosen.hasSelection() and inside):
            page.setTextCursor(cursor)
        menu = QMenu(page)
        copy = menu.addAction(text("menu.copy"))
        copy.setEnabled(page.textCursor().hasSelection())
        copy.triggered.connect(page.copy)
        menu.addAction(self._acts[Act.COPY_CITED])
        menu.addSeparator()
        menu.addActions([self._acts[act] for act in _OF_HIGHLIGHTS])
        menu.addSeparator()
        line = page.line_at(page.textCursor().position())
        words = line.words.strip() if line is not None else ""
        shown = words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
        below = menu.addMenu(
            text("review.this_line", words=shown) if shown else text("menu.correct")
        )
        fill_menu(below, self._acts, "correct")
        menu.exec(page.viewport().mapToGlobal(where))
        menu.deleteLater()

    def _on_link(self, target: QUrl) -> None:
        """A click on an inferred date asks whether it is right."""
        from bulletin_desktop.ui.reader.page import DATE

        if target.toString() == DATE:
            self.carry_out(Act.FACTS)

    # What follows

    def _on_done(self, change: Change) -> None:
        """Where the article is no more, go to the one that its line is in now."""
        spot, article = self._spot, self._reader.article
        if spot is not None and article is not None and change.step is not None:
            there = _article_at(self._context.library, spot)
            if there is not None and not _is_there(self._context.library, article.id):
                self.wanted.emit(there)
        self._context.announce(change)

    def _on_change(self, change: Change) -> None:
        """Set the page anew where its words are others now."""
        article, sheet = self._reader.article, self._page.sheet
        if "documents" not in change.topics or article is None or sheet is None:
            return
        if _told(browsing.text_of(self._context.library, article.id)) != _told(sheet.text):
            self._reader.show_article(article.id)


def _layout_of(library: Library, article: int) -> Layout:
    from bulletin_desktop.services import correcting

    return correcting.layout(library, correcting.document_of(library, article))


def _article_at(library: Library, spot: Spot) -> int | None:
    """The article that a spot lies in now."""
    from bulletin_desktop.services import correcting
    from bulletin_desktop.ui.review.cutting import article_at

    found = article_at(correcting.layout(library, spot.layout.document), spot.at)
    return found.id if found is not None else None


def _is_there(library: Library, article: int) -> bool:
    try:
        browsing.by_id(library, article)
    except KnownError:
        return False
    return True


def _told(text: ArticleText) -> tuple[object, ...]:
    """What of an article the page shows."""
    article = text.article
    return (
        article.id, article.kicker, article.title, article.subtitle, article.author,
        article.source, article.date, article.date_basis, article.section, text.paragraphs,
        text.errata,
    )  # fmt: skip
