"""Opening libraries: the user's own, the sample, any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop import paths
from bulletin_desktop.library.store import Library
from bulletin_desktop.services import browsing, themes

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.services.importing import ImportReport

__all__ = ["Library", "fill_sample", "open_library", "sample_is_ready"]


def open_library(path: Path, *, create: bool = False) -> Library:
    """Open a library file. Raises KnownError where it cannot be used."""
    return Library(path, create=create)


def sample_is_ready(path: Path) -> bool:
    """Whether the sample library stands there with its bulletins in it."""
    if not path.exists():
        return False
    with Library(path) as library:
        return browsing.totals(library).issues > 0


def fill_sample(
    library: Library, *, starter: bool = True
) -> Generator[Progress, bool | None, ImportReport]:
    """Bring the sample bulletins, and unless declined the starter themes, into a library."""
    # Deferred: most starts of the window import nothing.
    from bulletin_desktop.services.importing import import_paths

    if starter:
        themes.add_starter(library)
    return (yield from import_paths(library, [paths.seeds()]))
