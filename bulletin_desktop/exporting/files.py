"""Writing a file so that the old one is replaced only whole, by a complete new one."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bulletin_desktop.model.errors import KnownError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REASONS = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "is_folder",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EROFS: "not_allowed",
    errno.ENAMETOOLONG: "name_too_long",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file beside ``path`` that takes its place when the block ends without an exception.

    A symbolic link is followed, and an existing file keeps its permissions. However the block
    ends, no temporary file is left. Raises KnownError ``export.unwritable`` (path, reason: one of
    no_folder, is_folder, not_allowed, name_too_long, or the system's symbol such as EIO) and
    ``export.disk_full`` (path).
    """
    target = Path(os.path.realpath(path))
    # The name is short and our own: the target's may already be as long as the system allows.
    temporary = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        _refuse(target)
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise _known(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _refuse(target: Path) -> None:
    """Stop before the work where replacing would fail, or override a write protection."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _known(error: OSError, path: Path) -> KnownError:
    if error.errno in _FULL:
        return KnownError("export.disk_full", path=str(path))
    number = error.errno or 0
    reason = _REASONS.get(number) or errno.errorcode.get(number, "unknown")
    return KnownError("export.unwritable", path=str(path), reason=reason)
