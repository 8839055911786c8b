"""Comparing two texts: which passages they share in the same order, and what differs between."""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bulletin_desktop.language.folding import fold
from bulletin_desktop.model.comparison import Comparison, Difference, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_desktop.model.comparison import DifferenceKind

# Runs that stand once in both texts hold the texts together; where there are none, shorter ones.
_RUNS = (10, 5)
# What lies between is compared character by character, if that does not take long.
_MOST = 60_000
# In a changed passage so many equal characters are an accident.
_LEAST = 3
# After these a sentence begins, or else a part of one.
_BEGINNINGS = (("", "\n", *"。！？；"), tuple("，、："))
# A passage that stands elsewhere in the other text counts as moved from so many characters on.
_MOVED = 10


def compare(one: str, other: str) -> Comparison:
    """What two texts share and where they differ; width and case of letters make no difference."""
    first, second = fold(one), fold(other)
    found = _joined(_matches(first, second, 0, 0, _RUNS))
    passages = _settled(_without_accidents(found, first, second), first, second)
    gaps = list(_gaps(passages, first, second))
    moved = _moved(first, [gap[:2] for gap in gaps], second, [gap[2:] for gap in gaps])
    back = _moved(second, [gap[2:] for gap in gaps], first, [gap[:2] for gap in gaps])
    here: list[Difference] = []
    there: list[Difference] = []
    for start, end, begin, stop in gaps:
        mine = list(_pieces(first, start, end, moved))
        theirs = list(_pieces(second, begin, stop, back))
        here += _named(mine, theirs)
        there += _named(theirs, mine)
    stops = tuple((gap[0], gap[2]) for gap in gaps)
    return Comparison(tuple(passages), tuple(here), tuple(there), stops)


_Gap = tuple[int, int, int, int]


def _matches(
    one: str, other: str, one_at: int, other_at: int, runs: Sequence[int]
) -> Iterator[Passage]:
    """The passages of two pieces of text that begin at these places."""
    if not one or not other:
        return
    if not runs or len(one) * len(other) <= _MOST // 10:
        yield from _characterwise(one, other, one_at, other_at)
        return
    last = Passage(0, 0, 0)
    for found in [*_anchors(one, other, runs[0]), Passage(len(one), len(other), 0)]:
        between = one[last.one + last.length : found.one]
        there = other[last.other + last.length : found.other]
        at, at_other = last.one + last.length, last.other + last.length
        yield from _matches(between, there, one_at + at, other_at + at_other, runs[1:])
        yield Passage(one_at + found.one, other_at + found.other, found.length)
        last = found


def _characterwise(one: str, other: str, one_at: int, other_at: int) -> Iterator[Passage]:
    if len(one) * len(other) > _MOST:
        return
    for found in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield Passage(one_at + found.a, other_at + found.b, found.size)


def _anchors(one: str, other: str, run: int) -> list[Passage]:
    """The runs that stand once in both texts, as many as are in the same order in both.

    They overlap no more: each goes on until the next begins.
    """
    there = _once(other, run)
    pairs = [(at, there[words]) for words, at in _once(one, run).items() if words in there]
    found: list[Passage] = []
    for at, place in _rising(sorted(pairs)):
        last = found[-1] if found else Passage(-run, -run, 0)
        if at - last.one == place - last.other and at <= last.one + last.length:
            found[-1] = Passage(last.one, last.other, at + run - last.one)
        elif at >= last.one + last.length and place >= last.other + last.length:
            found.append(Passage(at, place, run))
    return found


