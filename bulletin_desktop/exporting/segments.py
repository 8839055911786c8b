"""A line cut where highlights and subheads begin and end, so that what overlaps nests."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.exporting.tints import tint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_desktop.exporting.blocks import Line, LineMark


class Segment(NamedTuple):
    """Text under the same marks throughout, the one that begins first before the others.

    ``level`` is that of the subhead it belongs to, 0 for none. ``begins`` and ``ends`` are those of
    the marks whose highlights begin or end with this segment.
    """

    text: str
    marks: tuple[LineMark, ...]
    level: int
    begins: tuple[LineMark, ...]
    ends: tuple[LineMark, ...]

    @property
    def ground(self) -> str:
        """The colour behind the text (RRGGBB): of the mark on top, which begins last; or empty."""
        return next(filter(None, (tint(mark.colour) for mark in reversed(self.marks))), "")


def segments(line: Line) -> Iterator[Segment]:
    """The segments of a line in order; together they are its text."""
    spans = [(x.start, x.end) for x in line.marks] + [(x.start, x.end) for x in line.heads]
    cuts = sorted({0, len(line.text), *(place for span in spans for place in span)})
    marks = sorted(line.marks, key=lambda mark: (mark.start, -mark.end))
    for start, end in pairwise(cuts):
        over = tuple(mark for mark in marks if mark.start <= start and end <= mark.end)
        levels = [head.level for head in line.heads if head.start <= start and end <= head.end]
        yield Segment(
            line.text[start:end],
            over,
            levels[0] if levels else 0,
            tuple(mark for mark in over if mark.first and mark.start == start),
            tuple(mark for mark in over if mark.last and mark.end == end),
        )
