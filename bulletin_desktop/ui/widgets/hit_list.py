"""The result list of a search: uniform rows, so that a million of them scroll as ten do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing
from bulletin_desktop.ui.models.hits_model import HitsModel
from bulletin_desktop.ui.models.nodes import article_node
from bulletin_desktop.ui.widgets.hit_painter import HEIGHT, HitPainter
from bulletin_desktop.ui.widgets.row_painter import paint_hint

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node

# Rows that are scrolled past faster than this are not fetched.
_REST_MILLISECONDS = 40
_Move = QTableView.CursorAction


class HitList(QTableView):
    """Hits one below the other; like the tree it takes no input method."""

    reading = Signal(int)  # the article to show
    picked = Signal()  # the selection is another one
    lacking = Signal(object)  # range: rows that are seen and have no words yet

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.hits = HitsModel(self)
        self.setModel(self.hits)
        self._lay_out()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setItemDelegate(HitPainter(context, self))
        self.setAccessibleName(context.text("search.results"))
        self._empty_words = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MILLISECONDS)
        self._rest.timeout.connect(self.look)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self.picked)

    def _lay_out(self) -> None:
        """One column as wide as the view, and nothing of a table's looks."""
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(HEIGHT)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """It may be as narrow as the pane."""
        return QSize(60, HEIGHT)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.reading.emit(self.hits.article(current.row()))

    def say_empty(self, words: str) -> None:
        """What a list without rows says."""
        self._empty_words = words
        self.viewport().update()

    # Rows that are seen

    def seen(self) -> range:
        """The rows that can be seen, and as many on either side."""
        first = self.rowAt(0)
        if first < 0:
            return range(0)
        many = self.viewport().height() // HEIGHT + 2
        return range(max(0, first - many), min(self.hits.rowCount(), first + 2 * many))

    def _on_scroll(self) -> None:
        self._rest.start()

    def look(self) -> None:
        """Tell which of the rows that are seen have no words yet."""
        rows = self.seen()
        if rows and self.hits.lacking(rows):
            self.lacking.emit(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows may be seen now."""
        super().resizeEvent(event)
        self._rest.start()

    # Going

    def go(self, row: int) -> bool:
        """Make a row the current one; says whether there is one."""
        if not 0 <= row < self.hits.rowCount():
            return False
        self.setCurrentIndex(self.hits.index(row))
        return True

    def go_article(self, article: int) -> bool:
        """Go to an article's hit, where it has one."""
        return self.go(self.hits.row_of(article))

    def go_step(self, step: int) -> bool:
        """Go to the next (1) or previous (−1) hit."""
        return self.go(self.currentIndex().row() + step)

    def neighbour(self, step: int) -> Node | None:
        """The article of the next or previous hit."""
        row = self.currentIndex().row() + step
        if not 0 <= row < self.hits.rowCount():
            return None
        hit, only = self.hits.hit(row), Scope(ids=(self.hits.article(row),))
        records = [hit.article] if hit else browsing.in_scope(self._context.library, only)
        return article_node(self._context, records[0]) if records else None

    def current_article(self) -> int | None:
        """The article of the current hit."""
        index = self.currentIndex()
        return self.hits.article(index.row()) if index.isValid() else None

    def selected_articles(self) -> tuple[int, ...]:
        """The articles of the selected hits, in the list's order."""
        stretches = self.selectionModel().selection()
        rows = sorted(
            (x.top(), x.bottom() + 1) for x in map(stretches.at, range(stretches.count()))
        )
        return tuple(x for first, end in rows for x in self.hits.articles(range(first, end)))

    def moveCursor(
        self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last hit, not to an end of the row."""
        ends = {_Move.MoveHome: 0, _Move.MoveEnd: self.hits.rowCount() - 1}
        if action in ends:
            return self.hits.index(ends[action])
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; they must not also jump through the rows."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says so."""
        super().paintEvent(event)
        if not self.hits.rowCount():
            paint_hint(self.viewport(), self._context.tokens, self._empty_words)
