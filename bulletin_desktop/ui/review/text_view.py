"""The whole text of a document: grounds by role, and at the left a margin with the cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.review.cutting import certainty_of
from bulletin_desktop.ui.review.signs import SIZE, paint_sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import (
        QHelpEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QTextBlock,
        QTextLine,
    )

    from bulletin_desktop.model.text import Cut
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.review.cutting import Cutting, Segment

_FONT = 15
_PAD = 8
_SMALL = 11
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
# One went to a line: so much of the view is above it.
_ABOVE = 0.3


class TextView(QPlainTextEdit):
    """Shows a cutting; ↑ and ↓ go from line to line. It takes no input method."""

    moved = Signal()  # the cursor, to another line or in one

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.cutting: Cutting | None = None
        self._line = -1
        self.setObjectName("reviewText")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(context.text("review.text"))
        self.margin = Margin(context, self)
        self.updateRequest.connect(self._on_update)
        self.cursorPositionChanged.connect(self._on_cursor)

    def set_face(self, face: str) -> None:
        """Show the text in a face of the page."""
        from bulletin_desktop.ui.reader import typefaces

        self.setFont(typefaces.font(face, _FONT))

    # What is shown

    def show_cutting(self, cutting: Cutting | None) -> None:
        """Show a document, or the same one cut anew: then place and scroll stay."""
        same = (
            cutting is not None and self.cutting is not None
            and cutting.lines is self.cutting.lines
        )  # fmt: skip
        self.cutting = cutting
        if not same:
            self._line = -1
            self.setPlainText(cutting.lines.shown if cutting is not None else "")
            self._on_cursor()
        self.viewport().update()
        self.margin.update()

    @property
    def line(self) -> int:
        """The line at hand."""
        return self.textCursor().blockNumber()

    @property
    def at(self) -> int:
        """The code point at the cursor; in the indent of a line, of its first word."""
        here = self._code_point(self.textCursor().position())
        return here if self.cutting is None else max(here, self.cutting.lines.first(self.line))

    @property
    def selection(self) -> tuple[int, int] | None:
        """The code points of the selected words."""
        cursor = self.textCursor()
        if self.cutting is None or not cursor.hasSelection():
            return None
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return self._code_point(start), self._code_point(end)

    def _code_point(self, position: int) -> int:
        if self.cutting is None or not self.cutting.layout.text:
            return 0
        block = self.document().findBlock(position)
        return self.cutting.lines.code_point(block.blockNumber(), position - block.position())

    def go_to(self, line: int) -> None:
        """Make a line the one at hand; one that is not seen comes into the upper third."""
        block = self.document().findBlockByNumber(line)
        if not block.isValid():
            return
        seen = self.viewport().rect().contains(self._rect(block).toRect())
        self.setTextCursor(QTextCursor(block))
        if not seen:
            self.verticalScrollBar().setValue(block.firstLineNumber())
            self._leave_room(block)
        self.viewport().update()

    def _leave_room(self, block: QTextBlock) -> None:
        """Scroll back until what stands before a line fills its part of the view."""
        bar, wanted = self.verticalScrollBar(), self.viewport().height() * _ABOVE
        spacing = max(1, self.fontMetrics().lineSpacing())
        bar.setValue(bar.value() - int(wanted / spacing))
        self.ensureCursorVisible()

    def _on_cursor(self) -> None:
        if self.line != self._line:
            self._line = self.line
            self.viewport().update()
            self.margin.update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the next line with words, however many rows a line takes."""
        step = _STEPS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if step is None or not plain or self.cutting is None:
            super().keyPressEvent(event)
            return
        line = self.cutting.next_words(self.line, step)
        if line is not None:
            self.setTextCursor(QTextCursor(self.document().findBlockByNumber(line)))
            self.ensureCursorVisible()

    def take_line_at(self, where: QPoint) -> None:
        """Make the line under the mouse the one at hand, unless words there are selected."""
        cursor, chosen = self.cursorForPosition(where), self.textCursor()
        if not chosen.selectionStart() <= cursor.position() <= chosen.selectionEnd() or (
            not chosen.hasSelection()
        ):
            self.setTextCursor(cursor)

    # Painting

    def blocks(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """The lines that are seen, each with its place in the viewport."""
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid():
            place = self._rect(block)
            if place.top() > bottom:
                return
            yield block, place
            block = block.next()

    def _rect(self, block: QTextBlock) -> QRectF:
        return self.blockBoundingGeometry(block).translated(self.contentOffset())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grounds below the words."""
        painter = QPainter(self.viewport())
        if self.cutting is not None and self.cutting.layout.text:
            for block, place in self.blocks():
                self._paint_ground(painter, block, place)
        painter.end()
        super().paintEvent(event)

    def _paint_ground(self, painter: QPainter, block: QTextBlock, place: QRectF) -> None:
        assert self.cutting is not None
        number = block.blockNumber()
        for segment in self.cutting.segments(number):
            if segment.role != "body":
                colour = self._context.tokens.colour(f"role_{segment.role}")
                for box in self._boxes(block, place, segment):
                    painter.fillRect(box, colour)
                    if segment.role == "remainder":
                        line = self._context.tokens.colour("scroll")
                        painter.fillRect(box, QBrush(line, Qt.BrushStyle.BDiagPattern))
        if number == self._line:
            box = QRectF(0.5, place.top() + 0.5, self.viewport().width() - 1, place.height() - 1)
            token = "accent" if self.hasFocus() else "faint"
            painter.setPen(self._context.tokens.colour(token))
            painter.drawRect(box)

    def _boxes(self, block: QTextBlock, place: QRectF, segment: Segment) -> Iterator[QRectF]:
        """The ground of a segment: over the whole row where it has all of a line's words."""
        assert self.cutting is not None
        lines, number = self.cutting.lines, block.blockNumber()
        words, start = lines.words(number), lines.start(number)
        before = words[: max(0, segment.start - start)]
        behind = words[max(0, segment.end - start) :]
        if not before.strip() and not behind.strip():
            yield QRectF(0, place.top(), self.viewport().width(), place.height())
            return
        begun, ended = (lines.column(number, at) for at in (segment.start, segment.end))
        for at in range(block.layout().lineCount()):
            row = block.layout().lineAt(at)
            if row.textStart() < ended and row.textStart() + row.textLength() > begun:
                yield _part(row, begun, ended).translated(place.topLeft())

    # The margin

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The margin is as high as the text."""
        super().resizeEvent(event)
        self._place_margin()

    def _place_margin(self) -> None:
        width = self.margin.sizeHint().width()
        if self.viewportMargins().left() != width:
            self.setViewportMargins(width, 0, 0, 0)
        inner = self.viewport().geometry()
        self.margin.setGeometry(QRect(inner.left() - width, inner.top(), width, inner.height()))

    def _on_update(self, _: QRect, scrolled: int) -> None:
        if scrolled:
            self.margin.scroll(0, scrolled)
        else:
            self.margin.update()

    def focusInEvent(self, event: object) -> None:
        """The frame of the line at hand shows where the keyboard is."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        """And that it is elsewhere."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()


def _part(row: QTextLine, begun: int, ended: int) -> QRectF:
    """The place of a range of columns in a row of a line."""
    left, right = (_x(row, max(row.textStart(), at)) for at in (begun, ended))
    return QRectF(left, row.y(), right - left, row.height())


def _x(row: QTextLine, column: int) -> float:
    at: Any = row.cursorToX(min(column, row.textStart() + row.textLength()))
    return float(at[0] if isinstance(at, tuple) else at)  # Qt also gives the column that it took


class Margin(QWidget):
    """Beside each line what was cut there, and the role that begins."""

    def __init__(self, context: Context, view: TextView) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._font = theme.sans(_SMALL)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        """Room for a sign and the longest role."""
        from PySide6.QtGui import QFontMetrics

        from bulletin_desktop.ui.review.cutting import ROLES

        metrics = QFontMetrics(self._font)
        words = [self._context.text(f"role.{role}") for role in ROLES]
        widest = max(map(metrics.horizontalAdvance, words))
        return QSize(widest + SIZE + 3 * _PAD, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Signs and roles of the lines that are seen."""
        painter = QPainter(self)
        tokens = self._context.tokens
        painter.fillRect(self.rect(), tokens.colour("ground"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), tokens.colour("line"))
        painter.setFont(self._font)
        cutting = self._view.cutting
        if cutting is not None and cutting.layout.text:
            for block, place in self._view.blocks():
                self._paint_line(painter, block, place)
        painter.end()

    def _paint_line(self, painter: QPainter, block: QTextBlock, place: QRectF) -> None:
        cutting, number = self._view.cutting, block.blockNumber()
        assert cutting is not None
        tokens = self._context.tokens
        row = block.layout().lineAt(0).height() if block.layout().lineCount() else place.height()
        cuts = cutting.cuts(number)
        if cuts:
            at = QPointF(_PAD, place.top() + (row - SIZE) / 2)
            paint_sign(painter, at, cuts[0].role, certainty_of(cuts[0]), tokens)
        painter.setPen(tokens.colour("muted"))
        for top, role in self._begun(cutting, block).items():
            box = QRectF(0, place.top() + top, self.width() - _PAD, row)
            painter.drawText(box, _RIGHT, self._context.text(f"role.{role}"))

    def _begun(self, cutting: Cutting, block: QTextBlock) -> dict[float, str]:
        """Beside each row of a line the first role that begins in it, by the row's place."""
        lines, number = cutting.lines, block.blockNumber()
        found: dict[float, str] = {}
        for segment in cutting.segments(number):
            if segment.role != "body" and segment.start >= lines.start(number):
                column = lines.column(number, segment.start)
                row = block.layout().lineForTextPosition(column)
                found.setdefault(row.y() if row.isValid() else 0, segment.role)
        return found

    def event(self, event: QEvent) -> bool:
        """The rule of a cut as a tooltip."""
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            cuts = self._cuts_at(help_event.pos())
            words = "\n".join(explained(self._context, cut) for cut in cuts)
            QToolTip.showText(help_event.globalPos(), words, self)
            return True
        return super().event(event)

    def _cuts_at(self, where: QPoint) -> list[Cut]:
        cutting = self._view.cutting
        if cutting is None or not cutting.layout.text:
            return []
        line = self._view.cursorForPosition(QPoint(0, where.y())).blockNumber()
        return cutting.cuts(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes the line the one at hand."""
        where = QPoint(0, round(event.position().y()))
        self._view.setTextCursor(self._view.cursorForPosition(where))
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)


def explained(context: Context, cut: Cut) -> str:
    """A cut in words: what begins, by which rule, how sure that is; or that the user said so."""
    sure = certainty_of(cut)
    words = {
        "role": context.text(f"cut.{cut.role}"),
        "certainty": context.text(f"certainty.{sure}"),
    }
    if sure == "yours":
        return context.text("review.cut_yours", **words)
    return context.text("review.cut", rule=context.text(cut.rule), **words)
