"""Making, renaming, merging, moving and deleting themes."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from bulletin_desktop import paths
from bulletin_desktop.library import annotating, trash
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Theme
from bulletin_desktop.services.naming import clean_name

if TYPE_CHECKING:
    from collections.abc import Sequence


def all_themes(library: Library) -> list[Theme]:
    """All themes in the order in which they were made."""
    return annotating.themes(library)


def by_id(library: Library, theme: int) -> Theme:
    """The theme with this id. Raises KnownError("theme.missing")."""
    for found in annotating.themes(library):
        if found.id == theme:
            return found
    raise KnownError("theme.missing", name=theme)


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


def insert(library: Library, name: str, **fields: object) -> Theme:
    """A new theme inside an open change, with the least used colour unless one is given."""
    known = annotating.themes(library)
    used = [theme.colour for theme in known]
    theme = Theme(0, name, None, min(palette(), key=used.count), None, (), (), 0)
    given = {key: value for key, value in fields.items() if value is not None}
    theme = theme._replace(**given)  # type: ignore[arg-type]
    return theme._replace(id=annotating.insert_theme(library, theme))


@atomic
def add(
    library: Library,
    name: str,
    *,
    parent: int | None = None,
    colour: str | None = None,
    key: str | None = None,
    aliases: Sequence[str] = (),
) -> Change:
    """A new theme.

    Raises KnownError where the name or digit key is taken or not usable, or the parent is missing.
    """
    clean = clean_name(name, "theme")
    _free_name(library, clean)
    _free_key(library, key)
    if parent is not None:
        by_id(library, parent)
    if colour is not None and not _is_colour(colour):
        raise KnownError("theme.bad_colour", colour=colour)
    with library.change(Message("step.theme_add", {"theme": clean}), "themes") as recording:
        insert(library, clean, parent=parent, colour=colour, key=key, aliases=tuple(aliases))
    return recording.result()


def _is_colour(text: str) -> bool:
    return (
        len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])
    )


def _free_name(library: Library, name: str, but: int | None = None) -> None:
    if any(t.name == name and t.id != but for t in annotating.themes(library)):
        raise KnownError("theme.exists", name=name)


def _free_key(library: Library, key: str | None) -> None:
    if key is None:
        return
    if key not in set("123456789"):
        raise KnownError("theme.bad_key", key=key)
    for theme in annotating.themes(library):
        if theme.key == key:
            raise KnownError("theme.key_taken", key=key, name=theme.name)


@atomic
def rename(library: Library, theme: int, name: str) -> Change:
    """Give a theme another name. Raises KnownError where that is taken."""
    old, clean = by_id(library, theme), clean_name(name, "theme")
    _free_name(library, clean, but=theme)
    message = Message("step.theme_rename", {"theme": old.name, "name": clean})
    with library.change(message, "themes") as recording:
        if old.name != clean:
            annotating.update_theme(library, old._replace(name=clean))
    return recording.result()


@atomic
def merge(library: Library, theme: int, into: int) -> Change:
    """Give ``into`` all articles and names of ``theme``, then delete ``theme``; one step."""
    old, kept = by_id(library, theme), by_id(library, into)
    if old.id == kept.id:
        raise KnownError("theme.merge_itself", name=old.name)
    _not_below(library, kept, old)
    names = tuple(dict.fromkeys([*kept.aliases, old.name, *old.aliases]))
    words = tuple(dict.fromkeys([*kept.words, *old.words]))
    message = Message("step.theme_merge", {"theme": old.name, "into": kept.name})
    with library.change(message, "themes", "tags", "highlights", "rules", "notes") as recording:
        annotating.move_tags(library, old.id, kept.id)
        for child in annotating.themes(library):
            if child.parent == old.id:
                annotating.update_theme(library, child._replace(parent=kept.id))
        annotating.delete_theme(library, old.id)
        annotating.update_theme(library, kept._replace(aliases=names, words=words))
    return recording.result()


@atomic
def move(library: Library, theme: int, parent: int | None) -> Change:
    """Put a theme under another one (None: at the top). Raises KnownError for a ring."""
    moved = by_id(library, theme)
    above = by_id(library, parent) if parent is not None else None
    if above is not None:
        _not_below(library, above, moved)
    message = (
        Message("step.theme_move", {"theme": moved.name, "into": above.name})
        if above
        else Message("step.theme_to_top", {"theme": moved.name})
    )
    with library.change(message, "themes") as recording:
        if moved.parent != parent:
            annotating.update_theme(library, moved._replace(parent=parent))
    return recording.result()


def _not_below(library: Library, theme: Theme, ancestor: Theme) -> None:
    """Raise KnownError("theme.ring") where ``theme`` is ``ancestor`` or stands below it."""
    parents = {t.id: t.parent for t in annotating.themes(library)}
    at: int | None = theme.id
    while at is not None:
        if at == ancestor.id:
            raise KnownError("theme.ring", name=ancestor.name, into=theme.name)
        at = parents.get(at)


@atomic
def set_key(library: Library, theme: int, key: str | None) -> Change:
    """Give a theme a digit key, taking it from the theme that has it; None takes it away."""
    if key is not None and key not in set("123456789"):
        raise KnownError("theme.bad_key", key=key)
    changed = by_id(library, theme)
    message = (
        Message("step.theme_key", {"theme": changed.name, "key": key})
        if key
        else Message("step.theme_no_key", {"theme": changed.name})
    )
    with library.change(message, "themes") as recording:
        for other in annotating.themes(library):
            if key is not None and other.key == key and other.id != theme:
                annotating.update_theme(library, other._replace(key=None))
        if changed.key != key:
            annotating.update_theme(library, changed._replace(key=key))
    return recording.result()


@atomic
def delete(library: Library, theme: int) -> Change:
    """Put a theme into the trash, off its articles and passages; its children move up. One step."""
    gone = by_id(library, theme)
    message = Message("step.theme_delete", {"theme": gone.name})
    topics: tuple[Topic, ...] = ("themes", "tags", "highlights", "notes", "rules", "trash")
    with library.change(message, *topics) as recording:
        trash.put(library, "theme", theme, gone.name)
    return recording.result()


@atomic
def add_starter(library: Library) -> Change:
    """Add the starter set of this field, those whose names are free, as one step."""
    from bulletin_desktop.language.themes import palette, starter_themes

    colours = {colour.name_en: colour.hex for colour in palette()}
    with library.change(Message("step.starter_themes"), "themes") as recording:
        names = {theme.name for theme in annotating.themes(library)}
        keys = {theme.key for theme in annotating.themes(library)}
        for starter in starter_themes():
            key = str(starter.key) if starter.key else None
            if starter.name not in names:
                insert(
                    library,
                    starter.name,
                    colour=colours[starter.colour],
                    key=None if key in keys else key,
                    aliases=(*starter.aliases, starter.name_en),
                    words=starter.words,
                )
    return recording.result()
