"""Names found by what is typed: characters, pinyin or the initials of pinyin."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from bulletin_desktop.language.folding import fold

# What is read as one: a Latin word or number, or any other letter or character.
UNIT = re.compile(r"[a-z0-9]+|[^\W_]")


class Rank(IntEnum):
    """How well a name fits what is typed; lower is better."""

    EXACT = 0
    PREFIX = 1
    ALIAS = 2
    SUBSTRING = 3
    PINYIN = 4
    INITIALS = 5
    INNER_INITIALS = 6
    OTHER_READING = 7
    SCATTERED = 8


@dataclass(frozen=True, slots=True)
class PinyinMatch:
    """How a name fits: ``word`` is the name or alias that does, ``reading`` its toned pinyin."""

    rank: Rank
    word: str
    reading: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A theme that can be completed to."""

    theme_id: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A theme that fits what is typed, and how."""

    candidate: Candidate
    match: PinyinMatch


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a word is read: for display, and per character or Latin word for matching.

    ``usual`` has one reading each, ``possible`` all of them and the character itself; spaces and
    punctuation have no place in either.
    """

    shown: str
    usual: tuple[tuple[str, ...], ...]
    possible: tuple[tuple[str, ...], ...]


def load() -> None:
    """Loads the readings (0.1 s) if that has not been done; call it in the background."""
    _pypinyin()


def match(typed: str, name: str, aliases: Sequence[str] = ()) -> PinyinMatch | None:
    """How ``typed`` fits a name or its aliases, at best; None where it does not.

    Case does not count, nor do spaces and apostrophes between syllables; ``v`` or ``ü`` is the
    vowel of 女. Syllables may be shortened: ``gzjt`` and ``gongzj`` both begin 工资集体协商.
    """
    wanted = fold(typed).strip()
    if not wanted:
        return None
    ranked = [(_rank(wanted, name), name)]
    ranked += [(_alias_rank(_rank(wanted, alias)), alias) for alias in aliases]
    fitting = [(rank, word) for rank, word in ranked if rank is not None]
    if not fitting:
        return None
    rank, word = min(fitting, key=lambda pair: pair[0])
    return PinyinMatch(rank, word, _reading(word).shown)


def complete(typed: str, themes: Sequence[Candidate]) -> list[Completion]:
    """The themes that fit what is typed, best first.

    Among equals those come first whose name fits, not an alias; then they stay in the order given.
    """
    matches = ((theme, match(typed, theme.name, theme.aliases)) for theme in themes)
    fitting = [Completion(theme, found) for theme, found in matches if found]
    return sorted(fitting, key=lambda c: (c.match.rank, c.match.word != c.candidate.name))


def _alias_rank(rank: Rank | None) -> Rank | None:
    """An alias that is hit from its start ranks below every name that is."""
    return Rank.ALIAS if rank in (Rank.EXACT, Rank.PREFIX) else rank


def _rank(wanted: str, word: str) -> Rank | None:
    rank = character_rank(wanted, fold(word).strip())
    return _pinyin_rank(wanted, word) if rank is None else rank


def character_rank(wanted: str, word: str) -> Rank | None:
    """How ``wanted`` stands in ``word`` as it is written; both are folded."""
    if wanted == word:
        return Rank.EXACT
    if word.startswith(wanted):
        return Rank.PREFIX
    # Latin letters in the middle of a Latin word are left out: "an" is typed for 安, not for "and".
    return Rank.SUBSTRING if wanted in word and not wanted.isascii() else None


def _pinyin_rank(wanted: str, word: str) -> Rank | None:
    letters = letters_of(wanted)
    if not letters:
        return None
    reading = _reading(word)
    if "".join(syllable for (syllable,) in reading.usual).startswith(letters):
        return Rank.PINYIN
    if spelled(letters, reading.usual):
        return Rank.INITIALS
    if _spells_inside(letters, reading.usual):
        return Rank.INNER_INITIALS
    return Rank.OTHER_READING if _spells_inside(letters, reading.possible) else None


def letters_of(wanted: str) -> str:
    """What is typed of pinyin, without what parts syllables, and with v for ü."""
    return re.sub(r"[\s'’]", "", wanted).replace("ü", "v")


def spelled(
    letters: str, syllables: Sequence[tuple[str, ...]], first: int = 0
) -> tuple[int, ...] | None:
    """How much of each syllable from ``first`` on, none left out, makes up ``letters``.

    ``syllables`` have their possible readings; None where they do not spell it.
    """
    reached: dict[int, tuple[int, ...]] = {0: ()}
    for readings in syllables[first:]:
        further: dict[int, tuple[int, ...]] = {}
        for start, lengths in reached.items():
            for reading in readings:
                length = _in_common(letters, start, reading)
                for k in range(length, 0, -1):
                    further.setdefault(start + k, (*lengths, k))
        if len(letters) in further or not further:
            return further.get(len(letters))
        reached = further
    return None


def _in_common(letters: str, start: int, reading: str) -> int:
    """How many letters of a reading stand in ``letters`` from ``start`` on."""
    length = 0
    for a, b in zip(letters[start : start + len(reading)], reading, strict=False):
        if a != b:
            break
        length += 1
    return length


def _spells_inside(letters: str, syllables: Sequence[tuple[str, ...]]) -> bool:
    return any(spelled(letters, syllables, first) for first in range(len(syllables)))


@lru_cache(maxsize=4096)
def _reading(word: str) -> _Reading:
    """How ``word`` is read; what is not Chinese in it is read as it is written."""
    library = _pypinyin()
    folded = fold(word)
    usual = library.lazy_pinyin(folded, style=library.Style.NORMAL, errors=UNIT.findall)
    return _Reading(
        " ".join(library.lazy_pinyin(word, style=library.Style.TONE, errors=str.split)),
        tuple((syllable,) for syllable in usual),
        tuple(all_readings(unit) for unit in UNIT.findall(folded)),
    )


@lru_cache(maxsize=16384)
def all_readings(unit: str) -> tuple[str, ...]:
    """Every reading of a character, also with u for ü as some type it, and the character."""
    library = _pypinyin()
    found = library.pinyin(unit, style=library.Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys([*found, *(r.replace("v", "u") for r in found), unit]))


@lru_cache(maxsize=1)
def _pypinyin() -> Any:
    with _no_collection():
        import pypinyin
    return pypinyin


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the garbage collector, which doubles the time that the import holds the lock.

    pypinyin reads 47,000 phrases with one call of json.loads: 60 ms during which no other thread
    runs, or 33 ms without the collector.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
