"""Themes as they go from one library to another, in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bulletin_desktop.model.change import Message


class SetTheme(NamedTuple):
    """A theme in a set; ``parent`` is the place in the set of the one above it.

    Fields are as the file has them: names may be empty or come twice, colours may be missing.
    """

    name: str
    parent: int | None = None
    colour: str | None = None
    key: str | None = None
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    description: str = ""


class ThemeSet(NamedTuple):
    """What a file holds; ``remarks`` tell what of it has no place here."""

    themes: tuple[SetTheme, ...]
    remarks: tuple[Message, ...] = ()
