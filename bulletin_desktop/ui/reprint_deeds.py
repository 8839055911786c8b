"""Reprints of the article that is read: a sign in the head, one of them beside, the differences."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.ui.context import ignore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Reprint
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.comparing import Comparing
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane

# Who goes from article to article quickly asks for none of them.
_QUIET_MILLISECONDS = 150
# Library work that other changes wait for is done in pieces.
_PIECE_SECONDS = 0.25
_MARGIN = 16


class ReprintDeeds(QObject):
    """Looks for reprints once the page stands, and shows them on demand."""

    def __init__(self, context: Context, reader: ReaderPane, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._reader = reader
        self._found: tuple[Reprint, ...] = ()
        self._comparing: Comparing | None = None
        self._begun = False
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MILLISECONDS)
        self._quiet.timeout.connect(self._look)
        reader.shown.connect(self._on_shown)
        reader.head.reprints_wanted.connect(self.show_reprints)
        reader.pages.unpinned.connect(self._on_unpinned)
        context.changed.connect(self._on_change)

    def begin(self) -> None:
        """Look for what is not known yet, after the window stands."""
        self._begun = True
        self._catch_up(True)

    def _catch_up(self, more: bool) -> None:
        if more:
            self._context.runner.write(_some_more, self._catch_up, ignore)
        else:
            self._quiet.start()

    def _on_change(self, change: Change) -> None:
        if not self._begun or not change.topics & {"documents", "reprints"}:
            return
        if "documents" in change.topics:
            self._catch_up(True)
        else:
            self._quiet.start()

    def _on_shown(self, article: int) -> None:
        self._found = ()
        self._reader.head.show_reprints(0)
        if self._begun:
            self._quiet.start()
        if self._comparing is not None:
            self._comparing.on_shown(article)

    def _look(self) -> None:
        if self._reader.article is None:
            return
        article = self._reader.article.id

        def look(library: Library) -> tuple[Reprint, ...]:
            from bulletin_desktop.services import reprints

            return reprints.of_article(library, article)

        self._context.runner.read("reprints", look, partial(self._on_found, article), ignore)

    def _on_found(self, article: int, found: tuple[Reprint, ...]) -> None:
        if self._reader.article is not None and self._reader.article.id == article:
            self._found = found
            self._reader.head.show_reprints(len(found))

    # Beside the page

    def show_reprints(self) -> None:
        """Put the reprint beside the page, of several the one that is chosen; or close it again."""
        if self._comparing is not None and self._comparing.on:
            self._reader.pages.unpin()
        elif len(self._found) > 1:
            self._choose()
        elif self._found:
            self._compare(self._found[0])
        else:
            self._context.said.emit(self._context.text("reader.no_reprints"))

    def _choose(self) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self._reader)
        for reprint in self._found:
            entry = menu.addAction(self._words(reprint).replace("&", "&&"))
            entry.triggered.connect(partial(self._compare, reprint))
        menu.aboutToHide.connect(menu.deleteLater)
        chip = self._reader.head.reprints
        if chip is not None and chip.isVisible():
            menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))
        else:
            menu.popup(self._reader.mapToGlobal(QPoint(_MARGIN, _MARGIN)))
        menu.setActiveAction(menu.actions()[0])

    def _words(self, reprint: Reprint) -> str:
        """A reprint in a menu: its title, source and date, and how much is shared."""
        from bulletin_desktop.services.labels import date_label

        article = reprint.article
        text, catalogue = self._context.text, self._context.catalogue
        parts = [
            article.heading or text("tree.untitled"),
            article.source,
            date_label(article.date, article.date_basis, catalogue).text,
            text("reader.shared", share=f"{reprint.share:.0%}"),
        ]
        return "　".join(part for part in parts if part)

    def _compare(self, reprint: Reprint) -> None:
        from bulletin_desktop.services import browsing, reading
        from bulletin_desktop.ui.reader.facts import sheet_of

        try:
            text = browsing.text_of(self._context.library, reprint.article.id)
        except KnownError as error:
            self._context.failed.emit(error)
            return
        self._reader.pages.pin(sheet_of(text, reading.subheads(text), self._context), 0)
        if self._comparing is None:
            from bulletin_desktop.ui.panes.comparing import Comparing

            self._comparing = Comparing(self._context, self._reader)
        self._comparing.begin(reprint)

    def step(self, step: int) -> None:
        """Go to the next difference (1) or the one before (−1)."""
        if self._comparing is not None and self._comparing.on:
            self._comparing.step(step)
        else:
            self._context.said.emit(self._context.text("reader.nothing_compared"))

    def _on_unpinned(self) -> None:
        if self._comparing is not None:
            self._comparing.end()


def _some_more(library: Library) -> bool:
    from bulletin_desktop.services import upkeep

    return upkeep.catch_up(library, _PIECE_SECONDS)
