"""From code points of an article's shown body to those of its document, and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library.overlay import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.library.overlay import Mending


class _Sides(NamedTuple):
    """Where the pieces begin and end on one of the two sides, in their order."""

    starts: list[int]
    ends: list[int]


class BodyMap:
    """Where the words of a shown body stand in the document; ``body`` is the body itself.

    ``paragraphs`` are the printed ones, each with where it begins in the document. The words fall
    into pieces that stand in both; those of a mended misprint only as a whole.
    """

    def __init__(self, paragraphs: Sequence[tuple[str, int]], mends: Sequence[Mending]) -> None:
        self._shown = _Sides([], [])
        self._printed = _Sides([], [])
        self._mended: list[bool] = []
        shown: list[str] = []
        at = 0
        for words, place in paragraphs:
            # Nearly always there is no misprint, and thousands of paragraphs are looked through.
            for piece, printed in pieces(words, place, mends) if mends else ((words, None),):
                length = len(piece if printed is None else printed)
                if length:
                    self._shown.starts.append(at)
                    self._shown.ends.append(at + len(piece))
                    self._printed.starts.append(place)
                    self._printed.ends.append(place + length)
                    self._mended.append(printed is not None)
                shown.append(piece)
                at += len(piece)
                place += length  # noqa: PLW2901 - from piece to piece
            shown.append("\n")
            at += 1
        self.body = "".join(shown[:-1])

    @classmethod
    def of_spans(cls, spans: Sequence[tuple[int, int]]) -> BodyMap:
        """A map without the words, of paragraphs in which no misprint is mended: where they begin
        and end in the document.
        """
        made = cls([], ())
        begun = accumulate((end - start + 1 for start, end in spans), initial=0)
        found = [(next(begun), start, end) for start, end in spans]
        found = [each for each in found if each[1] < each[2]]
        made._shown = _Sides([f[0] for f in found], [f[0] + f[2] - f[1] for f in found])
        made._printed = _Sides([f[1] for f in found], [f[2] for f in found])
        made._mended = [False] * len(found)
        return made

    def to_document(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of the document behind a stretch of the body; None where that is blank."""
        return self._mapped(start, end, self._shown, self._printed)

    def to_body(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of the body that shows a stretch of the document; None where none does."""
        return self._mapped(start, end, self._printed, self._shown)

    def _mapped(self, start: int, end: int, given: _Sides, other: _Sides) -> tuple[int, int] | None:
        """A stretch of the one side on the other."""
        first = bisect_right(given.ends, start)
        last = bisect_left(given.starts, end) - 1
        if first > last or start >= end:
            return None
        begun = max(0, start - given.starts[first])
        short = max(0, given.ends[last] - end)
        return (
            other.starts[first] + (0 if self._mended[first] else begun),
            other.ends[last] - (0 if self._mended[last] else short),
        )
