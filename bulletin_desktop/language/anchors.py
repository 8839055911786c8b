"""Finding a quotation again in a text that has changed since."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_CANDIDATES = 200  # places of the same words that are looked at
_ALIKE = 0.8  # a line that is this like the quotation is it, with a few characters changed
_LONG = 200  # of a longer line that was changed its first characters tell
_TELLING = 8  # a shorter quotation may stand anywhere
_SAME_AROUND = 3  # so many characters beside it must then be as they were
_SHARE_AROUND = 0.4  # and this share of them beside a line that is only like the quotation
_BESIDE = 6  # so many characters on both sides must be the same for a passage that was changed
_CHANGED = 2 / 3  # that is like the quotation then


class Anchor(NamedTuple):
    """A quotation with the words around it, and how far into its text it stood (0 to 1)."""

    quote: str
    before: str
    after: str
    depth: float


def place(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where the quotation stands in a text, in code points, or None.

    Of several places that one counts whose surroundings are most alike, then the nearest; a short
    quotation, or one that stands in several, must have something of its surroundings there. White
    space does not matter, and in a line of its own a few other characters do not either.
    """
    found = list(islice(_exact(text, anchor.quote), _CANDIDATES))
    found = found or list(islice(_spaced(text, anchor.quote), _CANDIDATES))
    if not found:
        like = next(_alike(text, anchor.quote), None)
        return like if like and _is_at_home(text, like, anchor, _SHARE_AROUND) else None

    def fitness(span: tuple[int, int]) -> tuple[int, float]:
        return _agreement(text, span, anchor), -_distance(text, span, anchor)

    best = max(found, key=fitness)
    unique = len(found) == 1 and len("".join(anchor.quote.split())) >= _TELLING
    return best if unique or _is_at_home(text, best, anchor) else None


def place_passage(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where a quotation from the midst of a line stands: in its own words, or in others that are
    much like them and stand between what stood beside it.
    """
    return place(text, anchor) or next(_between(text, anchor), None)


def _between(text: str, anchor: Anchor) -> Iterator[tuple[int, int]]:
    before, after = anchor.before[-_BESIDE:], anchor.after[:_BESIDE]
    longest = int(len(anchor.quote) / _CHANGED) + _BESIDE
    for _, start in islice(_exact(text, before), _CANDIDATES if after else 0):
        end = text.find(after, start, start + longest + len(after))
        words = text[start : max(start, end)]
        matcher = SequenceMatcher(None, words, anchor.quote, autojunk=False)
        if words and matcher.ratio() >= _CHANGED:
            yield start, end


def _exact(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def _spaced(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """The places of a quotation in which white space differs."""
    places = [k for k, c in enumerate(text) if not c.isspace()]
    bare = "".join(text[k] for k in places)
    for start, end in _exact(bare, "".join(quote.split())):
        yield places[start], places[end - 1] + 1


def _alike(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """The line that is most like a quotation, if any is enough."""
    matcher = SequenceMatcher(None, "", quote[:_LONG], autojunk=False)
    best, at = _ALIKE, 0
    found: tuple[int, int] | None = None
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        if line and abs(len(line) - len(quote)) <= (1 - _ALIKE) * 2 * len(quote):
            matcher.set_seq1(line[:_LONG])
            if matcher.quick_ratio() >= best and matcher.ratio() >= best:
                start = at + raw.index(line)
                best, found = matcher.ratio(), (start, start + len(line))
        at += len(raw)
    if found:
        yield found


def _agreement(text: str, span: tuple[int, int], anchor: Anchor) -> int:
    """How many characters around a place are as they were around the quotation."""
    above = text[max(0, span[0] - len(anchor.before)) : span[0]]
    below = text[span[1] : span[1] + len(anchor.after)]
    return _common(above[::-1], anchor.before[::-1]) + _common(below, anchor.after)


def _is_at_home(text: str, span: tuple[int, int], anchor: Anchor, share: float = 0.0) -> bool:
    """Whether enough of the words beside a place are as they were beside the quotation: a few, or
    a share.
    """
    reach = 2 * max(len(anchor.before), len(anchor.after))  # white space may be new
    sides = (
        (text[max(0, span[0] - reach) : span[0]][::-1], anchor.before[::-1]),
        (text[span[1] : span[1] + reach], anchor.after),
    )
    bare = [("".join(there.split()), "".join(was.split())) for there, was in sides]
    known = sum(len(was) for _, was in bare)
    needed = max(min(_SAME_AROUND, known), share * known)
    return sum(_common(there, was) for there, was in bare) >= needed


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((k for k, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _distance(text: str, span: tuple[int, int], anchor: Anchor) -> float:
    return abs(span[0] / max(1, len(text)) - anchor.depth)
