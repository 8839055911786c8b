"""What a library is to be brought up to date with: its search index, and its reprints."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bulletin_desktop.library import search_index
from bulletin_desktop.services import indexing, reprints

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library


def catch_up(library: Library, seconds: float) -> bool:
    """Do some of what is to be done, for about so many seconds; says whether there is more."""
    deadline = time.monotonic() + seconds
    work = indexing.catch_up(library)
    try:
        next(work)
        while True:
            work.send(time.monotonic() > deadline)
    except StopIteration as end:
        if not end.value:
            return True
    while search_index.tidy(library):
        if time.monotonic() > deadline:
            return True
    return reprints.catch_up(library, max(0.0, deadline - time.monotonic()))


def is_indexed(library: Library) -> bool:
    """Whether the search index has all articles as they are now."""
    return indexing.is_usable(library) and not search_index.count_waiting(library)
