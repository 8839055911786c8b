"""What two texts share and where they differ."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, NamedTuple

DifferenceKind = Literal["only", "changed", "moved"]


class Passage(NamedTuple):
    """The same characters in both texts: where they begin, in code points, and how many."""

    one: int
    other: int
    length: int


class Difference(NamedTuple):
    """A passage that the other text does not have, has otherwise, or has elsewhere."""

    kind: DifferenceKind
    start: int
    end: int


class Comparison(NamedTuple):
    """The shared passages in order, and the differences in either text; all in code points.

    ``stops`` are the places of the differences in both texts, to go from one to the next.
    """

    passages: tuple[Passage, ...]
    one: tuple[Difference, ...]
    other: tuple[Difference, ...]
    stops: tuple[tuple[int, int], ...]

    def opposite(self, place: int, *, back: bool = False) -> int:
        """The place in the other text that belongs to a place in the one; ``back`` the reverse."""
        mine, theirs = (1, 0) if back else (0, 1)
        at = bisect_right(self.passages, place, key=lambda passage: passage[mine]) - 1
        if at < 0:
            return 0
        passage = self.passages[at]
        return passage[theirs] + min(place - passage[mine], passage.length)
