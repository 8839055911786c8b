"""The page, and a second one beside it where one was wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.reader.facts import unit_words
from bulletin_desktop.ui.reader.page_view import PageView
from bulletin_desktop.ui.reader.style import page_style

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.beside_pane import BesidePane
    from bulletin_desktop.ui.reader.page import Sheet

# From this size on a step is two pixels.
_LARGE = 24


class Pages(QSplitter):
    """Dresses its pages as the settings say."""

    swapped = Signal()
    unpinned = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self._airy = False
        self.beside: BesidePane | None = None
        self.page = PageView(page_style(context.settings))
        self.page.wear(context.paper, context.tokens)
        self.page.source_words = partial(unit_words, context)
        self.page.zoomed.connect(self.zoom)
        self.addWidget(self.page)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def restyle(self) -> None:
        """Set the pages anew in the style and the colours that hold now."""
        style, paper = page_style(self._context.settings), self._context.paper
        for page in self._shown():
            page.wear(paper, self._context.tokens)
            page.restyle(style, paper)

    def _shown(self) -> list[PageView]:
        return [self.page, self.beside.page] if self.beside is not None else [self.page]

    def zoom(self, steps: int) -> None:
        """Set the pages in larger type, or in smaller with a negative number of steps."""
        size = self._context.settings.get(settings.SIZE)
        for _ in range(abs(steps)):
            size += (2 if size >= _LARGE else 1) if steps > 0 else -(2 if size > _LARGE else 1)
        self.put_size(size)

    def put_size(self, size: int) -> None:
        """Keep a size, or the nearest that is allowed."""
        assert settings.SIZE.span is not None
        least, greatest, _ = settings.SIZE.span
        size = int(max(least, min(greatest, size)))
        self._context.settings.put(settings.SIZE, size)
        self._context.said.emit(self._context.text("reader.size", n=size))

    def set_airy(self, airy: bool) -> None:
        """Leave nothing but the pages, or bring back what stands over them."""
        self._airy = airy
        self.page.set_airy(airy)
        if self.beside is not None:
            self.beside.set_airy(airy)
        self._mark_focus()

    def _mark_focus(self) -> None:
        """Where there is nothing but one page, nobody asks where the keyboard is."""
        self.page.setProperty("alone", self._airy and self.beside is None)
        self.page.style().polish(self.page)

    def pin(self, sheet: Sheet, place: int) -> None:
        """Show a sheet beside the page."""
        if self.beside is None:
            self.beside = self._open()
            self._mark_focus()
        self.beside.show_sheet(sheet, place)

    def _open(self) -> BesidePane:
        from bulletin_desktop.ui.panes.beside_pane import BesidePane

        beside = BesidePane(self._context)
        beside.swapped.connect(self.swapped)
        beside.closed.connect(self.unpin)
        beside.page.source_words = self.page.source_words
        beside.page.zoomed.connect(self.zoom)
        space = QShortcut(QKeySequence("Space"), beside.page)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(beside.page.page_down)
        half = self.width() // 2
        self.addWidget(beside)
        beside.follow(self.page)
        self.setSizes([half, half])
        beside.set_airy(self._airy)
        return beside

    def unpin(self) -> None:
        """Close the second page; the keyboard goes back to the first."""
        if self.beside is None:
            return
        if self.beside.isAncestorOf(self.beside.window().focusWidget() or self):
            self.page.setFocus()
        self.beside.hide()
        self.beside.deleteLater()
        self.beside = None
        self._mark_focus()
        self.unpinned.emit()

    def look_beside(self) -> None:
        """Close the second page where its article is gone."""
        if self.beside is None:
            return
        try:
            browsing.by_id(self._context.library, self.beside.article)
        except KnownError:
            self.unpin()
