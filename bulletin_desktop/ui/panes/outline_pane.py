"""The left pane: four trees over the same articles, a filter, and the result list of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections
from bulletin_desktop.ui.models.nodes import TABS
from bulletin_desktop.ui.panes.article_tree import ArticleTree
from bulletin_desktop.ui.widgets.segmented import Segmented
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from array import array

    from PySide6.QtWidgets import QAbstractItemView

    from bulletin_desktop.model.change import Change, Topic
    from bulletin_desktop.model.records import Hit
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node, Tab
    from bulletin_desktop.ui.panes.results_pane import ResultsPane
    from bulletin_desktop.ui.widgets.hit_list import HitList

_FILTER_MILLISECONDS = 150
# Changes after which a tree has other rows; others only show in the rows that are there.
_ROWS_OF: dict[Tab, frozenset[Topic]] = {
    "issues": frozenset(["documents"]),
    "themes": frozenset(["documents", "themes", "tags"]),
    "sources": frozenset(["documents"]),
    "collections": frozenset(["documents", "collections", "searches"]),
}


class OutlinePane(QWidget):
    """Shows the library's articles by issue, theme, source or collection."""

    reading = Signal(int)  # the article to show
    paged = Signal()  # Space in a list
    selected = Signal(tuple)  # the ids of all articles that are meant
    turned = Signal()  # the neighbours are others, though the article read is the same
    menu_wanted = Signal(object, QPoint)  # the node under the mouse, and where
    search_wanted = Signal(int)  # the saved search to open

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("outlinePane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        words = [context.text(f"tab.{tab}") for tab in TABS]
        self._tabs = Segmented(context, words, context.text("tab.name"))
        self._trees: dict[Tab, ArticleTree] = {}
        self._stale: set[Tab] = set(TABS)
        self._scope = Scope()
        self.read: int | None = None  # the article that the reader shows
        self.searching = False  # whether the result list stands in the place of the trees
        self._stack = QStackedWidget()
        self._results: ResultsPane | None = None
        self._filter = QLineEdit()
        self._filter_timer = QTimer(self, singleShot=True, interval=_FILTER_MILLISECONDS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        text = self._context.text
        self._filter.setObjectName("filter")
        self._filter.setPlaceholderText(text("tree.filter"))
        self._filter.setAccessibleName(text("tree.filter"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 1, 0)
        layout.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(10, 0, 10, 0)
        top.addWidget(self._tabs)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._filter)

    def _connect(self) -> None:
        self._tabs.chosen.connect(self._show_tab)
        self._filter.textChanged.connect(self._filter_timer.start)
        self._filter.returnPressed.connect(self._leave_filter)
        self._filter_timer.timeout.connect(self._apply_filter)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self._tabs.update)
        self._context.regrouped.connect(self._on_regrouped)

    # Trees

    @property
    def tree(self) -> ArticleTree:
        """The tree of the chosen tab, read anew where it is out of date."""
        tab = TABS[self._tabs.current]
        if tab not in self._trees:
            self._trees[tab] = self._make_tree(tab)
        if tab in self._stale:
            self._stale.discard(tab)
            self._trees[tab].read_anew(self._scope)
        return self._trees[tab]

    def _make_tree(self, tab: Tab) -> ArticleTree:
        tree = ArticleTree(self._context, tab)
        tree.reading.connect(self.reading)
        tree.turned.connect(self.turned)
        tree.picked.connect(self._tell_picked)
        tree.search_wanted.connect(self.search_wanted)
        tree.customContextMenuRequested.connect(self._ask_menu)
        tree.outline.reordered.connect(self._reorder)
        self._add_list(tree)
        return tree

    def _add_list(self, view: QAbstractItemView) -> None:
        """Stack a tree, which Tab comes to from the tabs."""
        self._page_by_space(view)
        self._stack.addWidget(view)
        tab_through([self._tabs, view])

    def _page_by_space(self, view: QAbstractItemView) -> None:
        """Space in a list pages through the article that is read."""
        space = QShortcut(QKeySequence("Space"), view)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.paged)

    def _show_tab(self) -> None:
        self._stack.setCurrentWidget(self.tree)
        self._find_read()

    def _find_read(self) -> None:
        """Select the article that is read, or nothing where the tree does not show it."""
        tree = self.tree
        blocker = QSignalBlocker(tree)  # it is read already: its page stays where it is
        known = self.read is not None and (
            self.read in tree.selected_articles() or tree.go_article(self.read)
        )
        if not known:
            tree.clearSelection()
        blocker.unblock()
        self._tell_selection()
        self.turned.emit()

    def open_first(self, article: int) -> bool:
        """Open the tree at an article, or at its first one; says whether there is any."""
        tree = self.tree
        if not self.searching:
            self._stack.setCurrentWidget(tree)
        tree.open_branches()
        return bool(article and tree.go_article(article)) or tree.go_first()

    def show_article(self, article: int) -> bool:
        """Go to an article in what is shown; says whether it is there."""
        return self.list.go_article(article)

    def show_collection(self, collection: int) -> None:
        """Turn to the collections with one of them open."""
        self._open_branch("collections", f"collection {collection}")

    def show_theme(self, theme: int) -> None:
        """Turn to the themes with one of them open, also from the result list."""
        from bulletin_desktop.services.search_facts import ancestry  # a start asks for none

        self.end_search()
        way = ancestry(self._context.themes().values()).get(theme, [])[::-1]
        self._open_branch("themes", *(f"theme {each}" for each in way))

    def _open_branch(self, tab: Tab, *path: str) -> None:
        self._tabs.choose(TABS.index(tab))
        self.tree.expand(index := self.tree.outline.find(path))
        self.tree.go(index)

    def neighbour(self, step: int) -> Node | None:
        """The article before (−1) or after (1) the current row, as the tree or list has it."""
        return self.list.neighbour(step)

    def step(self, step: int) -> None:
        """Go to the neighbour."""
        self.list.go_step(step)

    def focus_list(self) -> None:
        """Give the keyboard to the tree or the result list."""
        self.list.setFocus()

    # Selection

    def selected_articles(self) -> tuple[int, ...]:
        """The articles that are selected, those below selected branches too, each once."""
        return self.list.selected_articles()

    def clear_selection(self) -> None:
        """Select nothing, so that the article that is read is meant."""
        self.list.clearSelection()
        self._tell_selection()

    def _tell_picked(self) -> None:
        self.selected.emit(self.selected_articles())

    def _tell_selection(self) -> None:
        """What is meant: the selection, else the article that is read."""
        reading = (self.read,) if self.read is not None else ()
        self.selected.emit(self.selected_articles() or reading)

    def _ask_menu(self, where: QPoint) -> None:
        tree = self.tree
        node = tree.outline.node(tree.indexAt(where))
        if node is not None:
            self.menu_wanted.emit(node, tree.viewport().mapToGlobal(where))

    # Filter

    def _apply_filter(self) -> None:
        self._filter.setClearButtonEnabled(True)  # costly to make, so not at the start
        text = self._filter.text().strip()
        containing = Scope(containing=text)
        found = browsing.ids_in_scope(self._context.library, containing) if text else None
        self._scope = Scope(ids=tuple(found) if found is not None else None)
        self._stale = set(TABS)
        tree = self.tree
        tree.empty_words = self._context.text("tree.no_match" if text else f"tree.empty_{tree.tab}")
        if text:
            tree.expandAll()
        self._tell_selection()

    def clear_filter(self) -> None:
        """Show the whole tree again, with the keyboard in it."""
        if self._filter.text():
            self._filter.clear()
            self._filter_timer.stop()
            self._apply_filter()
        self.focus_list()

    def _leave_filter(self) -> None:
        self._filter_timer.stop()
        self._apply_filter()
        if not self.tree.currentIndex().isValid():
            self.tree.go_first()
        self.focus_list()

    # Changes

    def _on_change(self, change: Change) -> None:
        if "documents" in change.topics and self._scope.ids is not None:
            self._filter.clear()
            self._scope = Scope()
        self._stale |= {tab for tab in self._trees if change.topics & _ROWS_OF[tab]}
        if TABS[self._tabs.current] in self._stale and self._trees:
            before = self.tree.selected_articles()
            if before or "documents" in change.topics:
                self._tell_selection()
        if change.topics & {"tags", "reading", "themes"}:
            for tab, tree in self._trees.items():
                if tab not in self._stale:
                    tree.refresh(change.articles)

    def _on_regrouped(self) -> None:
        """The tree of units follows, at once where it is shown."""
        if "sources" not in self._trees:
            return
        self._stale.add("sources")
        if TABS[self._tabs.current] == "sources" and self.tree.selected_nodes():
            self._tell_selection()

    def _reorder(self, collection: int, ids: tuple[int, ...], before: int | None) -> None:
        self._context.act(lambda library: collections.move_items(library, collection, ids, before))

    # Search

    @property
    def results(self) -> ResultsPane:
        """What a search shows, made when the first search wants it."""
        if self._results is None:
            from bulletin_desktop.ui.panes.results_pane import ResultsPane

            self._results = ResultsPane(self._context)
            self._results.list.reading.connect(self.reading)
            self._results.list.picked.connect(self._tell_picked)
            self._page_by_space(self._results.list)
            self._stack.addWidget(self._results)
        return self._results

    @property
    def hit_list(self) -> HitList:
        """The result list."""
        return self.results.list

    @property
    def list(self) -> ArticleTree | HitList:
        """What is shown: the result list while searching, else the chosen tree."""
        return self.hit_list if self.searching else self.tree

    def show_results(self) -> None:
        """Put what a search shows in the place of the trees, with the keyboard if it was there."""
        if self.searching:
            return
        had_keyboard = self.tree.hasFocus()
        self.searching = True
        self._tabs.hide()
        self._filter.hide()
        self._stack.setCurrentWidget(self.results)
        if had_keyboard:
            self.focus_list()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show the first that a search found."""
        self.show_results()
        self.hit_list.hits.show(hits)
        self.hit_list.scrollToTop()
        self._tell_selection()
        self.turned.emit()

    def show_all_hits(self, ids: array[int]) -> None:
        """Show everything that a search found; where one is in the list stays as it is."""
        self.show_results()
        before = self.hit_list.selected_articles()
        self.hit_list.hits.show_all(ids)
        if self.hit_list.selected_articles() != before:
            self._tell_selection()
        self.turned.emit()

    def end_search(self) -> None:
        """Go back to the tree, to the article that is read if the tree has it."""
        if not self.searching:
            return
        self.searching = False
        self._stack.setCurrentWidget(self.tree)
        self._tabs.show()
        self._filter.show()
        self._find_read()

    def focus_first_hit(self) -> None:
        """Enter in the search box: to the first hit, or back to where one was in the list."""
        if self.searching and self.hit_list.current_article() is None:
            self.hit_list.go(0)
        self.focus_list()
