"""Units, which send articles in: what sources were taken for, and mending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import units as store
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.units import Printed, Unit, UnitName, UnitRuling
from bulletin_desktop.services.naming import clean_name
from bulletin_desktop.services.unit_directory import Directory, directory, final_key

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Directory", "add_name", "by_name", "directory", "is_placed", "key_of", "merge", "move",
    "place_all", "place_issues", "printed_of", "remove_name", "rename", "set_units", "set_units_of",
]  # fmt: skip

printed_of = store.printed_of

# Issues that are looked at before the library is written to.
_BATCH = 500


def place_issues(library: Library, issues: Sequence[int]) -> None:
    """Find out whose bulletins these issues are; that is no step of the history."""
    from bulletin_desktop.parsing.bulletin_place import place_of  # the window starts without

    words = store.issue_words(library, issues)
    store.set_places(
        library,
        [(x.id, place_of(x.title, x.masthead, x.distribution, x.sources, x.text)) for x in words],
    )


def place_all(library: Library) -> Change:
    """Find out whose bulletins the issues are of which nobody has asked yet: those of a library
    from an older program. The Change has no step.
    """
    count = 0
    while issues := store.unplaced(library, _BATCH):
        place_issues(library, issues)
        count += len(issues)
    return Change(None, Message("step.refresh"), count, frozenset(["units"]))


def is_placed(library: Library) -> bool:
    """Whether it is known of all issues whose bulletins they are, or that it cannot be told."""
    return not store.unplaced(library, 1)


def by_name(library: Library, name: str) -> Unit:
    """The unit of this name, other name or key.

    Raises KnownError("unit.missing"), and KnownError("unit.ambiguous") where there are several.
    """
    found = directory(library).named(name.strip())
    if not found:
        raise KnownError("unit.missing", name=name)
    if len(found) > 1:
        raise KnownError("unit.ambiguous", name=name, keys="、".join(x.key for x in found))
    return found[0]


def key_of(known: Directory, name: str) -> str:
    """The key of the unit of this name, or that of a new one. Raises KnownError."""
    clean = clean_name(name, "unit")
    found = known.named(clean)
    return found[0].key if found else "/" + clean.replace("/", "／")


def _by_key(known: Directory, key: str) -> Unit:
    if key not in known.units:
        raise KnownError("unit.missing", name=key)
    return known.units[key]


def _ruling(library: Library, key: str) -> UnitRuling:
    return store.rulings(library).units.get(key, UnitRuling(key))


@atomic
def rename(library: Library, key: str, name: str) -> Change:
    """Give a unit another name; sources that print it mean this unit from now on.

    Raises KnownError where another unit has the name.
    """
    known = directory(library)
    old, clean = _by_key(known, key), clean_name(name, "unit")
    if any(unit.key != key and unit.name == clean for unit in known.units.values()):
        raise KnownError("unit.exists", name=clean)
    message = Message("step.unit_rename", {"unit": old.name, "name": clean})
    with library.change(message, "units") as recording:
        if clean != old.name:
            store.put_unit(library, _ruling(library, key)._replace(name=clean))
    return recording.result()


@atomic
def merge(library: Library, keys: Sequence[str], into: str) -> Change:
    """Let units be one with ``into``, which takes their articles, names and units below; one step.

    Later imports that name them mean ``into``. Raises KnownError.
    """
    known = directory(library)
    kept, gone = _by_key(known, into), [_by_key(known, key) for key in dict.fromkeys(keys)]
    if any(unit.key == into for unit in gone):
        raise KnownError("unit.merge_itself", name=kept.name)
    names = "、".join(unit.name for unit in gone)
    with library.change(
        Message("step.unit_merge", {"unit": names, "into": kept.name}), "units"
    ) as recording:
        for unit in gone:
            store.put_unit(library, UnitRuling(unit.key, unit.name, None, into))
    return recording.result()


@atomic
def move(library: Library, key: str, parent: str | None) -> Change:
    """Put a unit below another one (None: at the top). Raises KnownError for a ring."""
    known = directory(library)
    moved = _by_key(known, key)
    above = _by_key(known, parent) if parent is not None else None
    if above is not None and key in known.path(above.key):
        raise KnownError("unit.ring", name=moved.name, into=above.name)
    message = (
        Message("step.unit_move", {"unit": moved.name, "into": above.name})
        if above
        else Message("step.unit_to_top", {"unit": moved.name})
    )
    with library.change(message, "units") as recording:
        if moved.parent != parent:
            store.put_unit(library, _ruling(library, key)._replace(parent=parent or ""))
    return recording.result()


@atomic
def set_units(library: Library, source: Printed, keys: Sequence[str] | None) -> Change:
    """Say which units a source means in the bulletins of a place: several in their order, none
    for 综合来稿; None lets it be inferred again.
    """
    if keys is None:
        message = Message("step.source_inferred", {"source": source.source})
    else:
        known = directory(library)
        names = "、".join(known.units[k].name if k in known.units else k[1:] for k in keys)
        code = "step.source_units" if keys else "step.source_no_unit"
        message = Message(code, {"source": source.source, "units": names})
    with library.change(message, "units") as recording:
        if store.rulings(library).sources.get(source) != (keys if keys is None else tuple(keys)):
            store.put_source(library, source, keys)
    return recording.result()


@atomic
def set_units_of(
    library: Library, source: str, place: str | None, names: Sequence[str] | None
) -> Change:
    """Say by name which units a source means; those that there are not are made.

    ``place`` may be left out where the bulletins of one place alone print the source. Raises
    KnownError("unit.no_source") where none do, and KnownError("unit.places") where several do.
    """
    known = directory(library)
    found = [x for x in known.counts if x.source == source and place in (None, x.place)]
    if not found:
        raise KnownError("unit.no_source", name=source)
    if len(found) > 1:
        places = "、".join(x.place or "?" for x in found)
        raise KnownError("unit.places", name=source, places=places)
    keys = None if names is None else [key_of(known, name) for name in names]
    return set_units(library, found[0], keys)


@atomic
def add_name(library: Library, key: str, name: str, place: str = "") -> Change:
    """Give a unit another name: sources that print it, in bulletins of a place or ("") of any, mean
    this unit. Raises KnownError where the name is another unit's own.
    """
    known = directory(library)
    unit, clean = _by_key(known, key), clean_name(name, "unit")
    if any(x.key != key and x.name == clean for x in known.units.values()):
        raise KnownError("unit.exists", name=clean)
    message = Message("step.unit_name_add", {"unit": unit.name, "name": clean})
    with library.change(message, "units") as recording:
        wanted = UnitName(key, clean, place)
        if clean != unit.name and wanted not in store.rulings(library).names:
            store.put_name(library, wanted)
    return recording.result()


@atomic
def remove_name(library: Library, key: str, name: str) -> Change:
    """Take another name from a unit; that of a unit merged into it parts the two again.

    Raises KnownError("unit.no_name") where it has no such name.
    """
    unit, said = _by_key(directory(library), key), store.rulings(library)
    given = [x for x in said.names if x.name == name and final_key(x.unit, said) == key]
    merged = [
        x for x in said.units.values()
        if x.merged and x.name == name and final_key(x.key, said) == key
    ]  # fmt: skip
    if not given and not merged:
        raise KnownError("unit.no_name", unit=unit.name, name=name)
    message = Message("step.unit_name_remove", {"unit": unit.name, "name": name})
    with library.change(message, "units") as recording:
        for entry in given:
            store.delete_name(library, entry)
        for ruling in merged:
            store.put_unit(library, ruling._replace(merged=None))
    return recording.result()
