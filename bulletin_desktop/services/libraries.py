"""Library files: opening, copying, moving; the user's own, the sample, any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop import paths
from bulletin_desktop.library.connection import is_library
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, themes
from bulletin_desktop.services.working import finish

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.services.importing import ImportReport

__all__ = [
    "Library",
    "fill_sample",
    "is_library",
    "make_sample",
    "open_library",
    "parted",
]


def open_library(path: Path, *, create: bool = False) -> Library:
    """Open a library file. Raises KnownError where it cannot be used."""
    return Library(path, create=create)


def parted(files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Files that are libraries, and all others, each in their order."""
    opened: list[Path] = []
    others: list[Path] = []
    for file in files:
        (opened if is_library(file) else others).append(file)
    return opened, others


def make_sample(path: Path) -> None:
    """Make the sample library, unless it stands there with its bulletins in it.

    Raises KnownError where it could not take all of them in.
    """
    with Library(path, create=True) as library:
        if browsing.totals(library).issues:
            return
        report = finish(fill_sample(library))
    if report.stopped is not None:
        raise report.stopped
    for failure in report.failed:
        raise KnownError(failure.reason.code, **failure.reason.params)


def fill_sample(
    library: Library, *, starter: bool = True
) -> Generator[Progress, bool | None, ImportReport]:
    """Bring the sample bulletins, and unless declined the starter themes, into a library."""
    # Deferred: most starts of the window import nothing.
    from bulletin_desktop.services.importing import import_paths

    if starter:
        themes.add_starter(library)
    return (yield from import_paths(library, [paths.seeds()]))
