"""The search box: plain text whose terms stand on grounds of their own, and faults underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from bulletin_desktop.ui import icons

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from bulletin_desktop.model.query import Token
    from bulletin_desktop.ui.context import Context

_TYPING_MILLISECONDS = 80
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDGE = 11  # to the icon
_ICON = 16
_BUTTON = 26
# The ground of each kind of term; words stand on none.
_GROUNDS = {
    "phrase": "query_phrase", "fact": "query_fact", "flag": "query_fact",
    "pattern": "query_phrase", "not": "query_sign", "or": "query_sign", "open": "query_sign",
    "close": "query_sign",
}  # fmt: skip
_WAVE = 2.0  # pixels: half the length, and the height, of a wave


class SearchBox(QLineEdit):
    """Searches while one types; Escape ends the search."""

    wanted = Signal(str)
    ended = Signal()  # nothing stands in it any more
    escaped = Signal()
    entered = Signal()
    clicked = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("searchBox")
        self._context = context
        self.setPlaceholderText(context.text("search.hint"))
        self.setAccessibleName(context.text("search.hint"))
        self.setMaximumWidth(620)
        self.setMinimumWidth(120)
        self._icon = QLabel(self)
        self.more = QToolButton(self)
        self.more.setObjectName("searchMore")
        self.more.setToolTip(context.text("search.more"))
        self.more.setAccessibleName(context.text("search.more"))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setCursor(Qt.CursorShape.ArrowCursor)
        self.setTextMargins(_EDGE + _ICON + 5, 0, _BUTTON + 4, 0)
        self.helper: Callable[[Qt.Key], bool] | None = None  # has the keys before the box
        self._composing = False
        self._tokens: Sequence[Token] = ()
        self._fault: tuple[int, int] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_TYPING_MILLISECONDS)
        self._timer.timeout.connect(self._want)
        self.textChanged.connect(self._on_text)
        self._restyle()
        context.restyled.connect(self._restyle)

    def _restyle(self) -> None:
        colour = self._context.tokens.colour("muted")
        self._icon.setPixmap(icons.pixmap("search", colour))
        self.more.setIcon(icons.icon("down", colour, self._context.tokens.colour("scroll")))

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.ended.emit()

    def _want(self) -> None:
        self.wanted.emit(self.text())

    def ask_now(self) -> None:
        """Ask for what stands here without waiting for more."""
        self._timer.stop()
        if self.text().strip():
            self._want()

    @property
    def is_waiting(self) -> bool:
        """Whether what stands here has not been asked for yet."""
        return self._timer.isActive()

    # What is read out of the text

    def mark(self, tokens: Sequence[Token], fault: tuple[int, int] | None = None) -> None:
        """Show the terms of the text, and a fault underlined (code points)."""
        self._tokens = tokens
        self._fault = fault
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the grounds of the terms, then Qt's own text over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._context.tokens.colour("paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if (self._tokens or self._fault) and not self._composing:
            self._paint_terms(painter)
        painter.end()
        before = self.cursorRect()
        super().paintEvent(event)
        if self.cursorRect() != before:  # Qt scrolls a long text only as it paints it
            self.update()

    def _paint_terms(self, painter: QPainter) -> None:
        room = self.rect().adjusted(_EDGE + _ICON + 2, 0, -_BUTTON, 0)
        painter.setClipRect(room)
        place = self._places()
        tokens = self._context.tokens
        for token in self._tokens:
            ground = "query_not" if token.negated else _GROUNDS.get(token.kind)
            if token.field and not token.negated:
                ground = "query_fact"
            if ground is not None:
                painter.setBrush(tokens.colour(ground))
                painter.drawRoundedRect(place(token.start, token.end), 4, 4)
        if self._fault is not None:
            box = place(*self._fault)
            painter.setBrush(tokens.colour("accent_soft"))
            painter.drawRoundedRect(box, 4, 4)
            painter.strokePath(_wave(box), QPen(tokens.colour("accent"), 1.2))

    def _places(self) -> Callable[[int, int], QRectF]:
        """What gives the place of code points, wherever the text has been scrolled to."""
        from bulletin_desktop.ui.reader.positions import utf16_length

        text = self.text()
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()

        def x(at: int) -> float:
            place: Any = line.cursorToX(at)  # Qt gives the cursor's place too
            return float(place[0])

        shown: QRect = self.cursorRect()
        # Qt tells where its cursor stands; the middle of that is where the layout has it.
        left = shown.x() + shown.width() / 2 - x(self.cursorPosition())
        top, height = (self.height() - self.fontMetrics().height()) / 2, self.fontMetrics().height()

        def place(start: int, end: int) -> QRectF:
            first, last = (x(utf16_length(text[:at])) for at in (start, end))
            return QRectF(left + first - 2, top - 1, last - first + 4, height + 2)

        self._layout = layout  # the line is a part of it
        return place

    def resizeEvent(self, event: object) -> None:
        """Keep icon and button at the edges."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._icon.move(_EDGE, (self.height() - _ICON) // 2)
        self.more.setGeometry(self.width() - _BUTTON - 2, 3, _BUTTON, self.height() - 6)

    # Hands

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While a word is composed its letters are no part of the query."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends, Enter and Down go to the results; a list under the box comes first."""
        key = Qt.Key(event.key())
        if self.helper is not None and self.helper(key):
            return
        if key == Qt.Key.Key_Escape:
            self.clear()
            self.escaped.emit()
        elif key in (*_ENTER, Qt.Key.Key_Down):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab takes what a list under the box offers."""
        if onwards and self.helper is not None and self.helper(Qt.Key.Key_Tab):
            return True
        return super().focusNextPrevChild(onwards)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What hangs under the box goes with the keyboard."""
        super().focusOutEvent(event)
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click may want what was searched for before."""
        super().mousePressEvent(event)
        self.clicked.emit()


def _wave(box: QRectF) -> QPainterPath:
    path = QPainterPath(QPointF(box.left(), box.bottom()))
    steps = max(2, int(box.width() / _WAVE))
    for step in range(1, steps + 1):
        rise = _WAVE if step % 2 else 0.0
        path.lineTo(box.left() + step * box.width() / steps, box.bottom() - rise)
    return path
