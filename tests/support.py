"""What tests call directly; fixtures stand in conftest.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def finish(work: Any) -> Any:
    """The result of long work, carried to its end."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def bulletin(folder, text):
    """The file of a bulletin, alone in a folder of its own below a folder."""
    path = folder / "bulletins" / "a.txt"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def break_pages(library_file):
    """Spoil the pages of a library that hold text, and none that hold its schema."""
    data = bytearray(library_file.read_bytes())
    for page in range(0, len(data), 4096):
        if "的".encode() in data[page : page + 4096]:
            data[page : page + 2000] = b"\xff" * 2000
    library_file.write_bytes(data)
