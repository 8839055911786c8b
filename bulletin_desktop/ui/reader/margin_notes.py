"""Notes on highlights in the room beside the column, each at the height of its words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout, QTextOption

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.reader.stretches import seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.ui.reader.page_view import PageView
    from bulletin_desktop.ui.theme import Tokens

# Room for a note: what the page keeps free where it can, and the least that holds words.
ROOM = 190
_LEAST_ROOM = 112
_WIDEST = 200
_GAP = 22
_EDGE = 10
_INDENT = 9
_LINE = 2
_BETWEEN = 8
_MOST_LINES = 6
_SIZE = 12
_PITCH = 18
_SIGN = 9.0


class MarginNote(NamedTuple):
    """A note on a highlight that begins at a position of the page."""

    highlight: int
    position: int
    words: str
    private: bool
    ink: str  # of the line beside it; "" where the highlight has no theme


class _Placed(NamedTuple):
    """A note in pixels of the page; without lines it is a mere sign."""

    note: MarginNote
    box: QRectF
    lines: tuple[str, ...]


class MarginNotes:
    """Paints notes beside their words. One that another is in the way of stands below that one.

    Where there is no room for words, a small sign stands in their place. Notes are placed from the
    top down as far as one has seen, since Qt lays out a page no further.
    """

    def __init__(self, page: PageView) -> None:
        self._page = page
        self._notes: Sequence[MarginNote] = ()
        self._placed: list[_Placed] = []
        self.open: int | None = None  # the highlight whose note is written at the moment
        page.grounds.append(self._paint)
        page.laid_out.connect(self._forget)

    def show(self, notes: Sequence[MarginNote]) -> None:
        """Show notes, given in the order of their positions."""
        self._notes = notes
        self._forget()
        if notes:  # kept from then on, so that the column stands still from article to article
            self._page.keep_margin(ROOM)

    def _forget(self) -> None:
        self._placed = []
        self._page.viewport().update()

    @property
    def room(self) -> QRect:
        """Where words can stand, in pixels of the view, as high as that; narrow without room."""
        left = self._page.lineWrapColumnOrWidth()
        view = self._page.viewport()
        width = min(view.width() - left - _GAP - _EDGE, _WIDEST)
        return QRect(left + _GAP, 0, width, view.height())

    def under(self, point: QPointF) -> int | None:
        """The highlight whose note is under a point of the view."""
        below = point + QPointF(0, self._page.verticalScrollBar().value())
        grown = (-4, -4, 4, 4)
        return next(
            (p.note.highlight for p in self._placed if p.box.adjusted(*grown).contains(below)), None
        )

    # Placing

    def _place_to(self, position: int) -> None:
        """Place the notes of all highlights that begin before a position of the page."""
        for note in self._notes[len(self._placed) :]:
            if note.position > position:
                return
            lowest = self._placed[-1].box.bottom() + _BETWEEN if self._placed else 0.0
            self._placed.append(self._place(note, max(lowest, self._page.line_top(note.position))))

    def _place(self, note: MarginNote, top: float) -> _Placed:
        room = self.room
        if room.width() < _LEAST_ROOM - _GAP - _EDGE:
            column = self._page.lineWrapColumnOrWidth()
            left = column + max(1.0, (self._page.viewport().width() - column - _SIGN) / 2)
            return _Placed(note, QRectF(left, top + _PITCH / 2, _SIGN, _SIGN), ())
        lines = _lines(note.words, room.width() - _INDENT)
        box = QRectF(room.left(), top + 4, room.width(), len(lines) * _PITCH)
        return _Placed(note, box, lines)

    # Painting

    def _paint(self, exposed: QRect, tokens: Tokens) -> None:
        if not self._notes:
            return
        self._place_to(seen(self._page, self._page.viewport().rect())[1])
        above = self._page.verticalScrollBar().value()
        sight = QRectF(exposed.translated(0, above)).adjusted(0, -_PITCH, 0, _PITCH)
        painter = QPainter(self._page.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -above)
        painter.setFont(theme.sans(_SIZE))
        for placed in self._placed:
            if placed.box.intersects(sight) and placed.note.highlight != self.open:
                _paint_note(painter, placed, tokens)
        painter.end()


def _paint_note(painter: QPainter, placed: _Placed, tokens: Tokens) -> None:
    note, box = placed.note, placed.box
    ink = QColor(note.ink or tokens["highlight"])
    if not placed.lines:
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if note.private else ink)
        painter.drawRoundedRect(box, 2, 2)
        return
    style = Qt.PenStyle.DotLine if note.private else Qt.PenStyle.SolidLine
    painter.setPen(QPen(ink, _LINE, style, Qt.PenCapStyle.FlatCap))
    painter.drawLine(box.topLeft() + QPointF(1, 0), box.bottomLeft() + QPointF(1, 0))
    painter.setPen(tokens.colour("muted"))
    for number, line in enumerate(placed.lines):
        row = QRectF(box.left() + _INDENT, box.top() + number * _PITCH, box.width(), _PITCH)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)


@lru_cache(maxsize=2048)
def _lines(words: str, width: int) -> tuple[str, ...]:
    """The first lines of a note, the last one cut short where there are more."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    found: list[str] = []
    for paragraph in words.split("\n"):
        layout = QTextLayout(paragraph, theme.sans(_SIZE))
        layout.setTextOption(option)
        layout.beginLayout()
        while len(found) <= _MOST_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, length = line.textStart(), line.textLength()
            found.append(_units(paragraph, start, length))
        layout.endLayout()
    if len(found) > _MOST_LINES:
        found = [*found[: _MOST_LINES - 1], f"{found[_MOST_LINES - 1][:-1]}…"]
    return tuple(found)


def _units(text: str, start: int, length: int) -> str:
    """What stands between two UTF-16 positions of a text."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "surrogatepass").rstrip()
