"""Finding themes, the names that are free, and new rows: what all verbs on themes share."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from bulletin_desktop import paths
from bulletin_desktop.library import annotating
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.language.themes import Colour
    from bulletin_desktop.library.store import Library

KEYS = "123456789"


def all_themes(library: Library) -> list[Theme]:
    """All themes in the order in which they were made."""
    return annotating.themes(library)


def by_id(library: Library, theme: int) -> Theme:
    """The theme with this id. Raises KnownError("theme.missing")."""
    for found in annotating.themes(library):
        if found.id == theme:
            return found
    raise KnownError("theme.missing", name=theme)


def uncounted(library: Library, theme: int) -> Theme:
    """The theme with this id, for verbs that ask for no counts, which take much longer.

    Raises KnownError("theme.missing").
    """
    for found in known(library):
        if found.id == theme:
            return found
    raise KnownError("theme.missing", name=theme)


def known(library: Library) -> list[Theme]:
    """All themes in the order in which they were made, without counts."""
    return annotating.themes(library, counted=False)


def find(library: Library, name: str) -> Theme | None:
    """The theme with this name, or with this alias, or None."""
    known = annotating.themes(library)
    named = [theme for theme in known if theme.name == name]
    return next(iter(named or [theme for theme in known if name in theme.aliases]), None)


def by_name(library: Library, name: str) -> Theme:
    """The theme with this name or alias. Raises KnownError("theme.missing")."""
    found = find(library, name.strip())
    if found is None:
        raise KnownError("theme.missing", name=name)
    return found


@cache
def palette() -> tuple[str, ...]:
    """The colours for themes as #RRGGBB, in the order in which new themes take them."""
    entries = json.loads(paths.resource("palette.json").read_text("utf-8"))
    return tuple(entry["hex"] for entry in entries)


def colours() -> tuple[Colour, ...]:
    """The traditional colours with their names, in the same order."""
    from bulletin_desktop.language import themes

    return themes.palette()


def insert(library: Library, name: str, **fields: object) -> Theme:
    """A new theme inside an open change, with the least used colour unless one is given."""
    given = {key: value for key, value in fields.items() if value is not None}
    theme = Theme(0, name, None, "", None, (), (), 0)._replace(**given)  # type: ignore[arg-type]
    if not theme.colour:
        used = [each.colour for each in known(library)]
        theme = theme._replace(colour=min(palette(), key=used.count))
    return theme._replace(id=annotating.insert_theme(library, theme))


def is_colour(text: str) -> bool:
    """Whether a text is a colour as #RRGGBB."""
    return (
        len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])
    )


def check_colour(colour: str) -> str:
    """A colour as it is kept, in small letters. Raises KnownError("theme.bad_colour")."""
    if not is_colour(colour):
        raise KnownError("theme.bad_colour", colour=colour)
    return colour.lower()


def check_key(key: str | None) -> None:
    """Raise KnownError("theme.bad_key") for what is no digit from 1 to 9."""
    if key is not None and key not in set(KEYS):
        raise KnownError("theme.bad_key", key=key)


def free_name(library: Library, name: str, but: int | None = None) -> None:
    """Raise KnownError where another theme has this name, or has it among its aliases."""
    for theme in known(library):
        if theme.id != but and theme.name == name:
            raise KnownError("theme.exists", name=name)
        if theme.id != but and name in theme.aliases:
            raise KnownError("theme.is_alias", name=name, theme=theme.name)


def free_aliases(library: Library, aliases: Iterable[str], but: int | None = None) -> None:
    """Raise KnownError("theme.alias_taken") where an alias means another theme already."""
    meaning = {
        name: theme.name
        for theme in known(library)
        if theme.id != but
        for name in (*theme.aliases, theme.name)
    }
    for alias in aliases:
        if alias in meaning:
            raise KnownError("theme.alias_taken", alias=alias, theme=meaning[alias])


def free_key(library: Library, key: str | None) -> None:
    """Raise KnownError where a digit key is none, or is another theme's."""
    check_key(key)
    for theme in known(library):
        if key is not None and theme.key == key:
            raise KnownError("theme.key_taken", key=key, name=theme.name)


def without_ring(library: Library, theme: Theme, ancestor: Theme) -> None:
    """Raise KnownError("theme.ring") where ``theme`` is ``ancestor`` or stands below it."""
    if ancestor.id in above(library, theme.id):
        raise KnownError("theme.ring", name=ancestor.name, into=theme.name)


def above(library: Library, theme: int) -> list[int]:
    """A theme and all above it, going up; a ring, which a damaged file may have, is gone once."""
    parents = {each.id: each.parent for each in known(library)}
    path: list[int] = []
    at: int | None = theme
    while at is not None and at not in path:
        path.append(at)
        at = parents.get(at)
    return path
