"""Hits on a page: where words are found in an article, and their marks under its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from bulletin_desktop.ui.reader.positions import utf16_length, utf16_ranges
from bulletin_desktop.ui.reader.stretches import boxes, seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QRect

    from bulletin_desktop.ui.reader.page_view import PageView
    from bulletin_desktop.ui.theme import Tokens

# Gives the ranges of code points in which something is found in a text of a field (title, body …).
Find = Callable[[str, str], list[tuple[int, int]]]

_ROUND = 2.5
_LINE = 1.5


class Part(NamedTuple):
    """Words of an article, and the position where its page has them."""

    words: str
    position: int
    field: str


def parts_of(page: PageView) -> list[Part]:
    """What is found on a page: all but the line of facts, whose words are the program's."""
    assert page.sheet is not None
    text = page.sheet.text
    article = text.article
    parts, at = [], 0
    heads = (
        ("kicker", article.kicker, ""), ("title", article.title, ""),
        ("subtitle", article.subtitle, "——"),
    )  # fmt: skip
    for field, words, before in heads:
        if words:
            parts.append(Part(words, at + len(before), field))
            at += len(before) + utf16_length(words) + 1
    parts.append(Part(text.body, page.body_at, "body"))
    if article.source:
        end = page.document().characterCount() - 1 - len("）")
        parts.append(Part(article.source, end - utf16_length(article.source), "source"))
    return parts


def hits_in(parts: Iterable[Part], find: Find) -> list[tuple[int, int]]:
    """The starts and ends of all hits as positions of the page, in their order."""
    return [
        (position + start, position + end)
        for words, position, field in parts
        for start, end in utf16_ranges(words, _apart(find(words, field)))
    ]


def _apart(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in their order; what overlaps is one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


class HitMarks:
    """Paints hits under the words of a page, those that are in sight and no others."""

    def __init__(self, page: PageView) -> None:
        self._page = page
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.current: int | None = None  # the number of the hit that one went to, from 0
        page.grounds.append(self._paint)

    def __len__(self) -> int:
        return len(self._starts)

    def show(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark hits, given in their order, in the place of those before; none is the current."""
        self._starts = [start for start, _ in hits]
        self._ends = [end for _, end in hits]
        self.current = None
        self._page.viewport().update()

    def go(self, number: int) -> None:
        """Make a hit the current one and have it in sight."""
        self.current = number
        self._page.look_at(self._starts[number])
        self._page.viewport().update()

    def from_place(self, position: int) -> int:
        """The number of the first hit at a position or after it; beyond the last one if none is."""
        return bisect_left(self._starts, position)

    def beyond(self, step: int) -> int | None:
        """The hit after the current one (1) or before it (−1), else the nearest to what is read."""
        if self.current is not None:
            number = self.current + step
        else:
            number = self.from_place(self._page.top_position) - (step < 0)
        return number if 0 <= number < len(self) else None

    @property
    def place(self) -> int:
        """Where one is: the current hit while it is in sight, else the top of what is seen."""
        if self.current is not None and self._page.sees(self._starts[self.current]):
            return self._starts[self.current]
        return self._page.top_position

    def _paint(self, exposed: QRect, tokens: Tokens) -> None:
        if not self._starts:
            return
        page, document = self._page, self._page.document()
        first, last = seen(page, exposed)
        painter = QPainter(page.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -page.verticalScrollBar().value())
        for number in range(bisect_right(self._ends, first), bisect_right(self._starts, last)):
            now = number == self.current
            painter.setBrush(tokens.colour("hit_now" if now else "hit"))
            painter.setPen(QPen(tokens.colour("accent"), _LINE) if now else Qt.PenStyle.NoPen)
            for box in boxes(document, self._starts[number], self._ends[number]):
                painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.end()
