"""Lines as they stand on pages, joined to paragraphs by margins, indents and distances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bulletin_desktop.parsing import marks

_EDGE_DEPTH = 2.0  # ems that a full line may stop short of the margin: no 。 begins a line
_EDGE_SHARE = 0.05  # of the lines of a column end at its margin, at the least
_NARROWEST = 12.0  # ems of a column
_COLUMN_SHARE = 0.1  # of all lines; fewer are titles in the middle of the page
_SAME_LEFT = 5.0  # ems between lefts of lines of one column: indents of any kind
_INDENT = 0.7  # ems
_LEAST_INDENT, _MOST_INDENT = 1.5, 4.2
_CENTRED = 0.75  # ems by which the spaces on both sides differ
_LOOSE = 1.45  # a distance of lines this much above the usual one parts paragraphs
_SAME_SIZE = 0.12
_BORDER_LINES = 2  # lines at head and foot of a page that may be running
_DIGITS = re.compile(r"\d+")
# What a line does not break inside.
_WORD = re.compile(r"[“‘（《「『【〔]*(?:[!-~]+|.)[”’）》」』】〕。，、；：！？…]*")
_COUNTED = re.compile("[一二三四五六七八九十]{1,2}是")


class PrintedLine(NamedTuple):
    """A line with its place on the page, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


def paragraphs(pages: Sequence[Sequence[PrintedLine]]) -> list[str]:
    """The paragraphs of all pages, form feeds between pages.

    Page numbers and running heads stay lines of their own; where a paragraph goes on over the turn
    of a page they follow it.
    """
    measures = _Measures(pages)
    running = _running(pages, measures.step)
    writer = _Writer(measures)
    for number, page in enumerate(pages):
        if number:
            writer.put_aside("\f")
        for at, line in enumerate(page):
            if at in running[number]:
                writer.put_aside(line.text)
            else:
                writer.add(line, number)
    return writer.finish()


