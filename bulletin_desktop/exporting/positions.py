"""How another program counts in a text that it hands over beside its positions.

The standard counts code points of the file as it is. ATLAS.ti counts a line end as one character
though it writes two; programs that hold text as UTF-16 count its units; a byte order mark counts
or not. The names of selections, which nearly all programs fill with the words that they mark, tell.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MARK = "\ufeff"
_LOOKED = 50  # selections that are looked at
_WORDS = 20  # code points of a name that are compared


class Counting(NamedTuple):
    """A text with line feeds alone; ``at`` gives the code point of it for a given position."""

    text: str
    at: Callable[[int], int]


def counting(raw: str, origin: str, named: Sequence[tuple[int, int, str]]) -> Counting:
    """How positions count in a text: by what the names of selections say, else as usual.

    ``named`` are start, end and name of selections, ``origin`` the program that wrote them.
    """
    ways = _ways(raw)
    usual = "ATLAS" in origin.upper() and len(ways) > 1
    order = sorted(ways, key=lambda way: (way.lines == usual, -way.wide, -way.marked), reverse=True)
    told = [each for each in named if each[2].strip()][:_LOOKED]
    most = max((end for _, end, _ in named), default=0)

    def fitness(way: _Way) -> tuple[int, bool]:
        return sum(way.says(*each) for each in told), most <= way.length

    best = max(order, key=fitness)
    return Counting(best.text, best.at)


class _Way:
    """One way to count: with a line end as one (``lines``), in UTF-16 units (``wide``), with the
    byte order mark (``marked``).
    """

    def __init__(self, raw: str, *, lines: bool, wide: bool, marked: bool) -> None:
        self.lines, self.wide, self.marked = lines, wide, marked
        self.text = _plain(raw)
        counted = raw if marked else raw.removeprefix(_MARK)
        if lines:
            counted = counted.replace("\r\n", "\n").replace("\r", "\n")
        # For each character of the counted text its place there and in the plain one.
        self._units = list(accumulate((1 + (wide and c > "\uffff") for c in counted), initial=0))
        kept = [not (c == _MARK and k == 0) and not _is_first(counted, k)
                for k, c in enumerate(counted)]  # fmt: skip
        self._places = list(accumulate(map(int, kept), initial=0))
        self.length = self._units[-1]

    def at(self, position: int) -> int:
        """The code point of the plain text."""
        return self._places[min(bisect_left(self._units, position), len(self._places) - 1)]

    def says(self, start: int, end: int, name: str) -> bool:
        """Whether the words between two positions are those of a name."""
        words = "".join(name.rstrip("….").split())[:_WORDS]
        there = "".join(self.text[self.at(start) : self.at(end)].split())
        return bool(words) and there.startswith(words)


def _is_first(text: str, place: int) -> bool:
    """Whether a character is the first one of a line end of two."""
    return text[place : place + 2] == "\r\n"


def _plain(raw: str) -> str:
    return raw.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _ways(raw: str) -> list[_Way]:
    """The ways to count that make a difference in a text; the standard's own comes first."""
    both = (False, True)
    return [
        _Way(raw, lines=lines, wide=wide, marked=marked)
        for lines in (both if "\r\n" in raw else both[:1])
        for wide in (both if any(c > "\uffff" for c in raw) else both[:1])
        for marked in (both if raw.startswith(_MARK) else both[:1])
    ]
