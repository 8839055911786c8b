"""Which encoding a file is read in: as its bytes tell, unless the user has said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import files

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.services.ahead import Ahead
    from bulletin_desktop.services.files import Input, Loaded

# Those that bytes can tell for certain.
_CERTAIN = frozenset({"utf-8", "utf-8-sig", "utf-16"})


def _name(folder: str) -> str:
    return f"encoding:{folder}"


def remember(library: Library, path: str, encoding: str) -> None:
    """Keep that doubtful files of a file's folder are in this encoding."""
    annotating.set_setting(library, _name(path.rpartition("/")[0]), encoding)


def _loading(
    each: Input, data: bytes, encoding: str | None, ahead: Ahead | None
) -> Generator[None, None, Loaded]:
    """What was loaded ahead, or else is loaded now."""
    if ahead is not None:
        loaded = yield from ahead.loading(each.path, files.fingerprint(data), encoding)
        if loaded is not None:
            return loaded
    return (yield from files.loading(each.path, data, encoding))


class Choices:
    """What the user has said about encodings: for single files now, for folders earlier."""

    def __init__(self, library: Library, chosen: Mapping[str, str]) -> None:
        self._library = library
        self.chosen = chosen
        self._folders: dict[str, str | None] = {}

    def _of_folder(self, place: str) -> str | None:
        folder = place.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = annotating.setting(self._library, _name(folder))
        return self._folders[folder]

    def loading(
        self, each: Input, data: bytes, ahead: Ahead | None = None
    ) -> Generator[None, None, Loaded]:
        """The text of a file and its parts; yields while it waits, and closing it ends the work.

        Where its bytes are doubtful the folder's encoding counts, if they can be read in it.
        Raises KnownError (file.*).
        """
        told = self.chosen.get(each.path)
        if told is not None:
            loaded = yield from _loading(each, data, told, ahead)
            if loaded.decoded.encoding == told:  # not so for a format with its own
                remember(self._library, each.place, told)
            return loaded
        folders = self._of_folder(each.place)
        try:
            loaded = yield from _loading(each, data, None, ahead)
        except KnownError as error:
            if folders is None or error.code != "file.undecodable":
                raise
            return (yield from files.loading(each.path, data, folders))
        encoding = loaded.decoded.encoding
        if folders in (None, encoding) or encoding is None or encoding in _CERTAIN:
            return loaded
        try:
            again = yield from files.loading(each.path, data, folders)
        except KnownError:
            return loaded
        replaced = any(remark.code == "file.replaced" for remark in again.decoded.remarks)
        return loaded if replaced else again
