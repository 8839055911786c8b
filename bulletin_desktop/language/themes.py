"""The starter themes of this field and the palette that themes take their colours from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from bulletin_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class Colour:
    """A traditional Chinese colour; ``name_en`` is its token, ``hex`` is ``#rrggbb``."""

    name_zh: str
    name_en: str
    hex: str


@dataclass(frozen=True, slots=True)
class StarterTheme:
    """A theme to begin with.

    ``name_en`` is an English gloss, to be made an alias like ``aliases``; ``colour`` is the token
    of a palette colour, ``key`` a digit 1 to 9 or None; ``words`` speak for the theme in a text.
    """

    name: str
    name_en: str
    colour: str
    key: int | None
    aliases: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def palette() -> tuple[Colour, ...]:
    """The colours for themes, from resources/palette.json; each is legible on light and on dark."""
    entries = json.loads(resource("palette.json").read_text(encoding="utf-8"))
    return tuple(Colour(**entry) for entry in entries)


@lru_cache(maxsize=1)
def starter_themes() -> tuple[StarterTheme, ...]:
    """The starter themes in their order, from resources/starter_themes.json."""
    entries = json.loads(resource("starter_themes.json").read_text(encoding="utf-8"))
    return tuple(
        StarterTheme(
            name=entry["name"],
            name_en=entry["name_en"],
            colour=entry["colour"],
            key=entry["key"],
            aliases=tuple(entry["aliases"]),
            words=tuple(entry["words"]),
        )
        for entry in entries
    )
