"""LibreOffice, where it is installed: finding it, and having it convert files."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Generator
from functools import cache
from pathlib import Path

from bulletin_desktop.children import wait_for

_TURN = 0.05
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
# A file may be anybody's: no macros, and nothing fetched that it refers to.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_BUSY = threading.Lock()  # two LibreOffices cannot share one profile
_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def program() -> str | None:
    """The command that starts LibreOffice, if there is one."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((place for place in _PLACES if Path(place).exists()), None)


def convert(
    source: Path, target: str, seconds: float, *, read_as: str = ""
) -> Generator[None, None, Path | None]:
    """The file that LibreOffice makes beside ``source``; None where it is missing or cannot.

    ``target`` is the new ending, with a filter and its options behind a colon; ``read_as`` names
    the filter to read with. Yields meanwhile, and closing this ends LibreOffice. Raises KnownError
    ``file.takes_too_long`` after so many seconds.
    """
    office = program()
    if office is None:
        return None
    while not _BUSY.acquire(timeout=_TURN):
        yield
    try:
        command = [
            office, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            f"-env:UserInstallation={Path(_profile().name).as_uri()}",
            *([f"--infilter={read_as}"] if read_as else []),
            "--convert-to", target, "--outdir", str(source.parent), str(source),
        ]  # fmt: skip
        yield from wait_for(command, seconds, **_QUIET)
    finally:
        _BUSY.release()
    made = source.with_suffix("." + target.partition(":")[0])
    return made if made.exists() else None


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile of its own, since LibreOffice may be open; it goes with the program."""
    folder = tempfile.TemporaryDirectory(prefix="bulletin-office-", ignore_cleanup_errors=True)
    user = Path(folder.name) / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    return folder
