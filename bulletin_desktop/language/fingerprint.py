"""Fingerprints of texts: a few numbers by which a text is found again, whole, cut short or edited.

A text is folded to its words alone; every run of ``RUN`` characters gets a number by the rolling
hash of Karp and Rabin. The smallest numbers are kept: a part of the text has those that lie in it
among its own smallest, wherever it begins.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property
from typing import NamedTuple

from bulletin_desktop.language.folding import fold

# A text that is shorter is not compared: phrases of this length are the same in many reports.
LEAST = 80
RUN = 6
# How many numbers a text has: so many, and of a long one enough for a short piece of it.
_NUMBERS = 16
_SPACING = 40
# What two texts have in common is looked for in runs of so many characters.
_SHARED = 5
_LEAST_COMMON = 50
_LEAST_SHARE = 0.55
# A byte for each place where a run begins grows to one for each character of it (five) by these.
_WIDENING = (1, 2, 1)
# Reports that are put together from the same phrases have much in common, but in many short pieces
# that are shuffled. So long passages are enough; of pieces, the fewer are in order, the more of the
# shorter text must be common: (share of pieces in order, share of the text).
_PASSAGE = 25
_ORDERS = ((0.95, 0.62), (0.7, 0.75), (0.0, 0.9))
# Reports of one form differ in their figures; from so many on they are counted.
_FIGURES = 4
_FIGURES_LEAST = 0.5
_FIGURES_SURE = 0.75

# Letters, digits and ideographs by their blocks: a third of the time that \w takes.
_WORDS = re.compile(
    "[\u3400-\u9fff0-9A-Za-z\u00c0-\u1fff\u3005-\u3007\u3041-\u30ff\ua000-\ud7ff"
    "\uf900-\ufaff０-９Ａ-Ｚａ-ｚ\U00020000-\U0003ffff]+"
)
_FIGURE = re.compile(r"\d[\d,.]*\w?")  # with what is counted
# Odd numbers below 2^32 at random: the factors of a run's characters, the last one's first. A
# product with a code point has 53 bits at most, so that the sum of a run fits into 64.
_FACTORS = (2654435761, 3266489917, 668265263, 374761393, 2246822519, 3323198485)
_LANE = 8  # bytes


class Likeness(NamedTuple):
    """How much of the shorter of two texts stands in the longer: characters, and their share.

    They stand there in so many ``pieces``, of which ``forward`` follow one another in the longer
    text too.
    """

    characters: int
    share: float
    pieces: int
    forward: int


def words_of(text: str) -> str:
    """The text without spaces and marks, its letters small and its ASCII half-width."""
    return fold("".join(_WORDS.findall(text)))  # marks first: folding them takes long


def fingerprint(text: str) -> list[int]:
    """The numbers of a text, in rising order; none for one that is too short to be compared."""
    words = words_of(text)
    if len(words) < LEAST:
        return []
    wanted = max(_NUMBERS, len(words) // _SPACING)
    sums = _sums(words, RUN)
    numbers = sums.cast("I")[:: _LANE // 4]
    # Among the numbers with a small highest byte, twice as many as are wanted by all odds, are the
    # smallest; the others need not be looked at.
    highest = 2 * wanted * 256 // len(numbers) + 1
    found: set[int] = set()
    if highest < 256:
        few = _below(highest).finditer(sums[3::_LANE].tobytes())
        found = {numbers[each.start()] for each in few}
    if len(found) < wanted:
        found = set(numbers.tolist())
    return sorted(found)[:wanted]


@cache
def _below(byte: int) -> re.Pattern[bytes]:
    return re.compile(rb"[\x00-\x%02x]" % (byte - 1))


def _sums(words: str, run: int) -> memoryview:
    """The sum for every run of so many characters, of which the lower half is its number.

    One multiplication of long whole numbers makes them all: the text is a number whose digits (of
    64 bits) are the characters, the multiplier one whose digits are the factors.
    """
    digits = bytearray(_LANE * len(words))
    memoryview(digits).cast("I")[:: _LANE // 4] = memoryview(words.encode("utf-32-le")).cast("I")
    product = int.from_bytes(digits, "little") * _multiplier(run)
    lanes = product.to_bytes(len(digits) + _LANE * run, "little")
    return memoryview(lanes)[_LANE * (run - 1) : len(digits)]


@cache
def _multiplier(run: int) -> int:
    return sum(factor << (8 * _LANE * at) for at, factor in enumerate(_FACTORS[:run]))


class Compared:
    """A text that is compared with others: what this takes is made of it once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)

    @cached_property
    def _numbers(self) -> list[int]:
        """A number for each run that is looked for in both; equal runs have the same."""
        return _sums(self.words, _SHARED).cast("Q").tolist()

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(self._numbers)

    def same(self, other: str) -> Likeness | None:
        """The likeness to a text that is the same article, or None where they are two articles.

        Reports that are put together from the same phrases are told apart by the order of these,
        and reports of one form, such as the notices of two years, by their figures.
        """
        beside = Compared(other)
        if not self._may_be_same(beside):
            return None
        kept = _figures_kept(*sorted((self.text, other), key=len))
        if kept is not None and kept < _FIGURES_LEAST:
            return None
        found = _likeness(*sorted((self.words, beside.words), key=len))
        if not _is_enough(found.characters, found.share):
            return None
        if kept is not None and kept >= _FIGURES_SURE:
            return found
        return found if _in_passages(found) else None

    def _may_be_same(self, other: Compared) -> bool:
        """Whether enough may stand in both; most pairs are parted here, and quickly.

        A phrase that the longer text has more often counts as well, so it is never too little.
        """
        if len(self.words) <= len(other.words):
            short, there = self, self._known.intersection(other._numbers)
        else:
            short, there = other, self._known
        covered = int.from_bytes(bytes(map(there.__contains__, short._numbers)), "little")
        for more in _WIDENING:
            covered |= covered << (8 * more)
        characters = covered.bit_count()
        return _is_enough(characters, characters / max(1, len(short.words)))


