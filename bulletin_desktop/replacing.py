"""Writing a file so that the old one is replaced only whole, by a complete new one."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bulletin_desktop.model.errors import KnownError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CODES = {
    errno.ENOENT: "write.no_folder",
    errno.ENOTDIR: "write.no_folder",
    errno.EISDIR: "write.is_folder",
    errno.EACCES: "write.not_allowed",
    errno.EPERM: "write.not_allowed",
    errno.EROFS: "write.not_allowed",
    errno.ENAMETOOLONG: "write.name_too_long",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream into a new file that takes the place of ``path``; all else as in ``placing``."""
    with placing(path) as temporary, temporary.open("xb") as stream:
        yield stream


@contextmanager
def placing(path: Path) -> Iterator[Path]:
    """The path for a new file beside ``path`` that takes its place when the block ends well.

    It is on the disk for good then. A symbolic link is followed, and an existing file keeps its
    permissions. However the block ends, no temporary file is left. Raises KnownError
    ``write.disk_full``, ``write.no_folder``, ``write.is_folder``, ``write.not_allowed``,
    ``write.name_too_long`` (each with path) or ``write.failed`` (path and reason, the system's
    symbol such as EIO).
    """
    import shutil  # most starts of the program write no file
    import uuid

    target = Path(os.path.realpath(path))
    # The name is short and our own: the target's may already be as long as the system allows.
    temporary = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        _refuse(target)
        yield temporary
        _flush(temporary)
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
        flush_folder(target.parent)
    except OSError as error:
        raise known_write_error(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _refuse(target: Path) -> None:
    """Stop before the work where replacing would fail, or override a write protection."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _flush(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows how to."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network folders cannot, and have no need to
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def known_write_error(error: OSError, path: Path) -> KnownError:
    """What the system says of a file that cannot be written, as an error with a sentence."""
    if error.errno in _FULL:
        return KnownError("write.disk_full", path=str(path))
    number = error.errno or 0
    if number in _CODES:
        return KnownError(_CODES[number], path=str(path))
    reason = errno.errorcode.get(number, "unknown")
    return KnownError("write.failed", path=str(path), reason=reason)
