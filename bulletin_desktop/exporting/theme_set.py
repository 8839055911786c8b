"""A theme set in the program's own format: JSON, described in docs/theme-set.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.theme_set import SetTheme, ThemeSet

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT, VERSION = "bulletin-desktop-themes", 1


def dump(themes: Sequence[SetTheme]) -> bytes:
    """Themes as a file; parents are named, and stand before what is below them."""
    entries = [
        {
            "name": theme.name,
            "parent": themes[theme.parent].name if theme.parent is not None else None,
            "colour": theme.colour,
            "key": theme.key,
            "aliases": theme.aliases,
            "words": theme.words,
            "description": theme.description,
        }
        for theme in themes
    ]
    whole = {"format": FORMAT, "version": VERSION, "themes": entries}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def load(data: bytes) -> ThemeSet:
    """What a file holds.

    Raises KnownError("theme_set.unreadable") for what is no theme set and
    KnownError("theme_set.newer") for one of a later version.
    """
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise KnownError("theme_set.unreadable") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise KnownError("theme_set.unreadable")
    if whole.get("version") != VERSION:
        raise KnownError("theme_set.newer")
    entries = whole.get("themes")
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise KnownError("theme_set.unreadable")
    return _below_parents(entries)


def _below_parents(entries: Sequence[dict[str, Any]]) -> ThemeSet:
    """The themes with the places of their parents; a parent that the set has not is told."""
    names = [_text(entry, "name") for entry in entries]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    parents = [places.get(_text(entry, "parent")) for entry in entries]
    lost = [
        name
        for name, entry, parent in zip(names, entries, parents, strict=True)
        if _text(entry, "parent") and parent is None
    ]
    for place in range(len(parents)):
        if _in_ring(place, parents):
            parents[place] = None
            lost.append(names[place])
    themes = (
        SetTheme(
            name,
            parent,
            _text(entry, "colour") or None,
            _text(entry, "key") or None,
            _texts(entry, "aliases"),
            _texts(entry, "words"),
            _text(entry, "description"),
        )
        for name, entry, parent in zip(names, entries, parents, strict=True)
    )
    remarks = (Message("theme_set.no_parent", {"names": "、".join(lost), "n": len(lost)}),)
    return ThemeSet(tuple(themes), remarks if lost else ())


def _in_ring(place: int, parents: Sequence[int | None]) -> bool:
    seen = set()
    at = parents[place]
    while at is not None and at not in seen:
        if at == place:
            return True
        seen.add(at)
        at = parents[at]
    return False


def _text(entry: dict[str, Any], field: str) -> str:
    value = entry.get(field)
    return _checked(value) if value is not None else ""


def _texts(entry: dict[str, Any], field: str) -> tuple[str, ...]:
    values = entry.get(field, [])
    if not isinstance(values, list):
        raise KnownError("theme_set.unreadable")
    return tuple(_checked(value) for value in values)


def _checked(value: object) -> str:
    """A value that is text; JSON may hold halves of surrogate pairs, which are none."""
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise KnownError("theme_set.unreadable")
    return value
