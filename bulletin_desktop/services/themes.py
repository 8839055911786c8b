"""Making, describing, renaming, merging, splitting, moving and deleting themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library import annotating, noting, theme_rows, trash
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services.naming import clean_name
from bulletin_desktop.services.theme_names import (
    above,
    all_themes,
    by_id,
    by_name,
    check_colour,
    check_key,
    colours,
    find,
    free_aliases,
    free_key,
    free_name,
    insert,
    known,
    palette,
    uncounted,
    without_ring,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.model.records import Theme

__all__ = [
    "Overlap", "add", "add_starter", "all_themes", "by_id", "by_name", "colours", "delete",
    "delete_all", "describe", "find", "insert", "merge", "merge_all", "merge_preview", "move",
    "move_all", "palette", "rename", "set_aliases", "set_colour", "set_key", "set_words", "split",
    "split_preview",
]  # fmt: skip

_ALL_OF_THEME: tuple[Topic, ...] = ("themes", "tags", "highlights", "notes", "rules")
_LONGEST = 60  # characters of names in the name of a step


class Overlap(NamedTuple):
    """How many articles and passages a merged theme is on, and how many carry both themes."""

    articles: int
    passages: int
    both_articles: int
    both_passages: int


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

    Raises KnownError where a name or the digit key is taken or not usable, or the parent is
    missing.
    """
    clean = clean_name(name, "theme")
    free_name(library, clean)
    free_key(library, key)
    others = _clean_names(aliases, but=clean)
    free_aliases(library, others)
    if parent is not None:
        uncounted(library, parent)
    if colour is not None:
        colour = check_colour(colour)
    with library.change(Message("step.theme_add", {"theme": clean}), "themes") as recording:
        insert(library, clean, parent=parent, colour=colour, key=key, aliases=others)
    return recording.result()


def _clean_names(names: Iterable[str], but: str) -> tuple[str, ...]:
    """Names as they are kept, each once, without the theme's own and without empty ones."""
    clean = (clean_name(name, "theme") for name in names if name.strip())
    return tuple(dict.fromkeys(name for name in clean if name != but))


# One theme


@atomic
def rename(library: Library, theme: int, name: str) -> Change:
    """Give a theme another name.

    Raises KnownError where that is another theme's name (``theme.exists``, which a window takes
    for the wish to merge them) or alias.
    """
    old, clean = uncounted(library, theme), clean_name(name, "theme")
    free_name(library, clean, but=theme)
    aliases = tuple(alias for alias in old.aliases if alias != clean)
    message = Message("step.theme_rename", {"theme": old.name, "name": clean})
    return _update(library, message, old, old._replace(name=clean, aliases=aliases))


def _update(library: Library, message: Message, old: Theme, new: Theme) -> Change:
    with library.change(message, "themes") as recording:
        if new != old:
            annotating.update_theme(library, new)
    return recording.result()


@atomic
def describe(library: Library, theme: int, text: str) -> Change:
    """Say in words what a theme is for; an empty text takes that away."""
    old = uncounted(library, theme)
    message = Message("step.theme_describe", {"theme": old.name})
    return _update(library, message, old, old._replace(description=text.strip()))


@atomic
def set_aliases(library: Library, theme: int, aliases: Iterable[str]) -> Change:
    """Give a theme these other names and no more.

    Raises KnownError("theme.alias_taken") for one that is another theme's name or alias.
    """
    old = uncounted(library, theme)
    clean = _clean_names(aliases, but=old.name)
    free_aliases(library, (alias for alias in clean if alias not in old.aliases), but=theme)
    message = Message("step.theme_aliases", {"theme": old.name})
    return _update(library, message, old, old._replace(aliases=clean))


@atomic
def set_words(library: Library, theme: int, words: Iterable[str]) -> Change:
    """Give a theme these words that suggest it and no more."""
    old = uncounted(library, theme)
    message = Message("step.theme_words", {"theme": old.name})
    return _update(library, message, old, old._replace(words=_clean_names(words, but=old.name)))


@atomic
def set_colour(library: Library, theme: int, colour: str) -> Change:
    """Give a theme a colour, #RRGGBB. Raises KnownError("theme.bad_colour")."""
    clean, old = check_colour(colour), uncounted(library, theme)
    message = Message("step.theme_colour", {"theme": old.name})
    return _update(library, message, old, old._replace(colour=clean))


@atomic
def set_key(library: Library, theme: int, key: str | None) -> Change:
    """Give a theme a digit key, taking it from the theme that has it; None takes it away."""
    check_key(key)
    changed = uncounted(library, theme)
    message = (
        Message("step.theme_key", {"theme": changed.name, "key": key})
        if key
        else Message("step.theme_no_key", {"theme": changed.name})
    )
    with library.change(message, "themes") as recording:
        for other in known(library):
            if key is not None and other.key == key and other.id != theme:
                annotating.update_theme(library, other._replace(key=None))
        if changed.key != key:
            annotating.update_theme(library, changed._replace(key=key))
    return recording.result()


# The tree


def move(library: Library, theme: int, parent: int | None) -> Change:
    """Put a theme under another one (None: at the top). Raises KnownError for a ring."""
    return move_all(library, [theme], parent)


@atomic
def move_all(library: Library, themes: Sequence[int], parent: int | None) -> Change:
    """Put themes under another one (None: at the top), as one step.

    Raises KnownError("theme.ring") where one would stand below itself.
    """
    moved = [uncounted(library, theme) for theme in themes]
    into = uncounted(library, parent) if parent is not None else None
    message = Message("step.theme_to_top", {"theme": _names(moved)})
    if into is not None:
        for theme in moved:
            without_ring(library, into, theme)
        message = Message("step.theme_move", {"theme": _names(moved), "into": into.name})
    with library.change(message, "themes") as recording:
        for theme in moved:
            if theme.parent != parent:
                annotating.update_theme(library, theme._replace(parent=parent))
    return recording.result()


