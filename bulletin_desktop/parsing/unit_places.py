"""What the printed sources of a library tell of places: which belongs to which, and where unions
have their seats.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bulletin_desktop.parsing import divisions
from bulletin_desktop.parsing.unit_words import UNION, Words, parts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.model.units import Printed

NATION = "中华全国"
_HEIGHTS = {"province": 3, "city": 2, "county": 1, "town": 0}
_OF_BODIES = "校院厂"  # what stands for the body itself whose bulletin it is


class Places:
    """Known divisions are looked up; of others the bulletins tell in which city they are named."""

    def __init__(self, sources: Iterable[Printed]) -> None:
        self._above: dict[str, str] = {}
        self._several: set[str] = set()
        self.bulletins: set[str] = set()
        self.seats: set[str] = {NATION}
        self.zones: dict[str, bool] = {}  # whether 总工会 is printed of it, not 工会 alone
        self._bodies: defaultdict[str, set[str]] = defaultdict(set)
        contexts: defaultdict[str, set[str]] = defaultdict(set)
        for source, place in sources:
            self.bulletins.add(place)
            for part in parts_of(source):
                words = words_of(part)
                if words.kind == "named" and _is_below(words.division, place):
                    contexts[words.division].add(place)
                self._note(part, words, place)
        for named in sorted(contexts, key=_height, reverse=True):  # a county before its towns
            self._settle(named, contexts[named])

    def _note(self, part: str, words: Words, place: str) -> None:
        named = self.of(words, place)
        if words.kind == "zone":
            self.zones[named] = self.zones.get(named, False) or UNION in part
        if "工会" in words.body:
            self.seats |= {named, place}
        if words.kind in ("named", "short"):
            self._bodies[words.body].add(named)

    def _settle(self, named: str, places: set[str]) -> None:
        """Decide where a division belongs that the tables know nowhere, or in several places."""
        known = divisions.known_divisions().above.get(named, ())
        if len(known) == 1:
            return
        parents = {place for place in places if not known or place in known}
        parents -= {self.above(place) for place in parents}
        if len(parents) == 1:
            self._above[named] = parents.pop()
        elif parents:
            self._several.add(named)
            self._above |= {parent + named: parent for parent in parents}

    def above(self, place: str) -> str:
        """The division that a place belongs to; "" where that is not known or not sure."""
        known = divisions.known_divisions().above.get(place, ())
        return known[0] if len(known) == 1 else self._above.get(place, "")

    def has_union(self, place: str) -> bool:
        """Whether a union is spoken of in a division or in one that it belongs to."""
        while place and place not in self.seats:
            place = self.above(place)
        return bool(place)

    def place_below(self, body: str, place: str) -> str:
        """The one division below a place of which a body was named; "" where there is none."""
        found = [x for x in self._bodies.get(body, ()) if x and self.above(x) == place]
        return found[0] if place and len(found) == 1 else ""

    def of(self, words: Words, place: str) -> str:
        """The place that a part of a source in a bulletin of ``place`` speaks of; "" if unknown."""
        if words.kind == "nation":
            return NATION
        if words.kind == "named":
            return place + words.division if words.division in self._several else words.division
        if words.kind == "relative":
            return self._level(words.division, place)
        if words.kind == "zone":
            return self._zone(words, place)
        return self._short(words.division, place) if words.kind == "short" else place

    def _level(self, char: str, place: str) -> str:
        """What 市, 区 or 校 means in a bulletin of a place: itself or what is above it."""
        at = place
        while at:
            level = divisions.level_of(at)
            if at.endswith(char) or (char in _OF_BODIES and level is None):
                return at
            if char == "省" and level == "province":
                return at
            at = self.above(at)
        return ""

    def _zone(self, words: Words, place: str) -> str:
        """高新区 in a bulletin of 苏州市 is 苏州高新区, a place below it."""
        base = self._short(words.division, place) if words.division else place
        zone = divisions.short_name(words.division or place) + words.zone
        if base and base != zone:
            self._above[zone] = base
        return zone

    def _short(self, name: str, place: str) -> str:
        """What 苏州 or 张家港 means here: the place itself or one beside, above or below it."""
        known = divisions.known_divisions()
        meant = (name,) if name in known.levels else known.short.get(name, ())
        near = {place, self.above(place)} - {""}
        fitting = [x for x in meant if x in near or near & set(known.above.get(x, ()))]
        if not near:
            fitting = [x for x in meant if known.levels[x] == "city"]
        return fitting[0] if len(fitting) == 1 else ""


def _height(place: str) -> int:
    """How high a division stands; -1 for what is none."""
    level = divisions.level_of(place)
    return _HEIGHTS[level] if level is not None else -1


def _is_below(division: str, place: str) -> bool:
    return -1 < _height(division) < _height(place)
