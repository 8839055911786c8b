"""Where in a label what is typed stands: characters, pinyin, initials, the beginnings of words."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.pinyin import (
    UNIT,
    Rank,
    all_readings,
    character_rank,
    letters_of,
    spelled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 6  # letters of the longest syllable, zhuang
_DEPTH = 3  # units that a pattern looks at before a label is read
_Range = tuple[int, int]


class Located(NamedTuple):
    """How well a label fits, and the code points in it that do, in order."""

    rank: Rank
    ranges: tuple[_Range, ...]

    @property
    def spread(self) -> int:
        """Code points from the first to the last that fits."""
        return self.ranges[-1][1] - self.ranges[0][0]


class Finder:
    """Finds one typed text in many labels.

    Most labels are turned away, and scattered initials found, by patterns of the characters that
    can begin what is typed; only the others are read character by character.
    """

    def __init__(self, typed: str, labels: Iterable[str]) -> None:
        self._wanted = fold(typed).strip()
        self._letters = letters_of(self._wanted)
        words = (letters_of(word) for word in self._wanted.split())
        self._words = [letters for letters in words if letters]
        self._readings = [
            (character, all_readings(character))
            for character in sorted(set(fold("".join(labels))))
            if UNIT.fullmatch(character) and not character.isascii()
        ]
        self._openings = {
            letters: re.compile(self._opening(letters, _DEPTH))
            for letters in {self._letters, *self._words}
            if letters
        }
        initials = (f"(?>.*?({self._beginning(letter)}))" for letter in self._letters)
        self._scattered = re.compile("".join(initials), re.DOTALL)

    def locate(self, label: str) -> Located | None:
        """How what is typed fits a label of those that were given; None where it does not.

        As for themes, characters come before pinyin and its initials, the beginning before the
        midst. Words parted by spaces may stand apart, and at last initials (gzxs for 工资集体协商).
        """
        folded = fold(label)
        rank = character_rank(self._wanted, folded.strip())
        if rank is not None:
            start = folded.index(self._wanted)
            return Located(rank, ((start, start + len(self._wanted)),))
        if not self._letters:
            return None
        return self._in_a_row(folded) or self._in_words(folded) or self._in_initials(folded)

    def _in_a_row(self, folded: str) -> Located | None:
        ranges = self._spelled_from(self._letters, folded, 0)
        if not ranges:
            return None
        inner = UNIT.search(folded, 0, ranges[0][0])
        return Located(Rank.INNER_INITIALS if inner else Rank.INITIALS, _merged(ranges))

    def _in_words(self, folded: str) -> Located | None:
        """Each typed word for itself, one behind the other."""
        if len(self._words) < 2:
            return None
        ranges: list[_Range] = []
        for word in self._words:
            found = self._spelled_from(word, folded, ranges[-1][1] if ranges else 0)
            if not found:
                return None
            ranges += found
        return Located(Rank.OTHER_READING, _merged(ranges))

    def _in_initials(self, folded: str) -> Located | None:
        found = self._scattered.match(folded)
        return Located(Rank.SCATTERED, _merged(found.regs[1:])) if found else None

    def _spelled_from(self, letters: str, folded: str, start: int) -> list[_Range]:
        """The first characters or words in a row whose beginnings spell the letters."""
        opening = self._openings[letters]
        found = opening.search(folded, start)
        while found:
            units = list(islice(UNIT.finditer(folded, found.start()), len(letters)))
            lengths = spelled(letters, [all_readings(unit[0]) for unit in units])
            if lengths:
                return [
                    (unit.start(), min(unit.end(), unit.start() + length))
                    for unit, length in zip(units, lengths, strict=False)
                ]
            found = opening.search(folded, found.start() + 1)
        return []

    def _opening(self, letters: str, depth: int) -> str:
        """A pattern for the first units, at most ``depth``, of all that can spell the letters."""
        ways = []
        for length in range(1, min(len(letters), _LONGEST) + 1):
            characters = self._characters(letters[:length])
            if characters and length < len(letters) and depth > 1:
                ways.append(rf"{characters}[\W_]*(?:{self._opening(letters[length:], depth - 1)})")
            elif characters:
                ways.append(characters)
        # Where a Latin word may go on, what follows is left to the reading.
        return "|".join([*ways, rf"(?<![a-z0-9]){re.escape(letters[0])}"])

    def _beginning(self, letter: str) -> str:
        """A pattern for a character or word that begins with a letter."""
        latin = rf"(?<![a-z0-9]){re.escape(letter)}"
        characters = self._characters(letter)
        return f"{characters}|{latin}" if characters else latin

    def _characters(self, letters: str) -> str:
        """A class of the characters that can be read with these letters first; "" without any."""
        fitting = [
            character
            for character, readings in self._readings
            if any(reading.startswith(letters) for reading in readings)
        ]
        return f"[{''.join(fitting)}]" if fitting else ""


def _merged(ranges: Iterable[_Range]) -> tuple[_Range, ...]:
    """Ranges that touch as one."""
    merged: list[_Range] = []
    for start, end in ranges:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)
