"""Finding and reading the files that are to be imported or parsed."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services.working import finish

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from bulletin_desktop.model.text import DecodedText, ParsedText
    from bulletin_desktop.parsing.readers.zipped import Member

# What other programs write that is no text; in a folder it is passed over, named it is refused.
FOREIGN_SUFFIXES = frozenset({".odt", ".wps", ".rar", ".7z"})
# Opened, not imported; and reading one that is open would take SQLite's locks away.
LIBRARY_SUFFIX = ".bdlib"
# The paths of what no file holds begin so; those of files are absolute.
PASTED = "pasted/"
_NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f]")
_NAME_LENGTH = 40
# Between the path of an archive and the name of a file in it.
_INSIDE = "!/"
_ARCHIVE_SUFFIX = ".zip"
_LARGEST = 2**29  # bytes; it is held in memory as a whole
_TEMPORARY = "~$"  # what Word puts beside a file that is open
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_MANY = 1000  # files that are looked at between two signs of life


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that could not be taken in, and why."""

    path: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Input:
    """One file to take in: a file on the disk, or a member of a zip archive."""

    file: Path
    member: Member | None = None

    @property
    def path(self) -> str:
        """The path as it was named, to be shown; of a member ``a.zip!/inner.txt``."""
        return _joined(self.file, self.member)

    @property
    def place(self) -> str:
        """The whole path, as it is stored; of a member ``/…/a.zip!/inner.txt``."""
        return _joined(self.file.absolute(), self.member)

    @property
    def name(self) -> str:
        """The name without folders."""
        return self.path.rpartition("/")[2] if self.member else shown(self.file.name)

    def read(self) -> bytes:
        """Its bytes. Raises KnownError (file.*) with the path where it cannot be read."""
        if self.member is None:
            return read_bytes(self.file)
        return _read_member(self.file, self.member, self.path)


@dataclass(slots=True)
class Found:
    """What stands under some paths: files to read, how many others, what could not be looked at."""

    inputs: list[Input] = field(default_factory=list)
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first lines of a file as some encoding reads them.

    ``encoding`` is None for a format with its own; ``candidates`` are the encodings to choose
    from, the likeliest first.
    """

    encoding: str | None
    lines: tuple[str, ...]
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read and parsed; ``sha256`` is of its bytes, in hexadecimal.

    ``path`` is as it was named, to be shown; ``fingerprints`` are its articles', if made already.
    """

    path: str
    sha256: str
    decoded: DecodedText
    parsed: ParsedText
    fingerprints: Sequence[Sequence[int]] | None = None


def find(paths: Iterable[Path]) -> Found:
    """Walk folders for texts, in natural order (第2期 before 第10期), and zip archives likewise.

    Files are taken as named, whatever their ending. See ``finding`` for what can take long.
    """
    return finish(finding(paths))


def finding(paths: Iterable[Path]) -> Generator[None, None, Found]:
    """Like ``find``; yields now and then in large folders, and closing it ends the work."""
    found = Found()
    for path in paths:
        try:
            if path.is_dir():
                yield from _walking(path, found)
            elif not path.exists():
                found.failed.append(Failure(shown(path), Message("file.missing")))
            else:
                _take(path, found)
        except OSError as error:
            found.failed.append(Failure(shown(path), _reason(error)))
    return found


def _take(path: Path, found: Found) -> None:
    suffix = path.suffix.lower()
    if suffix == LIBRARY_SUFFIX:
        found.failed.append(Failure(shown(path), Message("file.library")))
    elif suffix in FOREIGN_SUFFIXES:
        found.failed.append(Failure(shown(path), Message("file.unsupported")))
    elif suffix == _ARCHIVE_SUFFIX:
        _walk_archive(path, found)
    else:
        found.inputs.append(Input(path))


