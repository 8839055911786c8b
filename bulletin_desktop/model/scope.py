"""Which articles are meant: a part of the library."""

from __future__ import annotations

from typing import NamedTuple


class Scope(NamedTuple):
    """Articles that fit every field that is set; all articles where none is.

    ``year`` "" means issues without a date, ``section`` 0 articles outside any section, ``source``
    "" articles without a source; ``printed`` are sources with the places whose bulletins print them
    so, which is how articles belong to units.
    """

    year: str | None = None
    issue: int | None = None
    section: int | None = None
    theme: int | None = None
    source: str | None = None
    printed: tuple[tuple[str, str], ...] | None = None
    collection: int | None = None
    ids: tuple[int, ...] | None = None
    containing: str | None = None
