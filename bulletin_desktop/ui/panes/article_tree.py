"""One tree over the articles: its view, its model, and what is open, current and selected in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeView

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing
from bulletin_desktop.ui.models.outline_model import OutlineModel
from bulletin_desktop.ui.panes import walk
from bulletin_desktop.ui.widgets.row_painter import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node, Tab

# Up to so many branches of the first level stand open at the start.
_OPEN_BRANCHES = 6


class ArticleTree(Outline):
    """A tab of the left pane."""

    reading = Signal(int)  # the article to show
    turned = Signal()  # the neighbours are others, though the article read is the same
    picked = Signal()  # the selection is another one
    search_wanted = Signal(int)  # the saved search to open

    def __init__(self, context: Context, tab: Tab) -> None:
        super().__init__(context)
        self._context = context
        self.tab = tab
        self.outline = OutlineModel(context, tab, self)
        self.setModel(self.outline)
        self.setAccessibleName(context.text(f"tab.{tab}"))
        self.empty_words = context.text(f"tree.empty_{tab}")
        if tab == "collections":
            self.setDragDropMode(QTreeView.DragDropMode.InternalMove)
            self.clicked.connect(self._open_search)
            context.saved.counted.connect(self.outline.recount)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self.picked)

    def _on_current(self, current: QModelIndex) -> None:
        node = self.outline.node(current)
        if node is None:
            return
        if node.article is not None:
            self.reading.emit(node.article.id)
        else:
            self.turned.emit()

    def _open_search(self, index: QModelIndex) -> None:
        """A saved search opens; with Ctrl or Shift its row is only selected."""
        node = self.outline.node(index)
        plain = not QGuiApplication.keyboardModifiers()
        if node is not None and node.kind == "search" and plain:
            self.search_wanted.emit(node.data)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The menu also opens by Shift+F10, since not every keyboard has a key for it; Enter opens
        a saved search.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_search(self.currentIndex())
        if event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            where = self.visualRect(self.currentIndex()).center()
            self.customContextMenuRequested.emit(where)
        else:
            super().keyPressEvent(event)

    # Going

    def open_branches(self) -> None:
        """Open the first level where it is short."""
        if self.outline.rowCount() <= _OPEN_BRANCHES:
            for row in range(self.outline.rowCount()):
                self.expand(self.outline.index(row, 0))

    def go(self, index: QModelIndex) -> bool:
        """Make a row the current one, with all above it open; says whether there is one."""
        if not index.isValid():
            return False
        parent = index.parent()
        while parent.isValid():
            self.expand(parent)
            parent = parent.parent()
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)
        return True

    def go_first(self) -> bool:
        """Go to the first article."""
        return self.go(walk.first(self.outline))

    def go_step(self, step: int) -> bool:
        """Go to the next (1) or previous (−1) article."""
        return self.go(walk.neighbour(self.outline, self.currentIndex(), step))

    def go_article(self, article: int) -> bool:
        """Go to an article, where it can be found in this tree."""
        return self.go(self.outline.find(self._path_of(article)))

    def neighbour(self, step: int) -> Node | None:
        """The next or previous article."""
        return self.outline.node(walk.neighbour(self.outline, self.currentIndex(), step))

    def current_node(self) -> Node | None:
        """The current row."""
        return self.outline.node(self.currentIndex())

    def move_selected(self, step: int) -> bool:
        """Move what is selected in a collection's list up (−1) or down (1) by one place.

        Says whether that could be meant: all of it stands in one collection.
        """
        nodes = self.selected_nodes()
        parent = nodes[0].parent if nodes else None
        if parent is None or parent.kind != "collection" or any(n.parent != parent for n in nodes):
            return False
        ids = [node.data for node in parent.children or []]
        moved = tuple(node.data for node in nodes)
        first, last = (f(ids.index(item) for item in moved) for f in (min, max))
        if step < 0 and first:
            self.outline.reordered.emit(parent.data, moved, ids[first - 1])
        elif step > 0 and last + 1 < len(ids):
            following = ids[last + 2] if last + 2 < len(ids) else None
            self.outline.reordered.emit(parent.data, moved, following)
        return True

    def _path_of(self, article: int) -> tuple[str, ...]:
        """The keys that lead to an article; of a theme or collection tree only where it is open."""
        leaf = f"article {article}"
        for node in self.outline.loaded():
            if node.key == leaf:
                return node.path()
        found = browsing.in_scope(self._context.library, Scope(ids=(article,)))
        if not found:
            return ("",)
        record = found[0]
        if self.tab == "sources":
            return (*self._path_of_source(article), leaf)
        if self.tab != "issues":
            return ("",)
        issue = (f"year {(record.date or '')[:4]}", f"issue {record.issue}")
        scope = Scope(ids=(article,))
        section = browsing.sections_in(self._context.library, scope)[0].id
        inner = (*issue, f"section {section}", leaf)
        return inner if self.outline.find(inner).isValid() else (*issue, leaf)

    def _path_of_source(self, article: int) -> tuple[str, ...]:
        from bulletin_desktop.services import units  # deferred: a start asks for none

        printed, known = units.printed_of(self._context.library, article), self._context.units()
        if printed is None:
            return ("source ",)
        reading = known.readings.get(printed)
        if reading is None or not reading.units:
            return ("no_units", f"source {printed.source}")
        return tuple(f"unit {key}" for key in known.path(reading.units[0]))

    # Selection

    def selected_nodes(self) -> list[Node]:
        """The selected rows from top to bottom."""
        found = (self.outline.node(index) for index in self.selectionModel().selectedIndexes())
        return [node for node in found if node is not None]

    def selected_articles(self) -> tuple[int, ...]:
        """The selected articles and those below selected branches, each once."""
        ids: dict[int, None] = {}
        for node in self.selected_nodes():
            if node.article is not None:
                ids[node.article.id] = None
            else:
                below = browsing.ids_in_scope(self._context.library, node.scope)
                ids.update(dict.fromkeys(below))
        return tuple(ids)

    # Reading anew

    def refresh(self, ids: frozenset[int] | None) -> None:
        """Show articles' themes, stars and dots anew; all that were read where None."""
        loaded = {node.article.id for node in self.outline.loaded() if node.article is not None}
        wanted = loaded if ids is None else loaded & ids
        if wanted:
            found = browsing.in_scope(self._context.library, Scope(ids=tuple(wanted)))
            self.outline.refresh(found)

    def read_anew(self, scope: Scope | None = None) -> None:
        """Read the tree anew and keep what was open, selected and current.

        That is not the user's selecting, so nothing is told of it.
        """
        opened = [node.path() for index, node in self._rows() if self.isExpanded(index)]
        current = self.current_node()
        chosen = [node.path() for node in self.selected_nodes()]
        blocker = QSignalBlocker(self.selectionModel())
        self.outline.reload(scope)
        self.selectionModel().reset()
        for path in sorted(opened, key=len):
            self.expand(self.outline.find(path))
        self._select(current.path() if current is not None else ("",), chosen)
        blocker.unblock()
        if self.isVisible():
            self.viewport().update()

    def _select(self, current: Sequence[str], chosen: Sequence[Sequence[str]]) -> None:
        flag = QItemSelectionModel.SelectionFlag
        index = self.outline.find(current)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect)
            self.scrollTo(index)
        for path in chosen:
            found = self.outline.find(path)
            if found.isValid():
                self.selectionModel().select(found, flag.Select)

    def _rows(self) -> Iterator[tuple[QModelIndex, Node]]:
        """Every row that was read, from the top down."""
        waiting = [self.outline.index(row, 0) for row in range(self.outline.rowCount())]
        while waiting:
            index = waiting.pop()
            node = self.outline.node(index)
            if node is not None:
                yield index, node
                count = self.outline.rowCount(index)
                waiting += [self.outline.index(row, 0, index) for row in range(count)]
