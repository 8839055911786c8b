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


def turned(by):
    """A table that gives each Chinese character another one."""
    first, count = 0x4E00, 0x5200
    return {first + k: first + (k + by) % count for k in range(count)}


def write_bulletins(folder, count):
    """Write so many bulletins in the shapes of the sample, each with articles of its own.

    Only names changed would make reprints of all, and finding those is another matter.
    """
    texts = [file.read_text("utf-8") for file in sorted((ROOT / "seeds").iterdir())]
    for number in range(count):
        other = turned(97 * number)
        lines = texts[number % len(texts)].splitlines(keepends=True)
        text = "".join(line.translate(other) if len(line) > 50 else line for line in lines)
        (folder / f"{number}.txt").write_text(f"{text}\n第{number}份", "utf-8")


def break_pages(library_file):
    """Spoil the pages of a library that hold text, and none that hold its schema."""
    data = bytearray(library_file.read_bytes())
    for page in range(0, len(data), 4096):
        if "的".encode() in data[page : page + 4096]:
            data[page : page + 2000] = b"\xff" * 2000
    library_file.write_bytes(data)
