"""The line over the second page while it is compared: how much is shared, and the way through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bulletin_desktop.ui import actions, icons
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.panes.reader_head import HEIGHT, head_button
from bulletin_desktop.ui.reader.marks import GROUNDS
from bulletin_desktop.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from bulletin_desktop.ui.context import Context

_PENS = {
    "only": Qt.PenStyle.SolidLine,
    "changed": Qt.PenStyle.DashLine,
    "moved": Qt.PenStyle.DotLine,
}
_GAP = 6
# What stands between the parts of the bar.
_ROOM = 32
# What is said needs so much before a sign stands for the words of a button.
_LEAST = 60
_UNEQUAL = "≠"


class Legend(QWidget):
    """Names the kinds of differences, each marked as on the page."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words = {kind: context.text(f"compare.{kind}") for kind in _PENS}
        self.setAccessibleName("，".join(self._words.values()))
        self.setObjectName("crumbs")

    def sizeHint(self) -> QSize:
        """Room for all words."""
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(words) + 2 * _GAP for words in self._words.values())
        return QSize(width, metrics.height() + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each word on its ground with its line."""
        tokens, metrics = self._context.tokens, self.fontMetrics()
        painter = QPainter(self)
        left, top = _GAP // 2, (self.height() - metrics.height()) // 2
        for kind, words in self._words.items():
            width = metrics.horizontalAdvance(words)
            ground = tokens.colour(GROUNDS.get(kind, "paper"))
            painter.fillRect(left - 3, top - 1, width + 6, metrics.height() + 3, ground)
            painter.setPen(tokens.colour("text"))
            painter.drawText(left, top + metrics.ascent(), words)
            painter.setPen(QPen(tokens.colour("muted"), 1, _PENS[kind]))
            line = top + metrics.height() + 1
            painter.drawLine(left, line, left + width, line)
            left += width + 2 * _GAP
        painter.end()


class CompareBar(QWidget):
    """Says how the two pages compare and goes from difference to difference."""

    stepped = Signal(int)
    denied = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("besideHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._said = ElidedLabel()
        self._said.setObjectName("crumbs")
        self._legend = Legend(context)
        self._back, self._on = head_button(), head_button()
        self._deny_words = context.text("reader.deny_reprint")
        self._deny = QPushButton(self._deny_words)
        self._deny.setAccessibleName(self._deny_words)
        self._deny.setObjectName("link")
        self._deny.setToolTip(f"{self._deny_words}\n{context.text('reader.deny_reprint.help')}")
        self._back.clicked.connect(self._step_back)
        self._on.clicked.connect(self._step_on)
        self._deny.clicked.connect(self.denied)
        self._lay_out()
        self._draw()
        context.restyled.connect(self._draw)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(2)
        row.addWidget(self._said, 1)
        row.addWidget(self._legend)
        for widget in (self._back, self._on, self._deny):
            row.addWidget(widget)

    def _draw(self) -> None:
        context = self._context
        colour = context.tokens.colour("muted")
        for button, name, act in (
            (self._back, "up", Act.PREVIOUS_DIFFERENCE),
            (self._on, "down", Act.NEXT_DIFFERENCE),
        ):
            button.setIcon(icons.icon(name, colour))
            words = context.text(act.code)
            keys = "/".join(actions.keys_of(act, context.settings))
            button.setToolTip(f"{words} ({keys})" if keys else words)
            button.setAccessibleName(words)

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_on(self) -> None:
        self.stepped.emit(1)

    def show_comparison(self, share: float, stops: int, at: int | None) -> None:
        """Say how much is shared and how many differences there are; ``at`` is the one at hand."""
        text = self._context.text
        count = text("reader.differences", n=stops) if stops else text("compare.equal")
        if at is not None:
            count = text("reader.difference", n=at + 1, total=stops)
        self._said.setText(f"{text('reader.shared', share=f'{share:.0%}')} · {count}")
        self._said.setToolTip(self._said.text())
        self._make_room()
        for button in (self._back, self._on):
            button.setEnabled(stops > 0)

    def controls(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return self._back, self._on, self._deny

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the words come before the legend."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self._deny.setText(self._deny_words)
        needed = sum(x.sizeHint().width() for x in (self._back, self._on, self._deny)) + _ROOM
        if self.width() < needed + _LEAST:
            self._deny.setText(_UNEQUAL)
        wanted = needed + self._said.sizeHint().width() + self._legend.sizeHint().width()
        self._legend.setVisible(self.width() >= wanted)
