"""Checking and repairing a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import integrity
from bulletin_desktop.library.integrity_schema import tables
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import indexing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Problem

_INDEXED = frozenset(("articles", "issues", "documents", "search_rows", "search_waiting"))


def problems(library: Library) -> Iterator[Problem]:
    """Everything that is wrong, one by one; nothing where the library is sound.

    Raises KnownError for what is not the library's fault, such as a lock.
    """
    sound = True
    for problem in integrity.problems(library):
        sound = False
        yield problem
    if sound:  # else its words may not be readable
        yield from indexing.problems(library)


def repair(library: Library) -> None:
    """Mend what can be mended without guessing, and make the search index anew where it is wrong.

    Raises KnownError for what is not the library's fault, such as a full disk.
    """
    integrity.repair(library)
    try:
        if tables(library) >= _INDEXED:
            indexing.repair(library)
    except KnownError as error:
        if error.code != "library.damaged":
            raise
