"""DOC, the Word format before 2007: by LibreOffice, or by antiword, where one is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Generator
from functools import cache
from pathlib import Path

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing.readers import docx, outline
from bulletin_desktop.parsing.readers.outline import LeftOut
from bulletin_desktop.parsing.readers.waiting import wait_for

_SECONDS = 90.0
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
# Named, since LibreOffice reads what is none of them as plain text.
_WORD_97, _WORD_XML = "MS Word 97", "MS Word 2003 XML"
_BUSY = threading.Lock()  # two LibreOffices cannot share one profile
_ROW = re.compile(r"^\|(.*)\|$")
_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def reading(data: bytes) -> Generator[None, None, DecodedText]:
    """The text of a DOC file; yields while another program works, and closing this ends it.

    Raises KnownError ``file.needs_office`` where there is no such program, ``file.damaged`` and
    what the reader of DOCX raises.
    """
    office, antiword = _office(), shutil.which("antiword")
    if office is None and antiword is None:
        raise KnownError("file.needs_office")
    with tempfile.TemporaryDirectory(prefix="bulletin-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "given.doc"
        source.write_bytes(data)
        made = (
            (yield from _by_office(office, source, data.startswith(b"\xd0\xcf")))
            if office
            else None
        )
        if made is not None:
            return docx.read(made)
        if antiword is not None:
            return (yield from _by_antiword(antiword, source))
    raise KnownError("file.damaged")


def _office() -> str | None:
    """The command that starts LibreOffice, if there is one."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((place for place in _PLACES if Path(place).exists()), None)


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile of its own, since LibreOffice may be open; it goes with the program."""
    folder = tempfile.TemporaryDirectory(prefix="bulletin-office-", ignore_cleanup_errors=True)
    user = Path(folder.name) / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    return folder


def _by_office(office: str, source: Path, is_ole: bool) -> Generator[None, None, bytes | None]:
    """The file as DOCX, or None where LibreOffice cannot make it one."""
    while not _BUSY.acquire(timeout=_TURN):
        yield
    try:
        command = [
            office, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            f"-env:UserInstallation={Path(_profile().name).as_uri()}",
            f"--infilter={_WORD_97 if is_ole else _WORD_XML}",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source),
        ]  # fmt: skip
        yield from wait_for(command, _SECONDS, **_QUIET)
    finally:
        _BUSY.release()
    made = source.with_suffix(".docx")
    return made.read_bytes() if made.exists() else None


def _by_antiword(antiword: str, source: Path) -> Generator[None, None, DecodedText]:
    command = [antiword, "-m", "UTF-8.txt", "-w", "0", str(source)]
    output = source.with_suffix(".txt")
    with output.open("wb") as stream:
        streams = {**_QUIET, "stdout": stream}
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        code = yield from wait_for(command, _SECONDS, env=environment, **streams)
    if code != 0:
        raise KnownError("file.damaged")
    left_out = LeftOut()
    lines = []
    for line in output.read_bytes().decode("utf-8", "replace").splitlines():
        left_out["pictures"] += line.count("[pic]")
        row = _ROW.match(line)
        cells = [cell.strip() for cell in row[1].split("|")] if row else [line]
        lines.append("\t".join(cells).replace("[pic]", ""))
    return outline.decoded("\n".join(lines), left_out)