class _Measures:
    """What is usual in a document: where lines end and begin, and how far apart they are."""

    def __init__(self, pages: Sequence[Sequence[PrintedLine]]) -> None:
        lines = sorted((line for page in pages for line in page), key=lambda line: line.left)
        sizes = sorted(line.size for line in lines for _ in range(len(line.text)))
        self._em = sizes[len(sizes) // 2] if sizes else 12.0
        self._columns: list[tuple[float, float]] = []  # left and right margin
        total = len(lines)
        while lines:
            left = lines[0].left
            column = [line for line in lines if line.left <= left + _SAME_LEFT * self._em]
            right = _margin([line.right for line in column], self._em)
            is_wide = right - left >= _NARROWEST * self._em
            if is_wide and len(column) >= _COLUMN_SHARE * total:
                self._columns.append((left, right))
            lines = lines[len(column) :]
        steps = Counter(
            round(a.bottom - b.bottom)
            for page in pages
            for a, b in pairwise(page)
            if 0 < a.bottom - b.bottom < 6 * self._em
        )
        self.step = float(steps.most_common(1)[0][0]) if steps else 2 * self._em

    def _column(self, line: PrintedLine) -> tuple[float, float] | None:
        return next((c for c in reversed(self._columns) if c[0] <= line.left + 1), None)

    def is_full(self, line: PrintedLine, after: PrintedLine) -> bool:
        """Whether what begins the line after would have had no room in a line."""
        column = self._column(line)
        word = _WORD.match(after.text)
        ems = sum(0.5 if c < "\x7f" else 1.0 for c in word[0]) if word else 0.0
        width = max(_EDGE_DEPTH, 1 + ems) * line.size
        return column is not None and line.right >= column[1] - width

    def is_set_in(self, line: PrintedLine) -> bool:
        """Whether a line begins right of where its column does."""
        column = self._column(line)
        return column is None or line.left - column[0] > _INDENT * self._em

    def is_paragraph_indent(self, line: PrintedLine) -> bool:
        """Whether a line is set in by two characters or a tab, as a paragraph is."""
        column = self._column(line)
        if column is None:
            return False
        left, right = (line.left - column[0]) / line.size, (column[1] - line.right) / line.size
        centred = abs(left - right) < _CENTRED and right > _CENTRED
        return _LEAST_INDENT <= left <= _MOST_INDENT and not centred

    def is_far(self, last: PrintedLine, line: PrintedLine) -> bool:
        """Whether there is more than the usual distance between two lines of a page."""
        return last.bottom - line.bottom > _LOOSE * max(self.step, line.size)


def _margin(rights: Sequence[float], em: float) -> float:
    """The outermost place at which several lines end."""
    left = sorted(rights, reverse=True)
    least = max(2.0, _EDGE_SHARE * len(left))
    for at, right in enumerate(left):
        reach = min(at + int(least) - 1, len(left) - 1)
        if left[reach] >= right - _EDGE_DEPTH * em:
            return right
    return left[0]


class _Writer:
    def __init__(self, measures: _Measures) -> None:
        self._measures = measures
        self._paragraphs: list[str] = []
        self._words = ""
        self._last: PrintedLine | None = None
        self._page = 0
        self._aside: list[str] = []  # what waits for the end of the paragraph

    def add(self, line: PrintedLine, page: int) -> None:
        """A line of the text itself."""
        if self._last is not None and self._goes_on(self._last, line, page):
            self._words = _joined(self._words, line.text.strip())
        else:
            far = (
                self._last is not None
                and page == self._page
                and self._measures.is_far(self._last, line)
            )
            self._end()
            if far:
                self._paragraphs.append("")
            set_in = self._measures.is_paragraph_indent(line) and not line.text[0].isspace()
            self._words = "　　" + line.text if set_in else line.text
        self._last, self._page = line, page

    def put_aside(self, text: str) -> None:
        """A line that belongs to the page and not to the text."""
        self._aside.append(text)

    def finish(self) -> list[str]:
        self._end()
        return self._paragraphs

    def _end(self) -> None:
        if self._last is not None:
            self._paragraphs.append(self._words)
        self._paragraphs += self._aside
        self._aside = []

    def _goes_on(self, last: PrintedLine, line: PrintedLine, page: int) -> bool:
        """Whether a line carries on the paragraph of the one before."""
        if line.text[0].isspace() or "\t" in line.text:
            return False
        if abs(line.size - last.size) > _SAME_SIZE * last.size:
            return False
        if page == self._page and self._measures.is_far(last, line):
            return False
        if _opens(line.text, last.text) or not self._measures.is_full(last, line):
            return False
        return not self._measures.is_set_in(line)


def _opens(text: str, before: str) -> bool:
    """Whether a line begins as paragraphs do, with a bullet, a number or a section's bracket."""
    if before[-1] in "。；" and _COUNTED.match(text):
        return True
    return (
        text[0] in marks.BULLETS
        or text[0] in "【〖"
        or bool(marks.NUMBERED.match(text))
        or bool(marks.RULE.match(text))
    )


def _joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one: Latin words with a space, a broken one without hyphen."""
    latin = before[-1:].isascii() and after[:1].isascii()
    if latin and before.endswith("-") and after[:1].isalpha():
        return before[:-1] + after
    return f"{before} {after}" if latin and before[-1:].isalnum() else before + after


def _running(pages: Sequence[Sequence[PrintedLine]], step: float) -> list[set[int]]:
    """For each page which of its lines are page numbers or stand on most pages."""
    borders = [_border(page, step) for page in pages]
    counts = Counter(
        key for page, border in zip(pages, borders, strict=True)
        for key in {_key(page[at].text) for at in border}
    )  # fmt: skip
    least = max(2, len(pages) // 3)
    return [
        {
            at
            for at in border
            if marks.PAGE.match(page[at].text)
            or (len(pages) > 1 and counts[_key(page[at].text)] >= least)
        }
        for page, border in zip(pages, borders, strict=True)
    ]


def _border(page: Sequence[PrintedLine], step: float) -> set[int]:
    """The lines at the head and the foot of a page, which stand apart from its text."""
    upwards = sorted(range(len(page)), key=lambda at: page[at].bottom)
    return {*_outer(page, upwards, step), *_outer(page, upwards[::-1], step)}


def _outer(page: Sequence[PrintedLine], order: Sequence[int], step: float) -> Sequence[int]:
    """The first lines in an order up to a wide distance, one at the least."""
    for count in range(_BORDER_LINES, 1, -1):
        if count < len(order):
            inner, outer = page[order[count]], page[order[count - 1]]
            if abs(inner.bottom - outer.bottom) > _LOOSE * step:
                return order[:count]
    return order[:1]


def _key(text: str) -> str:
    return _DIGITS.sub("0", "".join(text.split()))
