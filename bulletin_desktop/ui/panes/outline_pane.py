"""The left pane: four trees over the same articles, a filter, and the result list of a search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from bulletin_desktop.model.change import Change
from bulletin_desktop.model.records import Hit
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections, searching
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.models.hits_model import HitsModel
from bulletin_desktop.ui.models.nodes import TABS, Node
from bulletin_desktop.ui.models.outline_model import OutlineModel
from bulletin_desktop.ui.panes import walk
from bulletin_desktop.ui.widgets.hit_painter import HitList
from bulletin_desktop.ui.widgets.row_painter import Outline
from bulletin_desktop.ui.widgets.segmented import Segmented

# Up to so many years stand open when a library is opened.
_OPEN_YEARS = 6
_FILTER_MILLISECONDS = 150


class OutlinePane(QWidget):
    """Shows the library's articles by issue, theme, source or collection."""

    reading = Signal(int)  # the article to show
    selected = Signal(tuple)  # the ids of all articles that are meant
    menu_wanted = Signal(object, QPoint)  # the node under the mouse

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("outlinePane")
        self._context = context
        self._tabs = Segmented(
            context, [context.text(f"tab.{tab}") for tab in TABS], context.text("tab.name")
        )
        self._models = [OutlineModel(context, tab, self) for tab in TABS]
        self._views: list[Outline | None] = [None] * len(TABS)
        self._stack = QStackedWidget()
        self._hits = HitsModel(self)
        self._hit_list = HitList(context)
        self._hit_list.setModel(self._hits)
        self._filter = QLineEdit()
        self._filter_timer = QTimer(self, singleShot=True, interval=_FILTER_MILLISECONDS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        text = self._context.text
        self._filter.setObjectName("filter")
        self._filter.setPlaceholderText(text("tree.filter"))
        self._filter.setAccessibleName(text("tree.filter"))
        self._filter.setClearButtonEnabled(True)
        self._hit_list.setAccessibleName(text("search.results"))
        self._stack.addWidget(self._hit_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
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
        self._filter_timer.timeout.connect(self._apply_filter)
        self._hit_list.selectionModel().currentChanged.connect(self._on_hit)
        self._hit_list.selectionModel().selectionChanged.connect(self._on_hit_selection)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self._tabs.update)
        for model in self._models:
            model.reordered.connect(self._reorder)

    # Trees

    def _view(self, number: int) -> Outline:
        view = self._views[number]
        if view is None:
            view = self._make_view(number)
        if self._models[number].stale:
            self._reload(number)
        return view

    def _make_view(self, number: int) -> Outline:
        view = Outline(self._context)
        view.setModel(self._models[number])
        view.setAccessibleName(self._context.text(f"tab.{TABS[number]}"))
        if TABS[number] == "collections":
            view.setDragDropMode(Outline.DragDropMode.InternalMove)
        view.selectionModel().currentChanged.connect(self._on_current)
        view.selectionModel().selectionChanged.connect(self._on_selection)
        view.setContextMenuPolicy(view.contextMenuPolicy().CustomContextMenu)
        view.customContextMenuRequested.connect(self._ask_menu)
        self._views[number] = view
        self._stack.addWidget(view)
        return view

    @property
    def _tree(self) -> Outline:
        return self._view(self._tabs.current)

    @property
    def _model(self) -> OutlineModel:
        return self._models[self._tabs.current]

    def _show_tab(self, number: int) -> None:
        self._stack.setCurrentWidget(self._view(number))
        self._tell_selection()

    def open_first(self, article: int) -> bool:
        """Open the tree at an article, or at its first one; says whether there is any."""
        view = self._tree
        self._stack.setCurrentWidget(view)
        if self._model.rowCount() <= _OPEN_YEARS:
            for row in range(self._model.rowCount()):
                view.expand(self._model.index(row, 0))
        if article and self.show_article(article):
            return True
        start = walk.first(self._model)
        if start.isValid():
            self._go(start)
        return start.isValid()

    def show_article(self, article: int) -> bool:
        """Make an article the current row of the tree of issues; says whether it is there."""
        if self.searching and (row := self._hits.row_of(article)) >= 0:
            self._hit_list.setCurrentIndex(self._hits.index(row))
            return True
        path = self._path_of(article)
        index = self._model.find(path) if path else QModelIndex()
        if index.isValid():
            self._go(index)
        return index.isValid()

    def _path_of(self, article: int) -> tuple[str, ...]:
        """The keys that lead to an article in the shown tree."""
        current = self._model.node(self._tree.currentIndex())
        if current is not None and current.article is not None and current.article.id == article:
            return current.path()
        found = browsing.in_scope(self._context.library, Scope(ids=(article,)))
        if not found:
            return ()
        record = found[0]
        leaf = f"article {article}"
        if TABS[self._tabs.current] == "issues":
            scope = Scope(ids=(article,))
            section = browsing.sections_in(self._context.library, scope)[0].id
            start = (f"year {(record.date or '')[:4]}", f"issue {record.issue}")
            inner = (*start, f"section {section}", leaf)
            return inner if self._model.find(inner).isValid() else (*start, leaf)
        if TABS[self._tabs.current] == "sources":
            return (f"source {record.source or ''}", leaf)
        return ()

    def _go(self, index: QModelIndex) -> None:
        view = self._tree
        parent = index.parent()
        while parent.isValid():
            view.expand(parent)
            parent = parent.parent()
        view.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        view.scrollTo(index)

    def neighbour(self, step: int) -> Node | None:
        """The article before (−1) or after (1) the current row, as the tree or list has it."""
        if self.searching:
            row = self._hit_list.currentIndex().row() + step
            if 0 <= row < self._hits.rowCount():
                from bulletin_desktop.ui.models.nodes import article_node

                return article_node(self._context, self._hits.hit(row).article)
            return None
        return self._model.node(walk.neighbour(self._model, self._tree.currentIndex(), step))

    def step(self, step: int) -> None:
        """Go to the neighbour."""
        if self.searching:
            row = self._hit_list.currentIndex().row() + step
            if 0 <= row < self._hits.rowCount():
                self._hit_list.setCurrentIndex(self._hits.index(row))
            return
        index = walk.neighbour(self._model, self._tree.currentIndex(), step)
        if index.isValid():
            self._go(index)

    def focus_list(self) -> None:
        """Give the keyboard to the tree or the result list."""
        self._stack.currentWidget().setFocus()

    # Selection

    def _on_current(self, current: QModelIndex) -> None:
        node = self._model.node(current) if current.model() is self._model else None
        if node is not None and node.article is not None:
            self.reading.emit(node.article.id)

    def _on_selection(self) -> None:
        self._tell_selection()

    def selected_nodes(self) -> list[Node]:
        """The rows that are selected in the tree."""
        if self.searching:
            return []
        found = (self._model.node(index) for index in self._tree.selectionModel().selectedIndexes())
        return [node for node in found if node is not None]

    def selected_articles(self) -> tuple[int, ...]:
        """The articles that are selected, those below selected branches too, each once."""
        if self.searching:
            rows = sorted(index.row() for index in self._hit_list.selectedIndexes())
            return tuple(self._hits.hit(row).article.id for row in rows)
        ids: dict[int, None] = {}
        for node in self.selected_nodes():
            if node.article is not None:
                ids[node.article.id] = None
            else:
                ids.update(dict.fromkeys(browsing.ids_in_scope(self._context.library, node.scope)))
        return tuple(ids)

    def _tell_selection(self) -> None:
        self.selected.emit(self.selected_articles())

    def _ask_menu(self, where: QPoint) -> None:
        node = self._model.node(self._tree.indexAt(where))
        if node is not None:
            self.menu_wanted.emit(node, self._tree.viewport().mapToGlobal(where))

    def current_scope(self) -> Scope | None:
        """What the theme, source or collection at hand holds: for export."""
        node: Node | None = self._model.node(self._tree.currentIndex())
        while node is not None and node.kind not in ("theme", "source", "collection"):
            node = node.parent
        return node.scope if node is not None else None

    def show_collection(self, collection: int) -> None:
        """Turn to the collections with one of them open."""
        self._tabs.choose(TABS.index("collections"))
        index = self._model.find((f"collection {collection}",))
        if index.isValid():
            self._tree.expand(index)
            self._go(index)

    # Filter

    def _apply_filter(self) -> None:
        text = self._filter.text().strip()
        scope = Scope()
        if text:
            scope = Scope(ids=searching.filtered(self._context.library, text))
        for number, model in enumerate(self._models):
            model.scope = scope
            model.stale = True
            if number == self._tabs.current:
                self._reload(number)
        if text and not self.searching:
            self._tree.expandAll()

    # Changes

    def _on_change(self, change: Change) -> None:
        whole = change.topics & {"documents"}
        for number, tab in enumerate(TABS):
            lists = {"themes": {"tags", "themes"}, "collections": {"collections"}}.get(tab, set())
            if not whole and not change.topics & lists:
                continue
            self._models[number].stale = True
            if number == self._tabs.current and self._views[number] is not None:
                self._reload(number)
        if change.topics & {"tags", "reading"} and not whole:
            self.refresh(change.articles)

    def refresh(self, ids: frozenset[int] | None) -> None:
        """Show themes, stars and dots of articles anew, of all that are loaded where None."""
        for model, view in zip(self._models, self._views, strict=True):
            loaded = model.loaded_articles() if view is not None else set()
            wanted = loaded if ids is None else loaded & ids
            if wanted:
                scope = Scope(ids=tuple(wanted))
                model.refresh(browsing.in_scope(self._context.library, scope))
                view.viewport().update()

    def _reload(self, number: int) -> None:
        """Read a tree anew and keep what was open, selected and current."""
        view, model = self._views[number], self._models[number]
        if view is None:
            return
        opened = self._expanded(view, model)
        current = model.node(view.currentIndex())
        path = current.path() if current is not None else ()
        picked = [n.path() for n in map(model.node, view.selectedIndexes()) if n is not None]
        self._quietly(view, lambda: model.reload())
        for keys in sorted(opened, key=len):
            view.expand(model.find(keys))
        self._quietly(view, lambda: self._select_again(view, model, path, picked))
        if number == self._tabs.current:
            self._tell_selection()

    def _select_again(
        self,
        view: Outline,
        model: OutlineModel,
        path: Sequence[str],
        picked: Sequence[Sequence[str]],
    ) -> None:
        flag = QItemSelectionModel.SelectionFlag
        current = model.find(path) if path else QModelIndex()
        if current.isValid():
            view.selectionModel().setCurrentIndex(current, flag.ClearAndSelect)
            view.scrollTo(current)
        for keys in picked:
            view.selectionModel().select(model.find(keys), flag.Select)

    @staticmethod
    def _quietly(view: Outline, work: Callable[[], None]) -> None:
        """Reading anew is not the user's selecting: nothing is told to the other panes."""
        selection = view.selectionModel()
        blocked = selection.blockSignals(True)
        work()
        selection.blockSignals(blocked)

    @staticmethod
    def _expanded(view: Outline, model: OutlineModel) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        waiting = [model.index(row, 0) for row in range(model.rowCount())]
        while waiting:
            index = waiting.pop()
            node = model.node(index)
            if node is not None and view.isExpanded(index):
                found.append(node.path())
                waiting += [model.index(row, 0, index) for row in range(model.rowCount(index))]
        return found

    def _reorder(self, collection: int, ids: tuple[int, ...], before: int | None) -> None:
        self._context.act(
            lambda library: collections.move_articles(library, collection, ids, before)
        )

    # Search

    @property
    def searching(self) -> bool:
        """Whether the result list stands in the place of the trees."""
        return self._stack.currentWidget() is self._hit_list

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show what a search found."""
        self._hits.show(hits)
        self._tabs.hide()
        self._filter.hide()
        self._stack.setCurrentWidget(self._hit_list)

    def end_search(self) -> None:
        """Go back to the tree, to the article that is read now if the tree has it."""
        if not self.searching:
            return
        row = self._hit_list.currentIndex().row()
        self._stack.setCurrentWidget(self._tree)
        self._tabs.show()
        self._filter.show()
        if row >= 0:
            self.show_article(self._hits.hit(row).article.id)
        self._tell_selection()

    def _on_hit(self, current: QModelIndex) -> None:
        if current.isValid():
            self.reading.emit(self._hits.hit(current.row()).article.id)

    def _on_hit_selection(self) -> None:
        if self.searching:
            self._tell_selection()
