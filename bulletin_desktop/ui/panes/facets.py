"""What kinds of articles a search found: chips with counts, which narrow it on a click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services import query_terms
from bulletin_desktop.services.query_terms import FIELD_OF
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout
from bulletin_desktop.ui.widgets.row_painter import chip
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from bulletin_desktop.model.query import Field
    from bulletin_desktop.ui.context import Context

# So many of a kind are shown at first, and so many once more are wanted.
_FIRST = {"themes": 6, "sources": 5, "sections": 5, "years": 6, "kinds": 2}
_MOST = 60
_HIGHEST = 230
_LONGEST = 190  # pixels of a name
_SQUARE = 9
_GAP = 6
_PAD = 8
_HEIGHT = 22


class FacetChip(QAbstractButton):
    """A name and its count; a click narrows to it, with Ctrl or the middle button it keeps it out.

    A second click takes that back.
    """

    wanted = Signal(str)  # query_terms.State

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setFont(theme.sans(12))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.value = ""
        self.state: str | None = None  # query_terms.State, where the value is in the query
        self.is_stale = False
        self._count = self._colour = ""
        self._out = False
        self.clicked.connect(self._on_click)

    def put(self, value: str, name: str, count: int, colour: str, state: str | None) -> None:
        """Stand for another value."""
        self.value, self.state, self._colour = value, state, colour
        self._count = f"{count:,}"
        self.setText(name)
        self.setAccessibleName(f"{name} {count}")
        tip = "facets.tip_on" if state else "facets.tip"
        self.setToolTip(self._context.text(tip, name=name))
        self.setAccessibleDescription(self.toolTip() if state else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its parts, a long name cut short."""
        metrics = self.fontMetrics()
        width = min(metrics.horizontalAdvance(self.text()), _LONGEST)
        width += metrics.horizontalAdvance(self._count) + _GAP + 2 * _PAD
        width += _SQUARE + _GAP if self._colour else 0
        return QSize(width, max(_HEIGHT, metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        """It may be cut, but keeps its count."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, square, name and count; what is kept out is struck through."""
        tokens = self._context.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        box = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        if self._colour:
            box.setLeft(chip(painter, QColor(self._colour), box.left(), self.rect()) + _GAP)
        words = "faint" if self.is_stale else {"in": "accent", "out": "muted"}.get(self.state or "")
        painter.setPen(tokens.colour(words or "text"))
        metrics, middle = self.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        room = box.width() - metrics.horizontalAdvance(self._count) - _GAP
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room + 1)
        font = self.font()
        font.setStrikeOut(self.state == "out")
        painter.setFont(font)
        painter.drawText(box, middle, name)
        painter.setFont(self.font())
        if words is None:
            painter.setPen(tokens.colour("muted"))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, self._count)
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        tokens = self._context.tokens
        pen = QPen(Qt.PenStyle.NoPen)
        if self.hasFocus() or self.underMouse() or self.state == "in":
            pen = QPen(tokens.colour("accent"), 1)
        elif self.state == "out":
            pen = QPen(tokens.colour("faint"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        grounds = {"in": "accent_soft", "out": "ground"}
        painter.setBrush(tokens.colour(grounds.get(self.state or "", "chip")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button and Ctrl keep out."""
        self._out = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mouseReleaseEvent(event)
        self._out = False
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.MiddleButton:
            self.wanted.emit("out")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space narrow, Delete keeps out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.wanted.emit("out")
        else:
            super().keyPressEvent(event)

    def _on_click(self) -> None:
        self.wanted.emit("out" if self._out else "in")


class _Group(QWidget):
    """One kind: its name, the most frequent values, and a way to more of them."""

    wanted = Signal(str, str)  # value, query_terms.State
    grown = Signal()

    def __init__(self, context: Context, kind: str) -> None:
        super().__init__()
        self._context = context
        self._kind = kind
        self._field: Field = FIELD_OF[kind]
        self._counts: Mapping[str, int] = {}
        self._query = ""
        self._is_long = False
        self._chips: list[FacetChip] = []
        self._flow = FlowLayout(gap=4)
        self._more = QPushButton()
        self._more.setObjectName("link")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._grow)
        self._flow.addWidget(self._more)
        heading = QLabel(context.text(f"facets.{kind}"))
        heading.setObjectName("heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addLayout(self._flow)

    def show_counts(self, counts: Mapping[str, int], query: str) -> None:
        """Show the counts of a query's hits; where there is nothing to choose, nothing."""
        self._counts, self._query = counts, query
        self.setVisible(bool(counts))
        limit = _MOST if self._is_long else _FIRST[self._kind]
        shown = list(counts.items())[:limit]
        if self._kind == "years":
            shown.sort(reverse=True)
        self._make(len(shown))
        held = next((facet.value for facet in self._chips if facet.hasFocus()), None)
        colours = self._colours()
        for facet, (value, count) in zip(self._chips, shown, strict=False):
            self._put(facet, value, count, colours.get(value, ""))
        self._keep_focus(held, len(shown))
        for number, facet in enumerate(self._chips):
            facet.setVisible(number < len(shown))
        rest = len(counts) - len(shown)
        code = "facets.fewer" if self._is_long else "facets.more"
        self._more.setText(self._context.text(code, n=rest))
        self._more.setVisible(self._is_long or rest > 0)

    def _keep_focus(self, value: str | None, count: int) -> None:
        """The keyboard stays with a value, though its chip may be another one now."""
        for facet in self._chips[:count]:
            if facet.value == value:
                facet.setFocus()

    def _put(self, facet: FacetChip, value: str, count: int, colour: str) -> None:
        language = self._context.catalogue.language
        name = query_terms.value_name(self._field, value, language)
        state = query_terms.state(self._query, self._field, value)
        facet.put(value, name, count, colour, state)

    def _colours(self) -> dict[str, str]:
        if self._kind != "themes":
            return {}
        return {theme.name: theme.colour for theme in self._context.themes().values()}

    def _make(self, count: int) -> None:
        """Have so many chips, with the way to more behind them."""
        if len(self._chips) >= count:
            return
        self._flow.removeWidget(self._more)
        while len(self._chips) < count:
            facet = FacetChip(self._context)
            facet.wanted.connect(partial(self._want, facet))
            self._chips.append(facet)
            self._flow.addWidget(facet)
        self._flow.addWidget(self._more)
        tab_through([*self._chips, self._more])

    def _want(self, facet: FacetChip, state: str) -> None:
        self.wanted.emit(facet.value, state)

    def _grow(self) -> None:
        self._is_long = not self._is_long
        self.show_counts(self._counts, self._query)
        self.grown.emit()


class Facets(QScrollArea):
    """All kinds, one below the other, as high as they need and the window allows."""

    wanted = Signal(str, str, str)  # Field, value, query_terms.State

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("facets")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(context.text("facets.name"))
        body = QWidget()
        body.setObjectName("facetsBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        self._column = column
        self.groups = {kind: _Group(context, kind) for kind in FIELD_OF}
        for kind, group in self.groups.items():
            group.wanted.connect(partial(self.wanted.emit, FIELD_OF[kind]))
            group.grown.connect(self._fit)
            column.addWidget(group)
        column.addStretch()
        self.setWidget(body)

    def show_counts(self, facets: Mapping[str, Mapping[str, int]], query: str) -> None:
        """Show how many hits of a query there are of each kind."""
        for kind, group in self.groups.items():
            group.show_counts(facets.get(kind, {}), query)
        self._fit()
        self.set_stale(stale=False)

    def set_stale(self, *, stale: bool) -> None:
        """Grey what was counted for another query."""
        for facet in self.findChildren(FacetChip):
            facet.is_stale = stale
            facet.update()

    def resizeEvent(self, event: object) -> None:
        """The narrower, the more lines."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        self._column.activate()
        needed = self._column.heightForWidth(self.viewport().width())
        self.setFixedHeight(max(0, min(needed, _HIGHEST, self.window().height() // 4)))