def _walking(folder: Path, found: Found) -> Generator[None, None, None]:
    from bulletin_desktop.parsing import readers

    before = len(found.inputs), len(found.failed)
    paths: list[tuple[list[tuple[int, int, str]], Path]] = []
    for path in _files_below(folder, found):
        paths.append((natural(str(path)), path))
        if len(paths) % _MANY == 0:
            yield
    for at, (_, path) in enumerate(sorted(paths), 1):
        if at % _MANY == 0:
            yield
        suffix = path.suffix.lower()
        if path.name.startswith(_TEMPORARY):
            found.skipped += 1
        elif suffix == _ARCHIVE_SUFFIX:
            _walk_archive(path, found)
        elif suffix in readers.SUFFIXES:
            found.inputs.append(Input(path))
        else:
            found.skipped += 1
    if (len(found.inputs), len(found.failed)) == before:
        found.failed.append(Failure(shown(folder), Message("file.folder_without_texts")))


def _walk_archive(path: Path, found: Found) -> None:
    from bulletin_desktop.parsing.readers import zipped

    try:
        with opened(path) as archive:
            members = zipped.members(archive)
    except KnownError as error:
        found.failed.append(failure(path, error))
        return
    before = len(found.inputs), len(found.failed)
    for member in sorted(members, key=lambda member: natural(member.name)):
        _take_member(path, member, found)
    if (len(found.inputs), len(found.failed)) == before:
        found.failed.append(Failure(shown(path), Message("file.archive_without_texts")))


def _take_member(path: Path, member: Member, found: Found) -> None:
    from bulletin_desktop.parsing import readers

    folders = member.name.split("/")
    suffix = Path(member.name).suffix.lower()
    if any(part.startswith(".") or part == "__MACOSX" for part in folders):
        return
    if suffix == _ARCHIVE_SUFFIX:
        reason = Message("file.archive_inside")
        found.failed.append(Failure(Input(path, member).path, reason))
    elif suffix in readers.SUFFIXES and not folders[-1].startswith(_TEMPORARY):
        found.inputs.append(Input(path, member))
    else:
        found.skipped += 1


def _files_below(folder: Path, found: Found) -> Iterator[Path]:
    """All files below a folder; hidden ones and links to folders are passed over."""

    def failed(error: OSError) -> None:
        found.failed.append(Failure(shown(error.filename), _reason(error)))

    # Path.walk needs Python 3.12; os.walk does the same.
    for here, folders, names in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, name) for name in names if not name.startswith("."))


def natural(path: str) -> list[tuple[int, int, str]]:
    """A key that sorts names as people do: numbers by their value."""
    pieces = re.split(r"(\d+)", path)
    return [(1, int(p), "") if p.isdecimal() else (0, 0, p) for p in pieces]


