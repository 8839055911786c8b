"""Painting the rows beside the text: documents with their doubts, and what one was cut into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListView, QTreeView

from bulletin_desktop.ui import icons, theme
from bulletin_desktop.ui.models.layout_model import LAID, LayoutModel
from bulletin_desktop.ui.models.reviewed_model import REVIEWED, ReviewedModel
from bulletin_desktop.ui.review.signs import SIZE, paint_sign
from bulletin_desktop.ui.widgets.item_painter import ItemPainter
from bulletin_desktop.ui.widgets.row_state import row_state

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from bulletin_desktop.model.records import Reviewed
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.layout_model import LaidNode
    from bulletin_desktop.ui.widgets.item_painter import Index

_EDGE = 10
_BADGE = 20
_ROW = 26
_INDENT = 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class DocumentList(QListView):
    """Files with the count of their doubts, or a tick."""

    def __init__(self, context: Context, model: ReviewedModel) -> None:
        super().__init__()
        self.setObjectName("reviewList")
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(context.text("review.documents"))
        self.setItemDelegate(_DocumentPainter(context, self))

    def keyboardSearch(self, search: str) -> None:
        """Letters correct the line at hand; they must not also jump through the rows."""


class LaidTree(QTreeView):
    """Issues, sections and articles, all open."""

    def __init__(self, context: Context, model: LayoutModel) -> None:
        super().__init__()
        self.setObjectName("reviewTree")
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setItemsExpandable(False)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(context.text("review.tree"))
        self.setItemDelegate(_LaidPainter(context, self))
        model.modelReset.connect(self.expandAll)

    def keyboardSearch(self, search: str) -> None:
        """Letters correct the article at hand; they must not also jump through the rows."""


class _Painter(ItemPainter):
    """The ground of a row, and words that end in … where the room does not suffice."""

    _view: QListView | QTreeView

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRect:
        """See ItemPainter; the row is as wide as the view."""
        row = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        self.paint_ground(painter, row, row_state(option))
        return row

    def words(self, painter: QPainter, box: QRect, words: str, token: str) -> int:
        """Paint words; gives their width."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self._context.tokens.colour(token))
        painter.drawText(box, _LEFT, shown)
        return metrics.horizontalAdvance(shown)


class _DocumentPainter(_Painter):
    """Name, remarks below it, and at the right the count of doubts or a tick."""

    def height(self) -> int:
        """Two lines."""
        name, remarks = QFontMetrics(theme.sans(13)), QFontMetrics(theme.sans(11))
        return name.height() + remarks.height() + 10

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one row."""
        found: Reviewed = index.data(REVIEWED)
        right = self._badge(painter, row, found.doubts)
        upper = row.adjusted(_EDGE, 4, 0, 0)
        upper.setHeight(QFontMetrics(theme.sans(13)).height())
        upper.setRight(right)
        painter.setFont(theme.sans(13))
        self.words(painter, upper, str(index.data()), "text")
        model = index.model()
        assert isinstance(model, ReviewedModel)
        lower = QRect(upper)
        lower.moveTop(upper.bottom() + 1)
        painter.setFont(theme.sans(11))
        text = self._context.text
        facts = [text("tree.issues", n=found.issues), text("status.articles", n=found.articles)]
        said = model.remarks(found)
        self.words(painter, lower, " · ".join([*facts, *([said] if said else [])]), "faint")

    def _badge(self, painter: QPainter, row: QRect, doubts: int) -> int:
        """Draw the count or the tick; gives where the words have to end."""
        tokens = self._context.tokens
        if not doubts:
            tick = icons.pixmap("tick", tokens.colour("good"))
            at = QRect(row.right() - _EDGE - 16, row.center().y() - 7, 16, 16)
            painter.drawPixmap(at, tick)
            return at.left() - 6
        painter.setFont(theme.sans(11, bold=True))
        words = str(doubts)
        width = max(_BADGE, painter.fontMetrics().horizontalAdvance(words) + 12)
        box = QRectF(row.right() - _EDGE - width, row.center().y() - 9, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("accent"))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(tokens.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return round(box.left()) - 6


class _LaidPainter(_Painter):
    """The sign of the margin, the words, and faint what is to be known of them."""

    def height(self) -> int:
        """See ItemPainter."""
        return max(_ROW, QFontMetrics(theme.sans(13)).height() + 6)

    def draw(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Draw one row."""
        node: LaidNode = index.data(LAID)
        left = _EDGE + _INDENT * _depth(node)
        at = QPointF(left, row.center().y() - SIZE / 2 + 0.5)
        paint_sign(painter, at, node.kind, "sure", self._context.tokens)
        box = row.adjusted(left + SIZE + 7, 0, -_EDGE, 0)
        painter.setFont(theme.sans(13, bold=node.kind == "issue"))
        kept = painter.fontMetrics().horizontalAdvance(f" {node.suffix}") if node.suffix else 0
        token = "muted" if node.kind == "section" else "text"
        used = self.words(painter, box.adjusted(0, 0, -kept, 0), node.label, token)
        painter.setFont(theme.sans(12))
        self.words(painter, box.adjusted(used + 5, 0, 0, 0), node.suffix, "faint")


def _depth(node: LaidNode) -> int:
    above, depth = node.parent, 0
    while above is not None and above.parent is not None:
        above, depth = above.parent, depth + 1
    return depth
