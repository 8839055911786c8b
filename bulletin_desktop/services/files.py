"""Finding and reading the files that are to be imported or parsed."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulletin_desktop.model.text import DecodedText, ParsedText

TEXT_SUFFIXES = frozenset({".txt", ".md"})
# Named by their ending, and read as text they would be markup or worse.
FOREIGN_SUFFIXES = frozenset(
    {".docx", ".doc", ".odt", ".wps", ".html", ".htm", ".rtf", ".pdf", ".zip", ".rar", ".7z"}
)
# Opened, not imported; and reading one that is open would take SQLite's locks away.
LIBRARY_SUFFIX = ".bdlib"


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that could not be taken in, and why."""

    path: str
    reason: Message


@dataclass(slots=True)
class Found:
    """What stands under some paths: files to read, how many others, what could not be looked at."""

    files: list[Path] = field(default_factory=list)
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read and parsed; ``sha256`` is of its bytes, in hexadecimal."""

    path: Path
    sha256: str
    decoded: DecodedText
    parsed: ParsedText


def find(paths: Iterable[Path]) -> Found:
    """Walk folders for texts, in natural order (第2期 before 第10期); files are taken as named."""
    found = Found()
    for path in paths:
        try:
            if path.is_dir():
                _walk(path, found)
            elif not path.exists():
                found.failed.append(Failure(shown(path), Message("file.missing")))
            elif path.suffix.lower() == LIBRARY_SUFFIX:
                found.failed.append(Failure(shown(path), Message("file.library")))
            elif path.suffix.lower() in FOREIGN_SUFFIXES:
                found.failed.append(Failure(shown(path), Message("file.unsupported")))
            else:
                found.files.append(path)
        except OSError as error:
            found.failed.append(Failure(shown(path), _reason(error)))
    return found


def _walk(folder: Path, found: Found) -> None:
    before = len(found.files), len(found.failed)
    for path in sorted(_files_below(folder, found), key=_natural):
        if path.suffix.lower() in TEXT_SUFFIXES:
            found.files.append(path)
        else:
            found.skipped += 1
    if (len(found.files), len(found.failed)) == before:
        found.failed.append(Failure(shown(folder), Message("file.folder_without_texts")))


def _files_below(folder: Path, found: Found) -> Iterator[Path]:
    """All files below a folder; hidden ones and links to folders are passed over."""

    def failed(error: OSError) -> None:
        found.failed.append(Failure(shown(error.filename), _reason(error)))

    # Path.walk needs Python 3.12; os.walk does the same.
    for here, folders, names in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, name) for name in names if not name.startswith("."))


def _natural(path: Path) -> list[tuple[int, int, str]]:
    pieces = re.split(r"(\d+)", str(path))
    return [(1, int(p), "") if p.isdecimal() else (0, 0, p) for p in pieces]


def fingerprint(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def load(path: Path, data: bytes) -> Loaded:
    """Decode and parse the bytes of one file.

    Raises KnownError (file.binary, file.undecodable with the byte position), with the file's path
    in its parameters.
    """
    # Deferred: the window starts without the parser.
    from bulletin_desktop.parsing.build import parse_text
    from bulletin_desktop.parsing.decode import decode_bytes

    try:
        decoded = decode_bytes(data)
    except KnownError as error:
        raise error.with_params(path=shown(path)) from error
    # A silent text takes its date from the name of the file or of its folder.
    name = Path(path.absolute().parent.name, path.name)
    parsed = parse_text(decoded.text, shown(name))
    return Loaded(path, fingerprint(data), decoded, parsed)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises KnownError (file.*) where it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise KnownError("file.pipe", path=shown(path))
        return path.read_bytes()
    except OSError as error:
        reason = _reason(error)
        raise KnownError(reason.code, path=shown(path), **reason.params) from error


def failure(path: Path, error: KnownError) -> Failure:
    """A path that could not be taken in because of an error."""
    return Failure(shown(path), Message(error.code, dict(error.params)))


def shown(path: str | Path) -> str:
    """A path as text that can be stored and printed: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(error: OSError) -> Message:
    if isinstance(error, FileNotFoundError):
        return Message("file.missing")
    if isinstance(error, PermissionError):
        return Message("file.no_permission")
    return Message("file.unreadable", {"error": error.strerror or str(error)})
