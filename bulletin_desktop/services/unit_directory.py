"""The units of a library at one moment: their tree, their articles, and what tells of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin_desktop.library import units as store
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.model.units import RANKS, InferredUnit, Printed, Reading, Reason, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.library.units import Rulings
    from bulletin_desktop.parsing.units import Units


class Directory:
    """Units by key, and what each printed source was taken for.

    ``counts`` are the articles of each printed source, in the whole library or a part of it.
    """

    def __init__(
        self,
        units: Mapping[str, InferredUnit],
        names: Mapping[str, tuple[str, ...]],
        readings: Mapping[Printed, Reading],
        counts: Mapping[Printed, int],
    ) -> None:
        self._inferred = units
        self._names = names
        self.readings = readings
        self.counts = counts
        self.units = self._counted()
        self._children: defaultdict[str | None, list[Unit]] = defaultdict(list)
        for unit in sorted(self.units.values(), key=_order):
            self._children[unit.parent].append(unit)

    def _counted(self) -> dict[str, Unit]:
        own, below = dict.fromkeys(self._inferred, 0), dict.fromkeys(self._inferred, 0)
        printed: defaultdict[str, list[Printed]] = defaultdict(list)
        for source, count in self.counts.items():
            keys = self.readings[source].units
            for key in keys:
                own[key] += count
                printed[key].append(source)
            for key in {key for unit in keys for key in self._chain(unit)}:
                below[key] += count
        return {
            key: Unit(
                key, unit.name, unit.rank, unit.parent, below[key], own[key],
                self._names.get(key, ()), tuple(printed[key]),
            )
            for key, unit in self._inferred.items()
        }  # fmt: skip

    def _chain(self, key: str) -> Iterator[str]:
        """A unit and all above it."""
        at: str | None = key
        while at is not None:
            yield at
            at = self._inferred[at].parent

    def path(self, key: str) -> list[str]:
        """The keys from the top to a unit."""
        return list(self._chain(key))[::-1]

    def below(self, key: str | None) -> list[Unit]:
        """The units right below one, or at the top, by rank and then those with most articles."""
        return self._children[key]

    def all(self) -> list[Unit]:
        """All units, each before those below it."""
        found: list[Unit] = []
        waiting = self._children[None][::-1]
        while waiting:
            found.append(waiting.pop())
            waiting += self._children[found[-1].key][::-1]
        return found

    def printed(self, key: str) -> tuple[Printed, ...]:
        """All printed sources that name a unit or one below it: what its articles have."""
        units = [self.units[key]]
        for unit in units:
            units += self._children[unit.key]
        return tuple(dict.fromkeys(source for unit in units for source in unit.printed))

    def scope(self, key: str, scope: Scope = Scope()) -> Scope:  # noqa: B008 - frozen
        """The articles of a unit and of those below it, inside a scope."""
        return scope._replace(printed=self.printed(key))

    @cached_property
    def named_units(self) -> dict[str, tuple[str, ...]]:
        """The names of the units for printed sources that mean the same in all bulletins."""
        found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for printed, reading in self.readings.items():
            found[printed.source].add(tuple(self.units[key].name for key in reading.units))
        sure = {source: next(iter(names)) for source, names in found.items() if len(names) == 1}
        return {source: names for source, names in sure.items() if names}

    def reasons(self, source: Printed) -> list[Message]:
        """Why a source was taken for what it was, part by part."""
        return [
            Message(
                f"unit.reason.{reason.rule}",
                {
                    "words": reason.words,
                    "place": reason.place,
                    "unit": self.units[reason.unit].name if reason.unit else "",
                },
            )
            for reason in self.readings[source].reasons
        ]

    def without_unit(self) -> list[Printed]:
        """The printed sources that name no unit, those with most articles first."""
        found = [source for source in self.counts if not self.readings[source].units]
        return sorted(found, key=lambda source: (-self.counts[source], source))

    def named(self, name: str) -> list[Unit]:
        """The units of this name or key, else those that have it as another name."""
        exact = [unit for unit in self.units.values() if name in (unit.name, unit.key)]
        return exact or [unit for unit in self.units.values() if name in unit.names]

    def doubtful_first(self) -> list[Printed]:
        """All printed sources, those that were read with least certainty first."""
        return sorted(
            self.counts,
            key=lambda source: (
                self.readings[source].certainty, -self.counts[source], source,
            ),
        )  # fmt: skip

    def narrowed(self, library: Library, scope: Scope) -> Directory:
        """The same units with the articles of a scope alone."""
        counts = store.printed(library, scope)
        fitting = {source: n for source, n in counts.items() if source in self.readings}
        return Directory(self._inferred, self._names, self.readings, fitting)


def _order(unit: Unit) -> tuple[int, int, str]:
    return RANKS.index(unit.rank), -unit.articles, unit.name


def directory(library: Library) -> Directory:
    """The units of a library, as its bulletins and the user tell of them.

    What is inferred is inferred anew: so it is never out of date, and what the user said is all
    that is kept.
    """
    counts, said = store.printed(library), store.rulings(library)
    found = _read(list(counts), said)
    readings = dict(found.readings)
    for source, keys in said.sources.items():
        if source in readings:
            reason = Reason(source.source, None, "decided", 1.0)
            readings[source] = Reading(_final(keys, said), (reason,), 1.0, decided=True)
    units = _pruned(_moved(found.units, said), readings, said)
    return Directory(units, _names(said), readings, counts)


def _read(sources: Sequence[Printed], said: Rulings) -> Units:
    from bulletin_desktop.parsing.units import read_units  # deferred: the window starts without

    names = {Printed(x.name, ""): x.key for x in said.units.values() if x.name}
    names |= {Printed(x.name, x.place): x.unit for x in said.names}
    merged = {x.key: x.merged for x in said.units.values() if x.merged}
    keys = {key for keys in said.sources.values() for key in keys}
    keys |= {x.key for x in said.units.values()} | {x.unit for x in said.names}
    keys |= {x.parent for x in said.units.values() if x.parent}
    return read_units(sources, names, merged, sorted(keys))


def _final(keys: Sequence[str], said: Rulings) -> tuple[str, ...]:
    """Units without those that were merged into others, each once."""
    return tuple(dict.fromkeys(final_key(key, said) for key in keys))


def final_key(key: str, said: Rulings) -> str:
    """The unit that a unit was merged into, or itself."""
    seen: set[str] = set()
    while key not in seen and key in said.units and (into := said.units[key].merged):
        seen.add(key)
        key = into
    return key


def _moved(units: Mapping[str, InferredUnit], said: Rulings) -> dict[str, InferredUnit]:
    """The units where the user put them and as the user calls them."""
    found = dict(units)
    if not said.units:
        return found
    for ruling in said.units.values():
        unit = found.get(ruling.key)
        if unit is None or ruling.merged:
            continue
        if ruling.name:
            unit = unit._replace(name=ruling.name)
        if ruling.parent is not None:
            unit = unit._replace(parent=final_key(ruling.parent, said) or None)
        found[ruling.key] = unit
    for key, unit in found.items():
        if _in_ring(key, found):  # bulletins tell otherwise since
            found[key] = unit._replace(parent=None)
    return found


def _in_ring(key: str, units: Mapping[str, InferredUnit]) -> bool:
    at, seen = units[key].parent, set[str]()
    while at is not None and at not in seen:
        if at == key:
            return True
        seen.add(at)
        at = units[at].parent
    return False


def _pruned(
    units: Mapping[str, InferredUnit], readings: Mapping[Printed, Reading], said: Rulings
) -> dict[str, InferredUnit]:
    """Without units that nothing names any more, and without what stands at the top over a single
    unit and is named by nothing.
    """
    used = {key for reading in readings.values() for key in reading.units}
    used |= {key for key in (*said.units, *(name.unit for name in said.names)) if key in units}
    kept: dict[str, InferredUnit] = {}
    for key in used:
        at: str | None = key
        while at is not None and at not in kept:
            kept[at] = units[at]
            at = units[at].parent
    children = Counter(unit.parent for unit in kept.values())
    tops = [key for key, unit in kept.items() if unit.parent is None and key not in used]
    while tops:
        top = tops.pop()
        if children[top] == 1:
            del kept[top]
            below = next(key for key, unit in kept.items() if unit.parent == top)
            kept[below] = kept[below]._replace(parent=None)
            tops += [below] if below not in used else []
    return kept


def _names(said: Rulings) -> dict[str, tuple[str, ...]]:
    """The other names of units: those that were given, and those of units merged into them."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name in said.names:
        found[final_key(name.unit, said)][name.name] = None
    for ruling in said.units.values():
        if ruling.merged and ruling.name:
            found[final_key(ruling.key, said)][ruling.name] = None
    return {key: tuple(names) for key, names in found.items()}
