"""What a library is to be brought up to date with: its search index, and its reprints."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bulletin_desktop.library import search_index
from bulletin_desktop.services import indexing, reprints
from bulletin_desktop.services.working import finish_by

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library


def catch_up(library: Library, seconds: float) -> bool:
    """Do some of what is to be done, for about so many seconds; says whether there is more."""
    deadline = time.monotonic() + seconds
    if not finish_by(indexing.catch_up(library), deadline):
        return True
    while search_index.tidy(library):
        if time.monotonic() > deadline:
            return True
    return reprints.catch_up(library, max(0.0, deadline - time.monotonic()))
