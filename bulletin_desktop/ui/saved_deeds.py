"""What is done with saved searches: saving, opening, freezing, exporting; and articles alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.ui.asking import sure

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.services.like import Likeness
    from bulletin_desktop.services.searches import SavedSearch
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.deeds import Deeds
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.search import Search

# Reading more articles into a tree would hold up the window.
_MOST_OPENED = 500


class SavedDeeds(QObject):
    """Acts on saved searches, and on the search that is on."""

    def __init__(
        self, context: Context, search: Search, outline: OutlinePane, reader: ReaderPane,
        deeds: Deeds, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._context = context
        self._search = search
        self._outline = outline
        self._reader = reader
        self._deeds = deeds
        self._window = window

    # Keeping

    def save(self) -> None:
        """Ask for a name and keep the search that is on; a name that is taken may be taken over."""
        from PySide6.QtWidgets import QInputDialog, QLineEdit

        from bulletin_desktop.services import searches

        text, library = self._context.text, self._context.library
        query, options = self._search.query_text.strip(), self._search.options
        if not query:
            self._context.said.emit(text("saved.search_first"))
            return
        name, accepted = QInputDialog.getText(
            self._window,
            text("action.save_search").rstrip("…"),
            text("menu.name"),
            QLineEdit.EchoMode.Normal,
            searches.proposed_name(library, query),
        )
        if not accepted or not name.strip():
            return
        known = searches.find(library, name)
        if known is None:
            self._context.act(lambda library: searches.save(library, name, query, options))
        elif sure(self._window, text("saved.replace"), text("saved.replace_sure", name=known.name)):
            number = known.id
            self._context.act(lambda library: searches.replace(library, number, query, options))

    # What it finds

    def open(self, search: int) -> None:
        """Show what a saved search finds in the result list."""
        saved = self._saved(search)
        if saved is not None:
            self._search.open(saved.query, saved.options)

    def freeze(self, search: int) -> None:
        """Make a collection of what a saved search finds now."""
        from bulletin_desktop.services import collections, searches

        def show() -> None:
            newest = collections.all_collections(self._context.library)[-1]
            if newest.articles <= _MOST_OPENED:
                self._outline.show_collection(newest.id)

        def found(ids: list[int]) -> None:
            self._context.act(lambda library: searches.freeze(library, search, ids), show)

        saved = self._saved(search)
        if saved is not None:
            self._find(saved, found)

    def export(self, search: int) -> None:
        """Export what a saved search finds now."""
        saved = self._saved(search)
        if saved is not None:
            self._find(saved, lambda ids: self._export(saved.name, ids))

    def export_meant(self) -> None:
        """Export: what the selected saved search finds, or the search that is on, comes first.

        Several selected articles are meant before that.
        """
        from bulletin_desktop.services.searches import SavedSearch

        searching, query = self._outline.searching, self._search.query_text.strip()
        nodes = [] if searching else self._outline.tree.selected_nodes()
        if len(nodes) == 1 and nodes[0].kind == "search":
            self.export(nodes[0].data)
        elif searching and query and len(self._outline.selected_articles()) < 2:
            shown = SavedSearch(0, query, query, self._search.options)
            self._find(shown, lambda ids: self._export(query, ids))
        else:
            self._deeds.export()

    def _export(self, name: str, ids: list[int]) -> None:
        from bulletin_desktop.ui.dialogs.export_dialog import Choice

        words = self._context.text("export.found", name=name, n=len(ids))
        choice = Choice(words, Scope(ids=tuple(ids)), name, len(ids))
        self._deeds.export([choice] if ids else [])

    def _saved(self, search: int) -> SavedSearch | None:
        """The saved search, None where it is gone, which is said."""
        from bulletin_desktop.services import searches

        try:
            return searches.by_id(self._context.library, search)
        except KnownError as error:
            self._context.failed.emit(error)
            return None

    def _find(self, saved: SavedSearch, then: Callable[[list[int]], Any]) -> None:
        """Find all that a search finds, off the GUI thread."""
        from bulletin_desktop.services import searches

        self._context.runner.read(
            "found", lambda library: searches.hits_of(library, saved), then,
            self._context.failed.emit,
        )  # fmt: skip

    # Articles alike

    def show_like_read(self) -> None:
        """Show articles like the one that is read."""
        if self._reader.article is not None:
            self.show_like(self._reader.article.id)

    def show_like(self, article: int) -> None:
        """Show articles that share the characteristic words of one, as a search for these words."""
        from bulletin_desktop.services import like

        suggester = self._context.suggester
        self._context.runner.think(
            "like",
            lambda library: like.articles_like(library, article, suggester.segmenter),
            self._show_like,
            self._context.failed.emit,
        )

    def _show_like(self, found: Likeness) -> None:
        from bulletin_desktop.services.searching import Options

        if found.ids:
            query = found.query(self._context.catalogue.language)
            self._search.open(query, Options(scope=Scope(ids=found.ids)))
        else:
            self._context.said.emit(self._context.text("like.none"))
