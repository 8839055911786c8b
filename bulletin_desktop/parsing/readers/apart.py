"""Reading in a process of its own: what a hostile file does there ends with that process.

Files go in and out through temporary files, so that neither side waits for the other.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections.abc import Generator
from typing import Any

from bulletin_desktop.children import environment, this_program, wait_for
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText

OPTION = "--read-apart"  # __main__ tells it from other options
_SECONDS = 90.0
_PROCESSOR_SECONDS = 60
_MEMORY = 3 * 2**29  # 1.5 GiB of addresses
_LARGEST_RESULT = 2**29
_FAILED = 1  # the exit code after a bug


def read_apart(kind: str, data: bytes, encoding: str | None) -> Generator[None, None, DecodedText]:
    """What the reader of a kind makes of a file; yields while it works, closing this ends it.

    Raises KnownError: the reader's own, ``file.takes_too_long``, or ``file.damaged`` where the
    process ended without a result.
    """
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as taken,
        tempfile.TemporaryFile() as told,
    ):
        given.write(data)
        given.seek(0)
        streams = {"stdin": given, "stdout": taken, "stderr": told}
        command = this_program(OPTION, kind, encoding or "")
        code = yield from wait_for(command, _SECONDS, env=environment(), **streams)
        taken.seek(0)
        if code == 0:
            return _result(json.load(taken))
        if code == _FAILED:
            told.seek(0)
            trace = told.read().decode("utf-8", "replace")
            logging.getLogger(__name__).error("the reader of %s failed:\n%s", kind, trace)
    raise KnownError("file.damaged")


def _result(told: dict[str, Any]) -> DecodedText:
    if "error" in told:
        raise KnownError(told["error"], **told["params"])
    remarks = tuple(Message(code, params) for code, params in told["remarks"])
    return DecodedText(told["text"], told["encoding"], remarks)


def main(arguments: list[str]) -> int:
    """The child's side: reads stdin and writes what came of it to stdout."""
    from bulletin_desktop.parsing import readers

    kind, encoding = arguments
    data = sys.stdin.buffer.read()
    _limit()
    told: dict[str, Any]
    try:
        found = readers.read_here(kind, data, encoding or None)
    except MemoryError:
        told = {"error": "file.too_large", "params": {}}
    except KnownError as error:
        told = {"error": error.code, "params": error.params}
    else:
        told = found._asdict()
    sys.stdout.buffer.write(json.dumps(told).encode("ascii"))
    sys.stdout.buffer.flush()
    return 0


def _limit() -> None:
    """Bound memory, processor time and output, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: _MEMORY,
        resource.RLIMIT_CPU: _PROCESSOR_SECONDS,
        resource.RLIMIT_FSIZE: _LARGEST_RESULT,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, hard))
