"""Other processes, of this program or another: started, waited for in small steps, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import bulletin_desktop
from bulletin_desktop.model.errors import KnownError

_STEP = 0.05  # seconds between two signs of life


def this_program(*arguments: str) -> list[str]:
    """The command that starts this program with these arguments."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-P", "-m", "bulletin_desktop", *arguments]


def environment() -> dict[str, str]:
    """That of a child: it finds the package though its working directory does not lead there."""
    package = str(Path(bulletin_desktop.__file__).resolve().parent.parent)
    given = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{package}{os.pathsep}{given}" if given else package}


def wait_for(command: Sequence[str], seconds: float, **options: Any) -> Generator[None, None, int]:
    """Run a command and give its exit code; yields meanwhile, and closing this ends the process.

    Raises KnownError ``file.takes_too_long`` after so many seconds and ``file.unreadable`` where
    the command does not start.
    """
    deadline = time.monotonic() + seconds
    process = start(command, **options)
    try:
        while True:
            try:
                return process.wait(_STEP)
            except subprocess.TimeoutExpired:
                if time.monotonic() > deadline:
                    raise KnownError("file.takes_too_long") from None
            yield
    finally:
        end(process)


def start(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """A process that stands for itself. Raises KnownError ``file.unreadable`` where it does not
    start.
    """
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NO_WINDOW
    else:
        options["start_new_session"] = True  # so that what it starts ends with it
    try:
        return subprocess.Popen(command, **options)
    except OSError as error:
        raise KnownError("file.unreadable", error=error.strerror or str(error)) from error


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process with what it started, unless it is gone, and wait for it."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        taskkill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(taskkill, capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
