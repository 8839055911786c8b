"""Searching from the box in the top bar; the hits stand in the left pane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.search_completions import SearchCompletions
from bulletin_desktop.ui.search_reading import QueryReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.model.query import Field, Query
    from bulletin_desktop.model.records import Hit
    from bulletin_desktop.services import Library, searching
    from bulletin_desktop.services.query_terms import State
    from bulletin_desktop.services.searching import Options, Outcome, Sort
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.results_pane import ResultsPane
    from bulletin_desktop.ui.panes.search_box import SearchBox
    from bulletin_desktop.ui.reader.hits import Find
    from bulletin_desktop.ui.search_menu import SearchMenu
    from bulletin_desktop.ui.search_scopes import Part
    from bulletin_desktop.ui.settings import Setting
    from bulletin_desktop.ui.widgets.notice import Notice

# Hits that are shown before all are known.
_FIRST = 50
# Between the first hits and all others the list is painted, and perhaps more is typed.
_PAUSE_MILLISECONDS = 60
# Counts of another query are greyed after this long, so that quick answers do not flicker.
_STALE_MILLISECONDS = 300


def prepare() -> None:
    """Load what the first search wants; that takes a while, so it is called off the GUI thread."""
    from bulletin_desktop.services import query_completing, searching  # noqa: F401
    from bulletin_desktop.ui.panes import facets, results_pane  # noqa: F401


class _Asked(NamedTuple):
    """One question: no other is the same, whatever it says."""

    text: str
    query: Query
    options: Options


class _Begun(NamedTuple):
    """A search with its first hits, and what finds its words in a text."""

    work: searching.Search
    hits: list[Hit]
    find: Find


class Search(QObject):
    """Joins the search box to the result list."""

    marked = Signal(object, str)  # what finds hits in a text, or None, and the words searched for

    def __init__(
        self, context: Context, box: SearchBox, outline: OutlinePane, notice: Notice
    ) -> None:
        super().__init__(box)
        self._context = context
        self._box = box
        self._outline = outline
        self._notice = notice
        self._completions = SearchCompletions(context, box)
        self._reading = QueryReading(context, box, self._completions)
        self._asked: _Asked | None = None
        self._found: searching.Search | None = None
        self._is_fetching = False
        self._is_shown = False  # whether the list shows hits of what was asked
        self._wants_first = False  # Enter came before the hits
        self._results: ResultsPane | None = None
        self._parts: Sequence[Part] = ()
        self._scope = Scope()
        kept = context.settings
        self._sort: Sort = kept.get(settings.SORT)
        self._ways = {way: kept.get(way) for way in (settings.YEARS, settings.SPACES)}
        self._actions: list[QAction] = []
        self._menu: SearchMenu | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._stale = QTimer(self, singleShot=True, interval=_STALE_MILLISECONDS)
        self._connect()

    def _connect(self) -> None:
        self._box.wanted.connect(self._search)
        self._box.ended.connect(self._end)
        self._box.entered.connect(self._enter)
        self._box.escaped.connect(self._escape)
        self._box.more.clicked.connect(self._open_menu)
        self._completions.recalled.connect(self._box.ask_now)
        self._pause.timeout.connect(self._complete)
        self._stale.timeout.connect(self._grey)
        self._context.changed.connect(self._on_change)

    # For others

    @property
    def query_text(self) -> str:
        """What stands in the box."""
        return self._box.text().strip()

    @property
    def options(self) -> Options:
        """How is searched now."""
        from bulletin_desktop.services import searching

        years, spaces = (self._ways[way] for way in (settings.YEARS, settings.SPACES))
        spelling = searching.spelled(years=years, spaces=spaces)
        return searching.Options(self._sort, self._scope, spelling)

    def open(self, text: str, options: Options | None = None) -> None:
        """Search for a text at once, in another way where ``options`` say so."""
        if options is not None:
            self._sort = options.sort
            self._ways[settings.YEARS] = options.spelling.years
            self._ways[settings.SPACES] = options.spelling.spaces
            self._pane.show_sort(self._sort)
            self._offer_parts(options.scope)
        self._box.setText(text)
        self._box.ask_now()

    def focus(self) -> None:
        """Give the keyboard to the box."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def leave(self) -> None:
        """End what narrows the left pane: the search, else the filter."""
        if self._outline.searching:
            self._box.clear()
        else:
            self._outline.clear_filter()

    # The menu beside the box

    def add_action(self, action: QAction) -> None:
        """Have an action in the menu beside the box."""
        self._actions.append(action)
        if self._menu is not None:
            self._menu.addAction(action)

    @property
    def menu(self) -> SearchMenu:
        """The menu beside the box, made when it is wanted."""
        if self._menu is None:
            from bulletin_desktop.ui.search_menu import SearchMenu

            self._menu = SearchMenu(self._context, self._box, self._actions)
            self._menu.spelled.connect(self._spell)
        return self._menu

    def _open_menu(self) -> None:
        more = self._box.more
        for setting, same in self._ways.items():
            self.menu.tick(setting, same=same)
        self.menu.popup(more.mapToGlobal(QPoint(0, more.height() + 4)))

    def _spell(self, setting: Setting, same: bool) -> None:
        """Take other ways of writing for the same, or no longer."""
        self._context.settings.put(setting, same)
        self._ways[setting] = same
        self._box.ask_now()

    # The first hits

    def _search(self, text: str) -> None:
        query = self._reading.query
        if query is None or query.is_empty:
            return  # what was found before stays, while a term is being written
        from bulletin_desktop.services import searching

        self._notice.hide()
        if not self._parts:
            self._offer_parts(Scope())
        self._asked = asked = _Asked(text, query, self.options)
        directory = self._context.units_at_hand

        def first(library: Library) -> _Begun:
            work = searching.Search(library, query, asked.options, directory)
            find = searching.marker(query, asked.options.spelling)
            return _Begun(work, work.hits(work.first(_FIRST)), find)

        self._is_shown = False
        self._pause.stop()
        self._stale.start()
        self._pane.count.setText(self._context.text("search.running"))
        self._context.runner.read("search", first, partial(self._show, asked), self._fail)

    def _show(self, asked: _Asked, begun: _Begun) -> None:
        """Show the first hits; without any, what was found before stays until all is known."""
        if asked is not self._asked:
            return
        self._found = begun.work
        if begun.hits:
            self._outline.show_hits(tuple(begun.hits))
            self._show_first()
        self.marked.emit(begun.find, asked.text)
        self._pause.start()

    def _complete(self) -> None:
        """Go on to all hits, once the first have been painted."""
        found, asked = self._found, self._asked
        if found is not None and asked is not None:
            take = partial(self._show_all, asked)
            self._context.runner.read("search", lambda _: found.complete(), take, self._fail)

    def _show_all(self, asked: _Asked, outcome: Outcome) -> None:
        if asked is not self._asked:
            return
        pane, text = self._pane, self._context.text
        self._stale.stop()
        pane.list.say_empty(text("search.none" if self._scope == Scope() else "search.none_in"))
        self._outline.show_all_hits(outcome.ids)
        remarks = [text("search.stopped")] if outcome.stopped else []
        if outcome.unindexed:
            remarks.append(text("search.unindexed", n=outcome.unindexed))
        pane.say(text("search.found", n=len(outcome.ids)), "\n".join(remarks))
        pane.count_kinds(outcome.facets, asked.text)
        self._show_first()
        pane.list.look()

    def _grey(self) -> None:
        """What takes long is seen to go on."""
        self._pane.count_anew()
        if self._asked is not None:
            self._pane.list.say_empty(self._context.text("search.running"))
            self._outline.show_results()

    def _fail(self, error: KnownError) -> None:
        self._pane.say("")
        self._notice.show_words(self._context.explain(error))

    # The result list

    @property
    def _pane(self) -> ResultsPane:
        if self._results is None:
            self._results = self._outline.results
            self._results.sorted.connect(self._sort_by)
            self._results.scoped.connect(self._keep_to)
            self._results.narrowed.connect(self._narrow)
            self._results.list.lacking.connect(self._fetch)
            self._results.list.reading.connect(self._remember)
            self._results.show_sort(self._sort)
        return self._results

    def _fetch(self, rows: range) -> None:
        """Bring the words of rows that came into view, one stretch after the other."""
        found, model = self._found, self._pane.list.hits
        asked = model.lacking(rows)
        if self._is_fetching or found is None or not asked:
            return
        self._is_fetching = True

        def put(hits: list[Hit]) -> None:
            self._is_fetching = False
            if found is self._found:
                model.put(asked, hits, self._pane.list.seen())
            self._pane.list.look()

        def fail(error: KnownError) -> None:
            self._is_fetching = False
            self._fail(error)

        self._context.runner.read("search.rows", lambda _: found.hits(asked), put, fail)

    def _remember(self, _article: int) -> None:
        """A query of which a hit was opened was meant."""
        if self._asked is not None:
            self._completions.keep(self._asked.text)

    def _sort_by(self, sort: Sort) -> None:
        self._sort = sort
        self._context.settings.put(settings.SORT, sort)
        self._box.ask_now()

    def _keep_to(self, number: int) -> None:
        self._scope = self._parts[number].scope
        self._box.ask_now()

    def _offer_parts(self, chosen: Scope) -> None:
        """What can be searched is told by what was selected before."""
        from bulletin_desktop.ui.search_scopes import parts

        self._scope = chosen
        self._parts = parts(self._context, self._outline, chosen)
        scopes = [part.scope for part in self._parts]
        at = scopes.index(chosen) if chosen in scopes else 0
        self._pane.offer_scopes([part.name for part in self._parts], at)

    def _narrow(self, field: Field, value: str, state: State) -> None:
        from bulletin_desktop.services import query_terms

        language = self._context.catalogue.language
        text = query_terms.toggled(self._box.text(), field, value, language, state)
        self._box.setText(text)
        self._box.ask_now()

    # Enter, the end, and changes

    def _enter(self) -> None:
        """Search at once, and go to the first hit, or back to where one was in the list."""
        self._completions.close()
        if self._reading.is_wrong:
            self._reading.tell()
            return
        self._completions.keep(self._box.text())
        self._wants_first = True
        if self._box.is_waiting:
            self._box.ask_now()
        elif self._is_shown or self._asked is None:
            self._show_first()

    def _show_first(self) -> None:
        """The hits are there: go to the first, if that was asked for."""
        self._is_shown = True
        if self._wants_first:
            self._wants_first = False
            self._outline.focus_first_hit()

    def _escape(self) -> None:
        self._end()
        self._outline.focus_list()

    def _end(self) -> None:
        """Nothing is searched for any more."""
        self._notice.hide()
        self._completions.close()
        self._wants_first = self._is_shown = False
        self._parts = ()
        if self._asked is None:
            return
        self._asked = self._found = None
        self._pause.stop()
        self._stale.stop()
        self._context.runner.stop_reading("search")
        self.marked.emit(None, "")
        self._outline.end_search()

    def _on_change(self, change: Change) -> None:
        """Other documents have other hits."""
        if "documents" in change.topics and self._outline.searching:
            self._box.ask_now()
