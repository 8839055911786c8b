"""Units, which send articles in, and what printed sources were taken for."""

from __future__ import annotations

from typing import Literal, NamedTuple

Rank = Literal[
    "nation", "province", "city", "office", "county", "town", "bureau", "company", "other"
]
# Siblings stand in this order.
RANKS: tuple[Rank, ...] = (
    "nation", "province", "city", "office", "county", "town", "bureau", "company", "other",
)  # fmt: skip


class Printed(NamedTuple):
    """A source as it is printed in the bulletins of a place, which is "" where it is unknown."""

    source: str
    place: str


class InferredUnit(NamedTuple):
    """A unit as sources tell of it. ``key`` stays the same whatever it is called, and holds its
    place and name: 苏州市/总工会/研究室.
    """

    key: str
    name: str
    rank: Rank
    parent: str | None


class Reason(NamedTuple):
    """Why words of a source were taken for a unit, or (None) for none: by which rule, where."""

    words: str
    unit: str | None
    rule: str
    certainty: float
    place: str = ""


class Reading(NamedTuple):
    """The keys of the units that a printed source names, none for 综合来稿, and why, part by part.

    ``certainty`` runs from 0 to 1 and is that of the least sure part; ``decided`` says that the
    user said so.
    """

    units: tuple[str, ...]
    reasons: tuple[Reason, ...]
    certainty: float
    decided: bool = False


class UnitRuling(NamedTuple):
    """What the user said of a unit; None leaves it as inferred.

    ``parent`` "" puts it at the top; ``merged`` is the unit that it was merged into.
    """

    key: str
    name: str | None = None
    parent: str | None = None
    merged: str | None = None


class UnitName(NamedTuple):
    """Another name that the user gave to a unit, in the bulletins of a place or ("") of any."""

    unit: str
    name: str
    place: str


class Unit(NamedTuple):
    """A source organisation. ``articles`` counts each once, those of units below it too, ``own``
    without them; ``names`` are the user's other names for it and those of units merged into it;
    ``printed`` is how bulletins name it.
    """

    key: str
    name: str
    rank: Rank
    parent: str | None
    articles: int
    own: int
    names: tuple[str, ...]
    printed: tuple[Printed, ...]
