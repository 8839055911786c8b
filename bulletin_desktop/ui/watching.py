"""Folders that the user asked to be watched: what changes there is imported, without a word where
nothing came in.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from bulletin_desktop.services import watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.jobs import Jobs

# A file that is being written tells of itself many times; it is read when it has been still.
_STILL = 1500
# Each watched place costs the system a handle; beyond these a change of a file inside is seen when
# the library is opened next.
_MOST = 4000


class Watch(QObject):
    """Watches the library's folders while its window is open, and looks through them at once."""

    def __init__(self, context: Context, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._jobs = jobs
        self._waiting: set[Path] = set()
        self._refused: set[str] = set()  # what the system does not let be watched
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_change)
        self._watcher.fileChanged.connect(self._on_change)
        self._still = QTimer(self, singleShot=True, interval=_STILL)
        self._still.timeout.connect(self._import)
        self._jobs.ended.connect(self._on_free)

    def look(self) -> None:
        """Look through all watched folders now; they may be others than before."""
        self._waiting.update(watching.folders(self._context.library))
        self._import()

    def _on_change(self, path: str) -> None:
        self._waiting.add(Path(path))
        self._still.start()

    def _on_free(self) -> None:
        if self._waiting and not self._still.isActive():
            self._still.start()

    def _import(self) -> None:
        """Import what waits, unless long work is under way; then when that has ended."""
        if self._jobs.is_running:
            return
        chosen = watching.folders(self._context.library)
        self._look_around(chosen, self._follow)
        paths = [path for path in sorted(self._waiting) if path.exists()]
        self._waiting.clear()
        if paths:
            self._jobs.import_files(paths, starter=False, quiet=True)

    def _look_around(self, chosen: list[Path], then: Callable[[set[str]], None]) -> None:
        self._context.runner.think("watch", lambda _: set(_places(chosen)), then)

    def _follow(self, wanted: set[str]) -> None:
        """Watch the folders as they were found; what came while they were is looked at too."""
        if self._add(wanted):
            self._look_around(watching.folders(self._context.library), self._catch_up)

    def _catch_up(self, wanted: set[str]) -> None:
        if new := self._add(wanted):
            self._waiting.update(Path(path) for path in new)
            self._still.start()

    def _add(self, wanted: set[str]) -> set[str]:
        """Watch these places and no others; gives those that were not watched before."""
        have = {*self._watcher.directories(), *self._watcher.files()}
        if gone := have - wanted:
            self._watcher.removePaths(sorted(gone))
        new = wanted - have - self._refused
        if new:
            self._refused.update(self._watcher.addPaths(sorted(new)))
        return new - self._refused


def _places(folders: list[Path]) -> Iterator[str]:
    """The folders with all folders below them, then their files, as many as can be watched."""
    files: list[str] = []
    left = _MOST
    for folder in folders:
        for here, inside, names in os.walk(folder):
            inside[:] = [name for name in inside if not name.startswith(".")]
            if left <= 0:
                return
            left -= 1
            yield here
            files += [str(Path(here, name)) for name in names if not name.startswith(".")]
    yield from files[:left]
