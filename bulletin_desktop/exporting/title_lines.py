"""Lines of a title that is too long for one: broken by sense, and about equally long.

GB/T 9704-2012, 7.3.1: a title in several lines keeps words whole and its lines in proportion.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

# The alphabets stand before Hangul and the general punctuation, which Chinese fonts set full-width.
_NARROW = re.compile("[\u0000-\u10ff]+")
_WHOLE = re.compile(r"[0-9A-Za-z.%-]+|“[^”]{1,10}”|《[^》]{1,16}》|（[^）]{1,10}）")
_LINE = re.compile(r"[^\r\n]+")
_OPENING, _CLOSING = "“‘「『（(《〈【〔[", "”’」』）)》〉】〕]，。、；：！？,.;:!?"


def title_lines(title: str, breaks: Collection[int], room: float) -> tuple[str, ...]:
    """The lines of a title; ``breaks`` are code points of the title where a word ends.

    ``room`` is how many Chinese characters a line holds, 0 for any number. A title that has no fit
    place to be broken at stays as it is.
    """
    found: list[str] = []
    for line in _LINE.finditer(title):
        words, start = line[0].strip(), line.start() + len(line[0]) - len(line[0].lstrip())
        if words:
            found += _broken(words, _fit(words, (at - start for at in breaks)), room)
    return tuple(found)


def width(text: str) -> float:
    """The width in Chinese characters; Latin letters and digits take half of one."""
    return len(text) - sum(map(len, _NARROW.findall(text))) / 2


def _fit(words: str, breaks: Iterable[int]) -> list[int]:
    """The breaks that part no number, no short quotation, and no mark from its word."""
    whole = [at for found in _WHOLE.finditer(words) for at in range(found.start() + 1, found.end())]
    within = {at for at in breaks if 0 < at < len(words)}
    return sorted(at for at in within - set(whole) if _may_break(words, at))


def _may_break(words: str, at: int) -> bool:
    return words[at - 1] not in _OPENING and words[at] not in _CLOSING


def _broken(words: str, breaks: Sequence[int], room: float) -> list[str]:
    whole = width(words)
    if not room or whole <= room:
        return [words]
    least = math.ceil(whole / room)
    for count in (least, least + 1):
        ends = _best(words, breaks, count, room)
        if ends:
            starts = [0, *ends[:-1]]
            return [words[a:b].strip() for a, b in zip(starts, ends, strict=True)]
    return [words]


def _best(words: str, breaks: Sequence[int], count: int, room: float) -> list[int]:
    """Where the lines end that differ least from one another; nothing where they do not fit."""
    fair = width(words) / count
    # For each place how good the lines up to it can be, and where they end: as negative numbers, so
    # that of two ways as good the one with the longer upper lines is less.
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, list[int]]] = {}
        for end in breaks if number < count else [len(words)]:
            for start, (cost, ends) in ways.items():
                long = width(words[start:end])
                if start < end and long <= room:
                    way = cost + (long - fair) ** 2, [*ends, -end]
                    reached[end] = min(reached.get(end, way), way)
        ways = reached
    return [-end for end in ways[len(words)][1]] if ways else []
