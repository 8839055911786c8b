"""Names that the user gives: themes, units, collections, searches."""

from __future__ import annotations

from typing import Literal

from bulletin_desktop.model.errors import KnownError

MOST = 60


def clean_name(name: str, kind: Literal["theme", "unit", "collection", "search"]) -> str:
    """A name on one line without outer blanks.

    Raises KnownError (theme.empty_name, theme.long_name …) where it is empty or too long.
    """
    clean = " ".join(name.split())
    if not clean:
        raise KnownError(f"{kind}.empty_name")
    if len(clean) > MOST:
        raise KnownError(f"{kind}.long_name", n=MOST)
    return clean
