"""Painting a search hit: the title, the sentence with its hits marked, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.models.hits_model import HIT, HitsModel
from bulletin_desktop.ui.models.nodes import article_node
from bulletin_desktop.ui.reader.positions import utf16_range
from bulletin_desktop.ui.widgets.row_painter import paint_ground, paint_hint
from bulletin_desktop.ui.widgets.row_state import row_state

if TYPE_CHECKING:
    from PySide6.QtCore import (
        QModelIndex,
        QPersistentModelIndex,
    )
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from bulletin_desktop.model.records import Hit
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node

_PAD = 8
_TITLE = 22
_LINE = 19
_LINES = 3


class HitPainter(QStyledItemDelegate):
    """Draws a hit in rows of one height."""

    def __init__(self, context: Context, view: QListView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Title, three lines of text, one line of facts."""
        return QSize(100, 2 * _PAD + _TITLE + _LINES * _LINE + _LINE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one hit."""
        hit: Hit = index.data(HIT)
        tokens = self._context.tokens
        painter.save()
        row = option.rect
        paint_ground(painter, row, row_state(option), tokens, focused=self._view.hasFocus())
        box = row.adjusted(12, _PAD, -12, -_PAD)
        painter.setFont(theme.sans(13, bold=True))
        painter.setPen(tokens.colour("text"))
        title = hit.article.heading or self._context.text("tree.untitled")
        elided = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), box.top(), box.width(), _TITLE), 0, elided)
        self._snippet(painter, hit, box)
        painter.setFont(theme.sans(12))
        painter.setPen(tokens.colour("faint"))
        foot = QRect(box.left(), box.bottom() - _LINE + 2, box.width(), _LINE)
        facts = painter.fontMetrics().elidedText(
            self._facts(hit), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(foot, 0, facts)
        painter.restore()

    def _facts(self, hit: Hit) -> str:
        date = date_label(hit.article.date, hit.article.date_basis, self._context.catalogue)
        return " · ".join(part for part in (hit.article.source, date.text) if part)

    def _snippet(self, painter: QPainter, hit: Hit, box: QRect) -> None:
        tokens = self._context.tokens
        layout = QTextLayout(hit.snippet.text, theme.sans(12))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        mark = QTextCharFormat()
        mark.setForeground(QBrush(tokens.colour("text")))
        mark.setBackground(QBrush(tokens.colour("mark")))
        layout.setFormats([_format(hit.snippet.text, r, mark) for r in hit.snippet.ranges])
        layout.beginLayout()
        for number in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(box.width())
            line.setPosition(QPointF(0, number * _LINE))
        layout.endLayout()
        painter.setPen(tokens.colour("muted"))
        layout.draw(painter, QPointF(box.left(), box.top() + _TITLE))


def _format(text: str, found: tuple[int, int], mark: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = utf16_range(text, *found)
    made.format = mark
    return made


class HitList(QListView):
    """The result list; like the tree it takes no input method."""

    reading = Signal(int)  # the article to show
    picked = Signal()  # the selection is another one

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setItemDelegate(HitPainter(context, self))
        self._context = context
        self.hits = HitsModel(self)
        self.setModel(self.hits)
        self.setAccessibleName(context.text("search.results"))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self.picked)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.reading.emit(self.hits.hit(current.row()).article.id)

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
        if 0 <= row < self.hits.rowCount():
            return article_node(self._context, self.hits.hit(row).article)
        return None

    def current_article(self) -> int | None:
        """The article of the current hit."""
        index = self.currentIndex()
        return self.hits.hit(index.row()).article.id if index.isValid() else None

    def selected_articles(self) -> tuple[int, ...]:
        """The articles of the selected hits, in the list's order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self.hits.hit(row).article.id for row in rows)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; they must not also jump through the rows."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says so."""
        super().paintEvent(event)
        if not self.hits.rowCount():
            words = self._context.text("search.none")
            paint_hint(self.viewport(), self._context.tokens, words)
