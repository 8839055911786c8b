"""Opening what can be merged: a library, a bundle, or a file of another program of the field.

What a file is its first bytes tell, never its name alone. Nothing of an archive is ever unpacked to
the disk, and nothing that a file names outside itself is read.
"""

from __future__ import annotations

import stat
import zipfile
from contextlib import suppress
from functools import partial
from typing import IO, TYPE_CHECKING, Literal, NamedTuple

from bulletin_desktop.library import merging
from bulletin_desktop.library.connection import is_library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.parsing.readers import zipped
from bulletin_desktop.services import bundles, files

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    from bulletin_desktop.exporting.qdpx_project import Source
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.bundle import Bundle
    from bulletin_desktop.model.change import Message, Progress

    Converted = tuple[Bundle, list[Message]] | None
    Convert = Callable[[Library], Generator[Progress, bool | None, Converted]]

Kind = Literal["library", "archive", "xml", "json"]

_LARGEST = 2**30  # bytes of all texts of an archive together
_MARK = b"\xef\xbb\xbf"
_FIRST = 64  # bytes that tell what a file is
_PROJECT = ".qde"
_TEXTS = (".txt", ".docx", ".doc", ".rtf", ".html", ".htm", ".md", ".pdf", _PROJECT)


class Incoming(NamedTuple):
    """What is to be merged: whose it is, and what makes a bundle of it, inside a transaction."""

    annotator: str
    convert: Convert


def kind_of(file: Path) -> Kind:
    """What a file may be. Raises KnownError ``bundle.*`` where it can be nothing to merge."""
    if is_library(file):
        return "library"
    with bundles.telling(file), files.opened(file) as stream:
        first = stream.read(_FIRST)
    if first.startswith(zipped.SIGNATURE):
        return "archive"
    words = first.removeprefix(_MARK).lstrip()
    if words[:1] == b"<" or first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "xml"
    if words[:1] in (b"{", b"["):
        return "json"
    raise KnownError("bundle.unknown", name=file.name)


def is_theme_set(file: Path) -> bool:
    """Whether a file has themes and nothing else. Raises KnownError ``bundle.*``."""
    kind = kind_of(file)
    if kind not in ("xml", "json"):
        return False
    with bundles.telling(file):
        data = files.read_bytes(file)
    if kind == "json":
        from bulletin_desktop.exporting.theme_set import FORMAT

        return FORMAT.encode() in data[:200]
    from bulletin_desktop.exporting.safe_xml import parsed

    with bundles.telling(file):
        return str(parsed(data, "CodeBook", "Project").tag).rpartition("}")[2] == "CodeBook"


def opened(
    library: Library, file: Path, *, documents: bool
) -> Generator[Progress, bool | None, Incoming | None]:
    """What a file holds; None where that was cancelled. Raises KnownError ``bundle.*``."""
    kind = kind_of(file)
    if kind == "library":
        with merging.copy_of(file, library) as theirs:
            bundle = yield from bundles.collect(theirs, Scope(), every=False, documents=documents)
    elif kind == "archive" and not _is_project(file):
        bundle = yield from bundles.read(file)
    else:
        return _of_others(file, kind)
    return Incoming(bundle.annotator, partial(_ready, bundle)) if bundle else None


def _ready(bundle: Bundle, _library: Library) -> Generator[Progress, bool | None, Converted]:
    yield from ()
    return bundle, []


def _of_others(file: Path, kind: Kind) -> Incoming:
    """A project or annotations, read."""
    from bulletin_desktop.services.gathering import clean_name

    with bundles.telling(file):
        if kind == "json":
            from bulletin_desktop.exporting import annotation_reader
            from bulletin_desktop.services import annotated

            found = annotation_reader.read(files.read_bytes(file))
            to_bundle = partial(annotated.to_bundle, collection=found)
            return Incoming(clean_name(found.creator), to_bundle)
        from bulletin_desktop.exporting import qdpx_project
        from bulletin_desktop.services import projects

        members = _members(file) if kind == "archive" else {}
        data = _read(file, _project_of(members)) if members else files.read_bytes(file)
        project = qdpx_project.read(data)
        project = project._replace(user=clean_name(project.user))
        texts = partial(_text_of, file, members)
        return Incoming(
            project.user, partial(projects.to_bundle, project=project, texts=texts)
        )  # fmt: skip


# Archives


def _is_project(file: Path) -> bool:
    with bundles.telling(file), files.opened(file) as stream:
        return any(x.name.lower().endswith(_PROJECT) for x in zipped.members(stream))


def _members(file: Path) -> dict[str, zipped.Member]:
    """The files of a project by their names without folders, in small letters.

    Raises KnownError where a name leads out of the archive, two are the same, or the texts are
    larger than any project's.
    """
    with files.opened(file) as stream:
        _refuse_ways_out(stream)
        found = zipped.members(stream)
    texts = [x for x in found if x.name.lower().endswith(_TEXTS)]
    members = {x.name.rpartition("/")[2].lower(): x for x in texts}
    if len(members) != len(texts):
        raise KnownError("file.damaged")
    if sum(each.size for each in texts) > _LARGEST:
        raise KnownError("file.too_large")
    return members


def _refuse_ways_out(stream: IO[bytes]) -> None:
    with zipfile.ZipFile(stream) as archive:
        for each in archive.infolist():
            parts = each.filename.replace("\\", "/").split("/")
            link = stat.S_ISLNK(each.external_attr >> 16)
            if link or ".." in parts or parts[0][1:] == ":" or not parts[0]:
                raise KnownError("file.damaged")


def _project_of(members: Mapping[str, zipped.Member]) -> zipped.Member:
    named = sorted(x for x in members if x.endswith(_PROJECT))
    return members["project.qde" if "project.qde" in named else named[0]]


def _read(file: Path, member: zipped.Member) -> bytes:
    with files.opened(file) as stream:
        return zipped.read_member(stream, member)


def _text_of(file: Path, members: Mapping[str, zipped.Member], source: Source) -> str | None:
    """The text of a source of an archive; None where the archive has it not."""
    if source.content is not None:
        return source.content.replace("\0", "\ufffd")
    for path in (source.plain, source.rich):
        name = path.replace("\\", "/").rpartition("/")[2].lower()
        if path and name in members:
            with bundles.telling(file):
                data = _read(file, members[name])
            return _decoded(name, data)
    return None


def _decoded(name: str, data: bytes) -> str | None:
    """The text of a file: UTF-8 with its byte order mark, which may count, else as it is read."""
    with suppress(UnicodeDecodeError):
        if name.endswith(".txt"):
            return data.decode("utf-8").replace("\0", "\ufffd")
    with suppress(KnownError):  # then it is told among those without a text
        return files.text_of(name, data)
    return None
