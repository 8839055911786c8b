"""Which articles of a new cut go on which articles of the old one, by where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Extent = tuple[int, int]


class Match(NamedTuple):
    """How two cuts of one text correspond, by places in the lists of their articles.

    ``row`` gives for each new article the old one that it goes on, or None; ``born`` for new ones
    that go on none the old one that most of their text was in; ``gone`` are old ones that none goes
    on, and ``merged`` tells for those the new one that most of their text is in.
    """

    row: list[int | None]
    born: dict[int, int]
    gone: list[int]
    merged: dict[int, int]


def match(old: Sequence[Extent], new: Sequence[Extent]) -> Match:
    """Pair articles that begin at the same place, then those that share most text."""
    row: list[int | None] = [None] * len(new)
    shares = _shares(old, new)
    taken: set[int] = set()
    for _, _, k, place in sorted(shares):
        if row[place] is None and k not in taken:
            row[place] = k
            taken.add(k)
    return Match(
        row,
        born=_largest((place, k, share) for _, share, k, place in shares if row[place] is None),
        gone=[k for k in range(len(old)) if k not in taken],
        merged=_largest((k, place, share) for _, share, k, place in shares if k not in taken),
    )


def _shares(old: Sequence[Extent], new: Sequence[Extent]) -> list[tuple[bool, int, int, int]]:
    """All pairs that overlap: whether they begin apart, the common length negated, both places."""
    order = sorted(range(len(new)), key=new.__getitem__)
    found: list[tuple[bool, int, int, int]] = []
    first = 0
    for k in sorted(range(len(old)), key=old.__getitem__):
        start, end = old[k]
        while first < len(order) and new[order[first]][1] <= start:
            first += 1
        for place in order[first:]:
            if new[place][0] >= end:
                break
            common = min(end, new[place][1]) - max(start, new[place][0])
            found.append((new[place][0] != start, -common, k, place))
    return found


def _largest(pairs: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """For each first member the second with the largest share (negated)."""
    best: dict[int, tuple[int, int]] = {}
    for one, other, share in pairs:
        best[one] = min(best.get(one, (share, other)), (share, other))
    return {one: other for one, (_, other) in best.items()}
