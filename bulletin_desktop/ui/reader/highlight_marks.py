"""Highlights on a page: their grounds under the words, and which one is at hand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from bulletin_desktop.ui.reader.mark_colours import ground
from bulletin_desktop.ui.reader.positions import utf16_points
from bulletin_desktop.ui.reader.stretches import boxes, seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtCore import QRect

    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.ui.reader.page_view import PageView
    from bulletin_desktop.ui.theme import Tokens

_STRIPE = 2.5
_STRIPES = 3  # more would run into the words
_OUTLINE = 1.4
_KNOB = 3.5
_NOWHERE = QRectF(-99, -99, 0, 0)
_NEAR = 7.0  # so near to an edge the mouse takes it


class Marked(NamedTuple):
    """A highlight between two positions of the page; ``inks`` are the colours of its themes."""

    id: int
    start: int
    end: int
    inks: tuple[str, ...]


class _Stretch(NamedTuple):
    """Words with the same highlights on them."""

    start: int
    end: int
    marks: tuple[Marked, ...]


class HighlightMarks:
    """Paints highlights under the words of a page, those that are in sight and no others.

    Where several lie on the same words, their colours are mixed and the ground is stronger; each
    colour but the first has a stripe below the words.
    """

    def __init__(self, page: PageView) -> None:
        self._page = page
        self._marks: list[Marked] = []
        self._ids: dict[int, Marked] = {}
        self._starts: list[int] = []
        self._reach: list[int] = []  # how far those up to here go
        self.current: int | None = None  # the id of the highlight at hand
        page.grounds.insert(0, self._paint)

    def __len__(self) -> int:
        return len(self._marks)

    def show(self, highlights: Sequence[Highlight], inks: Mapping[int, str]) -> None:
        """Mark the highlights of the page's article that have a place; ``inks`` are the colours of
        themes by id.
        """
        placed = [h for h in highlights if h.placed]
        body = self._page.sheet.text.body if placed and self._page.sheet is not None else ""
        units = utf16_points(body, [edge for h in placed for edge in (h.start, h.end)])
        at = self._page.body_at
        self._take(
            Marked(
                h.id, at + units[h.start], at + units[h.end],
                tuple(dict.fromkeys(inks[theme] for theme in h.themes if theme in inks)),
            )
            for h in placed
        )  # fmt: skip

    def _take(self, marks: Iterator[Marked]) -> None:
        self._marks = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.id))
        self._ids = {mark.id: mark for mark in self._marks}
        self._starts = [mark.start for mark in self._marks]
        self._reach = list(accumulate((mark.end for mark in self._marks), max))
        if self.mark is None:
            self.current = None
        self._page.viewport().update()

    def choose(self, highlight: int | None) -> None:
        """Make a highlight the one at hand, or none."""
        self.current = highlight
        self._page.viewport().update()

    def move(self, highlight: int, start: int, end: int) -> None:
        """Show a highlight between other positions."""
        self._take(
            mark._replace(start=start, end=end) if mark.id == highlight else mark
            for mark in list(self._marks)
        )

    # What is where

    @property
    def mark(self) -> Marked | None:
        """The highlight at hand, where it is on the page."""
        return self.by_id(self.current) if self.current is not None else None

    def by_id(self, highlight: int) -> Marked | None:
        """A highlight of the page."""
        return self._ids.get(highlight)

    def over(self, start: int, end: int) -> list[Marked]:
        """The highlights that have words between two positions."""
        first, last = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return [mark for mark in self._marks[first:last] if mark.end > start]

    def under(self, point: QPointF) -> Marked | None:
        """The highlight under a point of the view, the shortest if there are several."""
        position = self._page.cursorForPosition(point.toPoint()).position()
        below = self._on_page(point)
        found = [
            mark for mark in self.over(position - 1, position + 1)
            if any(box.contains(below) for box in self._boxes(mark, position - 1, position + 1))
        ]  # fmt: skip
        return min(found, key=lambda mark: mark.end - mark.start, default=None)

    def edge_at(self, point: QPointF) -> str:
        """Which edge of the highlight at hand is under a point of the view: start, end or ""."""
        mark = self.mark
        if mark is None:
            return ""
        below = self._on_page(point)
        for name, bar in zip(("start", "end"), self._edges(mark), strict=True):
            if bar.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR).contains(below):
                return name
        return ""

    def beyond(self, step: int) -> Marked | None:
        """The highlight after the one at hand (1) or before it (−1), else the nearest to what is
        read.
        """
        mark = self.mark
        if mark is not None:
            number = self._marks.index(mark) + step
        else:
            number = bisect_left(self._starts, self._page.top_position) - (step < 0)
        return self._marks[number] if 0 <= number < len(self._marks) else None

    def _on_page(self, point: QPointF) -> QPointF:
        return point + QPointF(0, self._page.verticalScrollBar().value())

    # Painting

    def _paint(self, exposed: QRect, tokens: Tokens) -> None:
        if not self._marks:
            return
        first, last = seen(self._page, exposed)
        painter = QPainter(self._page.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.translate(0, -self._page.verticalScrollBar().value())
        for stretch in _stretches(self.over(first, last + 1), first, last + 1):
            self._paint_stretch(painter, stretch, tokens)
        mark = self.mark
        if mark is not None and mark.start <= last and mark.end >= first:
            self._paint_current(painter, mark, (first, last + 1), tokens)
        painter.end()

    def _paint_stretch(self, painter: QPainter, stretch: _Stretch, tokens: Tokens) -> None:
        plain = (tokens["highlight"],)
        inks = dict.fromkeys(ink for mark in stretch.marks for ink in mark.inks or plain)
        grounds = [(mark.inks or plain)[0] for mark in stretch.marks]
        colour = ground(tokens["paper"], tokens["text"], grounds, len(stretch.marks))
        for box in boxes(self._page.document(), stretch.start, stretch.end):
            painter.fillRect(box, QColor(colour))
            top = box.bottom()
            for ink in list(inks)[1 : _STRIPES + 1]:
                top -= _STRIPE
                painter.fillRect(QRectF(box.left(), top, box.width(), _STRIPE - 0.5), QColor(ink))

    def _boxes(self, mark: Marked, first: int, last: int) -> Iterator[QRectF]:
        start, end = max(mark.start, first), min(mark.end, last)
        return boxes(self._page.document(), start, end)

    def _paint_current(
        self, painter: QPainter, mark: Marked, sight: tuple[int, int], tokens: Tokens
    ) -> None:
        accent = tokens.colour("accent")
        path = QPainterPath()
        for box in self._boxes(mark, *sight):
            path.addRect(box)
        painter.setPen(QPen(accent, _OUTLINE))
        painter.drawPath(path.simplified())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        start, end = self._edges(mark)
        if mark.start >= sight[0]:
            painter.drawEllipse(start.topLeft(), _KNOB, _KNOB)
        if mark.end <= sight[1]:
            painter.drawEllipse(end.bottomLeft(), _KNOB, _KNOB)

    def _edges(self, mark: Marked) -> tuple[QRectF, QRectF]:
        """The upright lines at which a highlight begins and ends, in pixels of the page; nowhere
        where Qt has not laid out the words yet.
        """
        document = self._page.document()
        first = next(boxes(document, mark.start, mark.start + 1), _NOWHERE)
        last = next(boxes(document, mark.end - 1, mark.end), _NOWHERE)
        start = QRectF(first.left(), first.top(), 0, first.height())
        return start, QRectF(last.right(), last.top(), 0, last.height())


def _stretches(marks: Sequence[Marked], first: int, last: int) -> Iterator[_Stretch]:
    """Highlights in the order of their starts as stretches between their edges, cut to a range."""
    edges = sorted(
        {edge for mark in marks for edge in (mark.start, mark.end) if first < edge < last}
        | {first, last}
    )
    waiting, there = list(reversed(marks)), list[Marked]()
    for start, end in pairwise(edges):
        while waiting and waiting[-1].start <= start:
            there.append(waiting.pop())
        there = [mark for mark in there if mark.end > start]
        if there:
            yield _Stretch(start, end, tuple(there))
