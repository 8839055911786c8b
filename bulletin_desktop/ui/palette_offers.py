"""What the command palette offers besides the actions: themes, collections, searches, articles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bulletin_desktop.services import collections, completing
from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.models.palette_model import Entry, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin_desktop.services.completing import Titled
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.going import Going
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.saved_deeds import SavedDeeds
    from bulletin_desktop.ui.search import Search

_MOST_ARTICLES = 8
_GAP = "　"


class PaletteOffers(QObject):
    """Entries that go somewhere in this library."""

    def __init__(
        self, context: Context, going: Going, outline: OutlinePane, search: Search,
        saved: SavedDeeds,
    ) -> None:  # fmt: skip
        super().__init__(outline)
        self._context = context
        self._going = going
        self._outline = outline
        self._search = search
        self._saved = saved

    def entries(self) -> list[Entry]:
        """The themes, collections and saved searches there are."""
        text = self._context.text
        found = [
            self._entry("theme", theme.id, theme.name, partial(self._show_theme, theme.name))
            for theme in self._context.themes().values()
        ]
        for each in collections.all_collections(self._context.library):
            show = partial(self._outline_show, each.id)
            found.append(self._entry("collection", each.id, each.name, show))
        for saved in self._context.saved.all():
            hint = _GAP.join((text("palette.search"), saved.query))
            run = partial(self._saved.open, saved.id)
            found.append(Entry(f"search {saved.id}", saved.name, hint, "", True, run))
        return found

    def _entry(self, kind: str, number: int, name: str, run: Callable[[], object]) -> Entry:
        hint = self._context.text(f"palette.{kind}")
        return Entry(f"{kind} {number}", name, hint, "", True, run)

    def _show_theme(self, name: str) -> None:
        from bulletin_desktop.services import searches, searching

        query = searches.query_of_theme(name, self._context.catalogue.language)
        self._search.open(query, searching.Options())

    def _outline_show(self, collection: int) -> None:
        if self._outline.searching:
            self._search.leave()
        self._outline.show_collection(collection)
        self._outline.focus_list()

    def seek(self, typed: str, found: Callable[[Sequence[Row]], None]) -> None:
        """Hand over the articles that have the words in their titles, found off the GUI thread."""

        def show(titles: Sequence[Titled]) -> None:
            found([self._article(each) for each in titles])

        self._context.runner.read(
            "palette",
            lambda library: completing.titled(library, typed, _MOST_ARTICLES),
            show,
            ignore,
        )

    def _article(self, found: Titled) -> Row:
        article = found.article
        date = date_label(article.date, article.date_basis, self._context.catalogue).text
        hint = _GAP.join(filter(None, (article.source, date)))
        words = article.heading or self._context.text("tree.untitled")
        run = partial(self._going.go_to, article.id)
        return Row(Entry(f"article {article.id}", words, hint, "", True, run), found.ranges)

    def last(self, typed: str) -> Entry:
        """What searches the library for what is typed."""
        from bulletin_desktop.services.searching import Options

        words = self._context.text("palette.search_all", words=typed)
        run = partial(self._search.open, typed, Options())
        return Entry("search all", words, "", "", True, run)
