"""Where a word stands in a text, and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from bulletin_desktop.language.folding import fold
from bulletin_desktop.model.query import Spelling

Range = tuple[int, int]

_SENTENCE_END = re.compile(r"[。！？；!?;][”’」』）)]*|\n")
_MARK = "…"

# The digits of a year; a zero is written in many ways, the letter o among them.
_DIGITS = ("〇○零o0◯", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_CHINESE = {sign: str(digit) for digit, signs in enumerate(_DIGITS) for sign in signs}
_SIGNS = "".join(_DIGITS) + "123456789"
_YEAR = re.compile(rf"(?<![{_SIGNS}])(?:[12]|一|二)[{_SIGNS}]{{3}}(?![{_SIGNS}])")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text for a result list; ``ranges`` are the hits, in its own code points."""

    text: str
    ranges: tuple[Range, ...]


class Needle:
    """A text to be looked for, under a spelling.

    ``phrases`` are the ways in which it may be written, folded: one of them stands where it does.
    """

    def __init__(self, text: str, spelling: Spelling) -> None:
        folded = fold(text)
        self.spelling = spelling
        self.phrases = _years(folded) if spelling.years else (folded,)
        self.tight = tuple(re.sub(r"\s", "", phrase) for phrase in self.phrases)
        self._plain = re.compile("|".join(map(re.escape, self.phrases)))
        self._head = self._plain
        if spelling.spaces:
            self._head = re.compile("|".join(map(_spaced, self.tight)))
        elif spelling.lines and "\n" not in folded:
            self._head = re.compile("|".join(map(_broken, self.phrases)))

    def places(self, folded: str, *, head: bool = False) -> list[Range]:
        """All occurrences in a folded text, in code points, ends exclusive.

        In a ``head`` (title, kicker, subtitle) the spelling may let lines or spaces come between
        the characters.
        """
        pattern = self._head if head else self._plain
        return [found.span() for found in pattern.finditer(folded) if found.end() > found.start()]

    def stands_in(self, folded: str, *, head: bool = False) -> bool:
        """Whether it occurs in a folded text."""
        if not head:
            return any(phrase in folded for phrase in self.phrases)
        return self._head.search(folded) is not None


def _broken(phrase: str) -> str:
    """The phrase, which may run over the lines of a title."""
    return r"\n?".join(map(re.escape, phrase))


def _spaced(phrase: str) -> str:
    return r"\s*".join(map(re.escape, phrase)) or "(?!)"


def _years(folded: str) -> tuple[str, ...]:
    """The text with its years in Arabic and in Chinese digits, zeros in all forms."""
    pieces: list[tuple[str, ...]] = []
    at = 0
    for found in _YEAR.finditer(folded):
        pieces += [(folded[at : found.start()],), _forms(found[0])]
        at = found.end()
    pieces.append((folded[at:],))
    return tuple(dict.fromkeys("".join(choice) for choice in product(*pieces)))


def _forms(year: str) -> tuple[str, ...]:
    digits = "".join(_CHINESE.get(sign, sign) for sign in year)
    chinese = product(*(_DIGITS[int(digit)] for digit in digits))
    return (digits, *("".join(signs) for signs in chinese))


def snippet(text: str, ranges: Sequence[Range], width: int = 60) -> Snippet:
    """About ``width`` code points of ``text`` around its first hit, or its start without a hit.

    Begins and ends where a sentence does if such a border is near, and else with ``…``. White space
    such as a line feed shows as a space. The ranges are the hits inside, overlapping ones joined.
    """
    first, last = min(ranges, default=(0, 0))
    start, cut_before = _start(text, first, width)
    end, cut_after = _end(text, last, start + width, width // 3)
    end = max([end, *(b for a, b in ranges if a < end)])  # no hit is cut in two
    before = _MARK if cut_before else ""
    after = _MARK if cut_after and text[end:].strip() else ""
    shift = len(before) - start
    inside = [(max(a, start) + shift, min(b, end) + shift) for a, b in ranges]
    shown = re.sub(r"\s", " ", text[start:end])
    return Snippet(before + shown + after, _joined(r for r in inside if r[0] < r[1]))


def _start(text: str, hit: int, width: int) -> tuple[int, bool]:
    """Where to begin so that the hit is seen with what leads to it, and whether that cuts."""
    near = hit - width // 2
    if near <= 0:
        start, cuts = 0, False
    elif border := _SENTENCE_END.search(text, near, hit):
        start, cuts = border.end(), False
    else:
        start, cuts = hit - width // 4, True
    while start < hit and text[start].isspace():
        start += 1
    return start, cuts


def _end(text: str, hit_end: int, limit: int, slack: int) -> tuple[int, bool]:
    """Where to stop near ``limit`` and not before the hit's end, and whether that cuts."""
    limit = max(limit, hit_end)
    end, cuts = len(text.rstrip()), False
    if end > limit:
        near = max(hit_end, limit - slack)
        borders = [border.end() for border in _SENTENCE_END.finditer(text, near, limit)]
        end, cuts = (borders[-1], False) if borders else (limit, True)
    while end > hit_end and text[end - 1].isspace():
        end -= 1
    return max(end, hit_end), cuts


def _joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges in order, those that overlap made one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