def same(one: str, other: str) -> Likeness | None:
    """The likeness of two texts that are the same article, or None where they are two articles."""
    return Compared(one).same(other)


def likeness(one: str, other: str) -> Likeness:
    """How many characters of the shorter text stand in the longer, in runs that are no accident.

    A phrase that the longer has more often than the shorter proves nothing. Time is in proportion
    to the texts.
    """
    return _likeness(*sorted((words_of(one), words_of(other)), key=len))


def _likeness(short: str, long: str) -> Likeness:
    runs, known = _runs(short), _runs(long)
    times, often = Counter(runs), Counter(known)
    places = {run: at for at, run in enumerate(known)}
    covered = reach = pieces = forward = 0
    last, step = -1, 0
    for at, run in enumerate(runs):
        if not 0 < often[run] <= times[run]:
            continue
        covered += at + _SHARED - max(at, reach)
        # A run that stands there twice goes on where the last one was.
        place = places[run] if often[run] == 1 else last + at - step
        if at + _SHARED != reach + 1 or place != last + 1:
            pieces += 1
            forward += place > last
        reach, last, step = at + _SHARED, place, at
    return Likeness(covered, covered / max(1, len(short)), pieces, forward)


def _runs(words: str) -> list[str]:
    return [words[at : at + _SHARED] for at in range(len(words) - _SHARED + 1)]


def _is_enough(characters: int, share: float) -> bool:
    return characters >= _LEAST_COMMON and share >= _LEAST_SHARE


def _in_passages(found: Likeness) -> bool:
    """Whether what is common is no mere heap of phrases."""
    if found.characters >= _PASSAGE * found.pieces:
        return True
    order = found.forward / found.pieces
    return found.share >= next(share for least, share in _ORDERS if order >= least)


def _figures_kept(short: str, long: str) -> float | None:
    """The share of the shorter text's figures that the longer has too; None where they are few."""
    figures = set(_FIGURE.findall(fold(short)))
    if len(figures) < _FIGURES:
        return None
    return len(figures & set(_FIGURE.findall(fold(long)))) / len(figures)
