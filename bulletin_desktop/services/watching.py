"""Folders whose new and changed files come in by themselves; outside the history, as settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.services.files import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Library", "folders", "forget", "watch"]

_NAME = "watched folders"


def folders(library: Library) -> list[Path]:
    """The watched folders in the order in which they were chosen."""
    kept = annotating.setting(library, _NAME)
    return [Path(folder) for folder in json.loads(kept)] if kept else []


@atomic
def watch(library: Library, folder: Path) -> None:
    """Watch a folder with all below it."""
    _keep(library, dict.fromkeys([*folders(library), folder.absolute()]))


@atomic
def forget(library: Library, folder: Path) -> None:
    """Watch a folder no longer; what came from it stays."""
    _keep(library, [each for each in folders(library) if each != folder])


def _keep(library: Library, chosen: Iterable[Path]) -> None:
    annotating.set_setting(library, _NAME, json.dumps([shown(x) for x in chosen]))
