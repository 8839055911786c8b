"""Painting a row of the trees: arrow, dot, label, chips and count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QFontMetrics, QPainter
from PySide6.QtWidgets import QTreeView

from bulletin_desktop.ui import icons, theme
from bulletin_desktop.ui.models.outline_model import NODE
from bulletin_desktop.ui.widgets.item_painter import ItemPainter, RowState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from bulletin_desktop.model.records import Article
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node
    from bulletin_desktop.ui.theme import Tokens
    from bulletin_desktop.ui.widgets.item_painter import Index

ROW = 28
MARGIN = 10
CHIP = 9
MAX_CHIPS = 4
_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
# Indentation of each kind of row, and how far its arrow stands before the label.
_INDENT = {"issue": 22, "section": 36}
_EDGE = 10
_DEEPER = 14
_NESTED = ("theme", "unit", "source")
_QUIET = ("section", "heading")
_ARROW = 11


class RowPainter(ItemPainter):
    """Draws a node as the design asks: the whole row is ours, from the left edge to the right."""

    _view: Outline

    def height(self) -> int:
        """See ItemPainter."""
        return max(ROW, QFontMetrics(theme.sans(13)).height() + 8)

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRect:
        """See ItemPainter; the row is as wide as the view."""
        row = QRect(0, option.rect.top(), self._view.row_width, option.rect.height())
        self.paint_ground(painter, row, self._view.state_of(index, row))
        return row

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one row."""
        node: Node = index.data(NODE)
        left = self.left_of(node)
        if node.branches:
            self._arrow(painter, node, QRect(left, row.top(), _ARROW, row.height()), index)
        if node.kind == "search":
            self._sign(painter, QRect(left, row.top(), _ARROW, row.height()))
        if node.article is None:
            left += _ARROW + 4  # also where there is nothing to open, so that labels stand in line
        if node.colour:
            left = chip(painter, QColor(node.colour), left, row) + 7
        if node.article is not None:
            left = self._dot(painter, node, left, row)
        right = self._right(painter, node, row)
        self._label(painter, node, QRect(left, row.top(), right - left, row.height()))

    def left_of(self, node: Node) -> int:
        """Where a row begins, by its kind and depth."""
        if node.article is not None:
            return self.left_of(node.parent) + _DEEPER if node.parent else _EDGE
        if node.kind == "heading" and node.parent is not None:
            return self.left_of(node.parent) + (node.level - 1) * _DEEPER
        depth = len(node.path()) - 1 if node.kind in _NESTED else 0
        return _INDENT.get(node.kind, _EDGE) + depth * _DEEPER

    def _arrow(self, painter: QPainter, node: Node, box: QRect, index: Index) -> None:
        shape = "down" if self._view.isExpanded(index) else "right"
        painter.save()
        scale = _ARROW / 16
        painter.translate(box.left(), box.center().y() - 7 * scale)
        painter.scale(scale, scale)
        token = "muted" if node.kind == "section" else "text"
        painter.fillPath(icons.triangle(shape), self._context.tokens.colour(token))
        painter.restore()

    def _sign(self, painter: QPainter, box: QRect) -> None:
        """What tells a saved search from a collection, where that has its arrow."""
        drawing = icons.pixmap("search", self._context.tokens.colour("muted"))
        painter.drawPixmap(QRect(box.left() - 1, box.center().y() - 6, 13, 13), drawing)

    def _dot(self, painter: QPainter, node: Node, left: int, row: QRect) -> int:
        if node.unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._context.tokens.colour("accent"))
            painter.drawEllipse(QRectF(left + 2, row.center().y() - 2.5, 6, 6))
        return left + 14

    def _right(self, painter: QPainter, node: Node, row: QRect) -> int:
        """Draw what stands at the right edge; gives where the label has to end."""
        right = row.right() - MARGIN
        if node.article is not None:
            return self._chips(painter, node.article, right, row)
        if node.count:
            painter.setFont(theme.sans(12, bold=node.kind == "year"))
            painter.setPen(self._context.tokens.colour("faint"))
            width = painter.fontMetrics().horizontalAdvance(node.count)
            box = QRect(right - width, row.top(), width, row.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, node.count)
            right -= width + 8
        return right

    def _chips(self, painter: QPainter, article: Article, right: int, row: QRect) -> int:
        themes = self._context.themes()
        shown: Sequence[int] = [t for t in themes if t in article.themes][:MAX_CHIPS]
        for found in reversed(shown):
            right -= CHIP
            chip(painter, QColor(themes[found].colour), right, row)
            right -= 4
        if article.starred:
            right -= 13
            drawing = icons.pixmap("star", self._context.tokens.colour("accent"))
            painter.drawPixmap(QRect(right, row.center().y() - 6, 12, 12), drawing)
            right -= 4
        return right - 4

    def _label(self, painter: QPainter, node: Node, box: QRect) -> None:
        tokens = self._context.tokens
        font: QFont = theme.sans(13, bold=node.kind == "year")
        painter.setFont(font)
        metrics = painter.fontMetrics()
        painter.setPen(tokens.colour("muted" if node.kind in _QUIET else "text"))
        shown = metrics.elidedText(node.label, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        if node.suffix:
            rest = box.adjusted(metrics.horizontalAdvance(shown) + 4, 0, 0, 0)
            suffix = metrics.elidedText(node.suffix, Qt.TextElideMode.ElideRight, rest.width())
            painter.setPen(tokens.colour("faint"))
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, suffix)


def paint_hint(widget: QWidget, tokens: Tokens, words: str) -> None:
    """Words in the middle of an empty list."""
    painter = QPainter(widget)
    painter.setPen(tokens.colour("faint"))
    painter.drawText(widget.rect().adjusted(24, 32, -24, -24), _WRAPPED, words)
    painter.end()


def chip(painter: QPainter, colour: QColor, left: int, row: QRect) -> int:
    """A small square in a theme's colour; gives its right edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(left, row.center().y() - CHIP / 2 + 0.5, CHIP, CHIP), 2, 2)
    return left + CHIP


class Outline(QTreeView):
    """A tree whose rows are painted whole; it takes no input method, so single keys act."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._painter = RowPainter(context, self)
        self.setItemDelegate(self._painter)
        self._context = context
        self.row_width = 0
        self.empty_words = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tree without rows says what would bring some."""
        super().paintEvent(event)
        if not self.model().rowCount():
            paint_hint(self.viewport(), self._context.tokens, self.empty_words)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The delegate draws the whole row; the style's own row ground is not wanted."""
        self._painter.paint(painter, option, index)

    def state_of(self, index: Index, row: QRect) -> RowState:
        """A row's state, without Qt's style types, which take their time to load at the start."""
        return RowState(
            selected=self.selectionModel().isSelected(index),
            hovered=self.underMouse() and row.contains(self.mapFromGlobal(QCursor.pos())),
            current=self.currentIndex() == index and self.hasFocus(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide as what is seen."""
        self.row_width = event.size().width()
        super().resizeEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; they must not also jump through the rows."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow opens or closes the branch."""
        index = self.indexAt(event.position().toPoint())
        node: Node | None = index.data(NODE) if index.isValid() else None
        plain = not event.modifiers()
        if node is not None and node.branches and plain and self._on_arrow(node, event):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def _on_arrow(self, node: Node, event: QMouseEvent) -> bool:
        left = self._painter.left_of(node)
        return bool(left - 4 <= event.position().x() <= left + _ARROW + 4)
