"""DOC, the Word format before 2007: by LibreOffice, or by antiword, where one is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path

from bulletin_desktop import office
from bulletin_desktop.children import wait_for
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.parsing.readers import docx, outline
from bulletin_desktop.parsing.readers.outline import LeftOut

_SECONDS = 90.0
# Named, since LibreOffice reads what is none of them as plain text.
_WORD_97, _WORD_XML = "MS Word 97", "MS Word 2003 XML"
_DOCX = "docx:MS Word 2007 XML"
_ROW = re.compile(r"^\|(.*)\|$")
_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def reading(data: bytes) -> Generator[None, None, DecodedText]:
    """The text of a DOC file; yields while another program works, and closing this ends it.

    Raises KnownError ``file.needs_office`` where there is no such program, ``file.damaged`` and
    what the reader of DOCX raises.
    """
    antiword = shutil.which("antiword")
    if office.program() is None and antiword is None:
        raise KnownError("file.needs_office")
    with tempfile.TemporaryDirectory(prefix="bulletin-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "given.doc"
        source.write_bytes(data)
        read_as = _WORD_97 if data.startswith(b"\xd0\xcf") else _WORD_XML
        made = yield from office.convert(source, _DOCX, _SECONDS, read_as=read_as)
        if made is not None:
            return docx.read(made.read_bytes())
        if antiword is not None:
            return (yield from _by_antiword(antiword, source))
    raise KnownError("file.damaged")


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