def fingerprint(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def load(path: str | Path, data: bytes, encoding: str | None = None) -> Loaded:
    """The text of a file and its parts; ``encoding`` outranks what its bytes tell.

    Raises KnownError (file.*), with the file's path in its parameters. See ``loading``
    for what can take long.
    """
    return finish(loading(path, data, encoding))


def loading(
    path: str | Path, data: bytes, encoding: str | None = None
) -> Generator[None, None, Loaded]:
    """Like ``load``; yields a few times a second while it waits, and closing it ends the work."""
    decoded = yield from _decoding(path, data, encoding)
    return Loaded(shown(path), fingerprint(data), decoded, parsed(path, decoded.text))


def parsed(path: str | Path, text: str) -> ParsedText:
    """The parts of a file's text; what is silent takes number and date from the file's name."""
    # Deferred: the window starts without the parser.
    from bulletin_desktop.parsing.build import parse_text

    whole = Path(path).absolute()
    return parse_text(text, shown(Path(whole.parent.name, whole.name)))


def text_of(name: str, data: bytes, encoding: str | None = None) -> str:
    """The text of bytes that no file holds. Raises KnownError (file.*) with the name as path."""
    return finish(_decoding(name, data, encoding)).text


def input_at(place: str) -> Input:
    """The file, or member of an archive, of a stored path. Raises KnownError("file.missing")."""
    found = find([file_of(place)])
    here = next((each for each in found.inputs if each.place == place), None)
    if here is None:
        raise KnownError("file.missing", path=place)
    return here


def file_of(place: str) -> Path:
    """The file on the disk of a path: a member of an archive comes with the archive."""
    return Path(place.partition(_INSIDE)[0])


def is_there(place: str) -> bool:
    """Whether there is a file, or the archive that held it, at a stored path."""
    try:
        return file_of(place).exists()
    except OSError:
        return False


def _decoding(
    path: str | Path, data: bytes, encoding: str | None
) -> Generator[None, None, DecodedText]:
    from bulletin_desktop.parsing import readers

    try:
        return (yield from readers.reading(shown(path), data, encoding))
    except KnownError as error:
        raise error.with_params(path=shown(path)) from error


def preview(path: str | Path, data: bytes, encoding: str | None = None, limit: int = 40) -> Preview:
    """The first ``limit`` lines that hold words.

    Where no encoding fits, ``encoding`` is None and there are no lines, but candidates. Raises
    KnownError like ``load``.
    """
    from bulletin_desktop.parsing import decode

    try:
        decoded = finish(_decoding(path, data, encoding))
    except KnownError as error:
        if error.code != "file.undecodable":
            raise
        return Preview(None, (), decode.candidates(data))
    lines = islice(filter(str.strip, decoded.text.splitlines()), limit)
    candidates = decode.candidates(data) if decoded.encoding else ()
    return Preview(decoded.encoding, tuple(lines), candidates)


def pasted(text: str) -> Loaded:
    """Text that no file holds, and its parts; its path is named after its first words.

    Halves of surrogate pairs become U+FFFD, and a remark counts them. Raises nothing.
    """
    from bulletin_desktop.model.text import DecodedText
    from bulletin_desktop.parsing.build import parse_text

    whole, broken = _NO_TEXT.subn("\ufffd", text)
    remarks = (Message("file.replaced", {"n": broken, "encoding": "Unicode"}),) if broken else ()
    sha256 = fingerprint(whole.encode())
    decoded = DecodedText(whole, None, remarks)
    words = next(filter(None, map(str.strip, whole.splitlines())), "")
    name = _NO_NAME.sub(" ", words[:_NAME_LENGTH])
    return Loaded(PASTED + name, sha256, decoded, parse_text(whole))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises KnownError (file.*) where it cannot be read."""
    _refuse_pipe(path)
    with _telling(path):
        if path.stat().st_size > _LARGEST:
            raise KnownError("file.too_large", path=shown(path))
        return path.read_bytes()


def opened(path: Path) -> IO[bytes]:
    """A file to read bytes from. Raises KnownError (file.*) where it cannot be read."""
    _refuse_pipe(path)
    with _telling(path):
        return path.open("rb")


def _refuse_pipe(path: Path) -> None:
    with _telling(path):
        if not stat.S_ISREG(path.stat().st_mode):
            raise KnownError("file.pipe", path=shown(path))


def _read_member(file: Path, member: Member, path: str) -> bytes:
    from bulletin_desktop.parsing.readers import zipped

    try:
        with _telling(path), opened(file) as archive:
            return zipped.read_member(archive, member)
    except KnownError as error:
        raise error.with_params(path=path) from error


@contextmanager
def _telling(path: str | Path) -> Iterator[None]:
    """Make known errors of what the system says of a path."""
    try:
        yield
    except OSError as error:
        reason = _reason(error)
        raise KnownError(reason.code, path=shown(path), **reason.params) from error


def failure(path: str | Path, error: KnownError) -> Failure:
    """A path that could not be taken in because of an error."""
    return Failure(shown(path), Message(error.code, dict(error.params)))


def _joined(file: Path, member: Member | None) -> str:
    return f"{shown(file)}{_INSIDE}{member.name}" if member else shown(file)


def shown(path: str | Path) -> str:
    """A path as text that can be stored and printed: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(error: OSError) -> Message:
    if isinstance(error, FileNotFoundError):
        return Message("file.missing")
    if isinstance(error, PermissionError):
        return Message("file.no_permission")
    return Message("file.unreadable", {"error": error.strerror or str(error)})