def _names(themes: Sequence[Theme]) -> str:
    return "、".join(theme.name for theme in themes)[:_LONGEST]


def delete(library: Library, theme: int) -> Change:
    """Put a theme into the trash, off its articles and passages; its children move up. One step."""
    return delete_all(library, [theme])


@atomic
def delete_all(library: Library, themes: Sequence[int]) -> Change:
    """Put themes into the trash, off their articles and passages, as one step.

    Their children move up. Those below others go first: so they come back to where they were.
    """
    gone = [uncounted(library, theme) for theme in dict.fromkeys(themes)]
    depth = {theme.id: len(above(library, theme.id)) for theme in gone}
    message = Message("step.theme_delete", {"theme": _names(gone)})
    with library.change(message, *_ALL_OF_THEME, "trash") as recording:
        for theme in sorted(gone, key=lambda each: -depth[each.id]):
            trash.put(library, "theme", theme.id, theme.name)
    return recording.result()


# Merging


def merge(library: Library, theme: int, into: int) -> Change:
    """Give ``into`` all that ``theme`` has and is on, then delete ``theme``; one step."""
    return merge_all(library, [theme], into)


def merge_preview(library: Library, themes: Iterable[int], into: int) -> Overlap:
    """What merging themes into another would do, in counts."""
    return Overlap(*theme_rows.overlap(library, (each for each in themes if each != into), into))


@atomic
def merge_all(library: Library, themes: Sequence[int], into: int) -> Change:
    """Give ``into`` all articles, passages, names, words and notes of themes, then delete these.

    One step. Where ``into`` stands below one of them it takes that one's place. Raises
    KnownError("theme.merge_itself").
    """
    gone = [uncounted(library, theme) for theme in dict.fromkeys(themes)]
    kept = uncounted(library, into)
    if kept in gone:
        raise KnownError("theme.merge_itself", name=kept.name)
    message = Message("step.theme_merge", {"theme": _names(gone), "into": kept.name})
    with library.change(message, *_ALL_OF_THEME) as recording:
        for theme in gone:
            _merge_one(library, theme.id, into)
    return recording.result()


def _merge_one(library: Library, theme: int, into: int) -> None:
    old, kept = uncounted(library, theme), uncounted(library, into)
    if old.id in above(library, kept.id):
        kept = kept._replace(parent=old.parent)
    names = dict.fromkeys((*kept.aliases, old.name, *old.aliases))
    names.pop(kept.name, None)
    kept = kept._replace(
        key=kept.key or old.key,
        aliases=tuple(names),
        words=tuple(dict.fromkeys((*kept.words, *old.words))),
        description=_both(kept.description, old.description),
    )
    annotating.move_tags(library, old.id, kept.id)
    _unite_notes(library, old.id, kept.id)
    for child in known(library):
        if child.parent == old.id and child.id != kept.id:
            annotating.update_theme(library, child._replace(parent=kept.id))
    annotating.delete_theme(library, old.id)
    annotating.update_theme(library, kept)


def _both(text: str, other: str) -> str:
    return text if other in text else f"{text}\n\n{other}".strip()


def _unite_notes(library: Library, theme: int, into: int) -> None:
    """What was noted on a theme goes below what was noted on the other; private stays private."""
    old, kept = noting.note(library, "theme", theme), noting.note(library, "theme", into)
    if old is not None:
        text = _both(kept.text, old.text) if kept is not None else old.text
        private = old.private or (kept is not None and kept.private)
        noting.set_note(library, "theme", into, text, private=private)


# Splitting


def split_preview(library: Library, theme: int, article_ids: Iterable[int]) -> int:
    """How many of these articles carry a theme, and would be split off."""
    return len(theme_rows.carriers(library, theme, article_ids))


@atomic
def split(
    library: Library,
    theme: int,
    name: str,
    article_ids: Iterable[int],
    *,
    beside: bool = False,
    keep: bool = False,
) -> Change:
    """Give those of the articles that carry a theme a new one below it (or ``beside`` it).

    They lose the old one unless they ``keep`` it; passages stay as they are. One step. Raises
    KnownError where the name is taken or no article is concerned (``theme.nothing_to_split``).
    """
    old, clean = uncounted(library, theme), clean_name(name, "theme")
    free_name(library, clean)
    articles = theme_rows.carriers(library, theme, article_ids)
    if not articles:
        raise KnownError("theme.nothing_to_split", theme=old.name)
    names = {"theme": old.name, "name": clean, "n": len(articles)}
    with library.change(Message("step.theme_split", names), "themes", "tags") as recording:
        recording.articles = frozenset(articles)
        new = insert(library, clean, parent=old.parent if beside else old.id)
        theme_rows.hand_on(library, old.id, new.id, articles, keep=keep)
    return recording.result()


@atomic
def add_starter(library: Library) -> Change:
    """Add the starter set of this field, those whose names are free, as one step."""
    from bulletin_desktop.language.themes import starter_themes

    named = {colour.name_en: colour.hex for colour in colours()}
    with library.change(Message("step.starter_themes"), "themes") as recording:
        there = known(library)
        taken = {name for theme in there for name in (theme.name, *theme.aliases)}
        keys = {theme.key for theme in there}
        for starter in starter_themes():
            key = str(starter.key) if starter.key else None
            if starter.name not in taken:
                insert(
                    library,
                    starter.name,
                    colour=named[starter.colour],
                    key=None if key in keys else key,
                    aliases=[n for n in (*starter.aliases, starter.name_en) if n not in taken],
                    words=starter.words,
                )
    return recording.result()