def _once(text: str, run: int) -> dict[str, int]:
    """Where the runs begin that a text has once."""
    places: dict[str, int] = {}
    twice = set()
    for at in range(len(text) - run + 1):
        words = text[at : at + run]
        if words in places:
            twice.add(words)
        places[words] = at
    for words in twice:
        del places[words]
    return places


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs, in order, of which the second figures rise too."""
    ends: list[int] = []  # the least second figure that ends a row of so many
    numbers: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        row = bisect_left(ends, place)
        before.append(numbers[row - 1] if row else -1)
        ends[row : row + 1] = [place]
        numbers[row : row + 1] = [number]
    found = []
    at = numbers[-1] if numbers else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _joined(passages: Iterator[Passage]) -> list[Passage]:
    """Passages that follow upon one another as one."""
    found: list[Passage] = []
    for passage in passages:
        last = found[-1] if found else Passage(0, 0, 0)
        if (passage.one, passage.other) == (last.one + last.length, last.other + last.length):
            start = Passage(last.one, last.other, last.length + passage.length)
            found[-1:] = [start]
        elif passage.length:
            found.append(passage)
    return found


def _without_accidents(passages: list[Passage], one: str, other: str) -> list[Passage]:
    """Without the few equal characters between two changes; what both begin or end with stays."""
    return [
        passage
        for passage in passages
        if passage.length >= _LEAST
        or passage.one == passage.other == 0
        or (passage.one + passage.length, passage.other + passage.length) == (len(one), len(other))
    ]


def _settled(passages: list[Passage], one: str, other: str) -> list[Passage]:
    """The passages with what is missing between them moved so that it begins as a sentence does.

    Where the characters before a gap are those at its end, it may as well lie further up or down.
    """
    found = passages[:1]
    for after in passages[1:]:
        before = found[-1]
        gap = (before.one + before.length, after.one)
        there = (before.other + before.length, after.other)
        shift = 0
        if there[0] == there[1]:
            shift = _shift(one, *gap, before.length, after.length)
        elif gap[0] == gap[1]:
            shift = _shift(other, *there, before.length, after.length)
        found[-1] = before._replace(length=before.length + shift)
        start = Passage(after.one + shift, after.other + shift, after.length - shift)
        found.append(start)
    return [passage for passage in found if passage.length]


def _shift(text: str, start: int, end: int, up: int, down: int) -> int:
    """By how much to move a gap down (or up, below 0), at most as far as its neighbours reach."""
    moves = [0]
    while len(moves) <= down and text[start + len(moves) - 1] == text[end + len(moves) - 1]:
        moves.append(len(moves))
    move = 0
    while -move < up and text[start + move - 1] == text[end + move - 1]:
        move -= 1
        moves.append(move)
    for marks in _BEGINNINGS:
        fitting = [move for move in moves if text[start + move - 1 : start + move] in marks]
        if fitting:
            return min(fitting, key=abs)
    return 0


def _gaps(passages: list[Passage], one: str, other: str) -> Iterator[_Gap]:
    """What lies between the passages and is more than another division into lines."""
    last = Passage(0, 0, 0)
    for passage in [*passages, Passage(len(one), len(other), 0)]:
        start, end = _trimmed(one, last.one + last.length, passage.one)
        begin, stop = _trimmed(other, last.other + last.length, passage.other)
        if one[start:end].split() != other[begin:stop].split():
            yield start, end, begin, stop
        last = passage


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A piece of a text without the spaces around it."""
    words = text[start:end]
    begin = end - len(words.lstrip())
    return begin, max(begin, start + len(words.rstrip()))


def _moved(
    one: str, gaps: list[tuple[int, int]], other: str, there: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The passages of the gaps of one text that stand in a gap of the other."""
    known = {
        other[at : at + _MOVED] for start, end in there for at in range(start, end - _MOVED + 1)
    }
    found: list[tuple[int, int]] = []
    for start, end in gaps:
        for at in range(start, end - _MOVED + 1):
            if one[at : at + _MOVED] not in known:
                continue
            if found and at <= found[-1][1]:
                found[-1] = (found[-1][0], at + _MOVED)
            else:
                found.append((at, at + _MOVED))
    return found


def _pieces(
    text: str, start: int, end: int, moved: list[tuple[int, int]]
) -> Iterator[tuple[int, int, bool]]:
    """A gap cut where a moved passage begins or ends; bare marks beside one count for nothing."""
    at = start
    for begin, stop in moved[bisect_left(moved, (start, 0)) :]:
        if begin >= end:
            break
        if any(map(str.isalnum, text[at:begin])):
            yield at, begin, False
        yield begin, stop, True
        at = stop
    if at == start or any(map(str.isalnum, text[at:end])):
        yield at, end, False


def _named(
    mine: list[tuple[int, int, bool]], theirs: list[tuple[int, int, bool]]
) -> Iterator[Difference]:
    """The pieces of a gap as differences; they are changed where the other text has words too."""
    otherwise: DifferenceKind = (
        "only" if all(moved or start == end for start, end, moved in theirs) else "changed"
    )
    for start, end, moved in mine:
        if start < end:  # else the other text alone has words here
            yield Difference("moved" if moved else otherwise, start, end)
