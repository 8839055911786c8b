"""How long a Word document takes beside python-docx's own paragraphs, how that grows, and its peak
memory; how long a PDF takes. Word documents are timed by the processor's clock.

usage: python benchmarks/bench_export.py [articles]

Each document is written in a process of its own, so that its peak memory is its own. Word documents
are written without the layout pass for page numbers.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator import THEMES, _paragraph

from bulletin_desktop.exporting import formats
from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import Contents, Heading, Line
from bulletin_desktop.exporting.compiled import (
    Compilation,
    CompiledArticle,
    CompiledGroup,
    Labels,
    Printing,
)
from bulletin_desktop.exporting.template import load_template

A_GROUP = 25
LABELS = Labels("目　录", "（{source}）", "笔记：")


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    bare = child("bare", articles)
    one, five = child("docx", articles), child("docx", articles * 5)
    ratio = one["seconds"] / bare["seconds"]
    print(f"{articles:,} articles, {one['characters']:,} characters")
    print(f"python-docx's paragraphs {bare['seconds']:.2f} s, peak {bare['peak']:.0f} MB")
    print(
        f"DOCX {one['seconds']:.2f} s, peak {one['peak']:.0f} MB; ratio {ratio:.2f} of at most 0.33"
    )
    print(f"DOCX of five times as many {five['seconds']:.2f} s, peak {five['peak']:.0f} MB; "
          f"{five['seconds'] / one['seconds']:.1f} times as long, of at most 6")  # fmt: skip
    slope = (five["peak"] - one["peak"]) / (articles * 4) * 1000
    print(f"memory {slope:.1f} kB an article more")
    pdf = child("pdf", articles)
    print(f"PDF {pdf['seconds']:.2f} s, peak {pdf['peak']:.0f} MB, apart {pdf['children']:.0f}")


def compilation(count: int) -> Compilation:
    """So many articles of some 1,200 characters in groups."""
    pick = random.Random(1)
    articles = [
        CompiledArticle(
            f"第{number}号简报：{pick.choice(THEMES)}", None, None, None, "青河县总工会",
            f"《青河工会信息》第{number}期", tuple(_paragraph(pick) for _ in range(8)),
        )
        for number in range(count)
    ]  # fmt: skip
    groups = tuple(
        CompiledGroup(f"第{at // A_GROUP + 1}组", tuple(articles[at : at + A_GROUP]))
        for at in range(0, count, A_GROUP)
    )
    return Compilation("选编", None, None, groups, LABELS, Printing(measured=False))


def write(name: str, given: Compilation, path: Path) -> None:
    for _ in formats.writer(name)(given, path, load_template()):
        pass


def bare(given: Compilation, path: Path) -> None:
    """The same paragraphs, each with its style, by python-docx's own interface."""
    import docx

    document = docx.Document()
    for block in blocks_of(given, load_template().parts):
        match block:
            case Contents():
                for entry in block.entries:
                    document.add_paragraph(entry.text)
            case Heading():
                document.add_paragraph("\n".join(block.lines), f"Heading {block.level}")
            case Line():
                document.add_paragraph(block.text, "Body Text")
    document.save(str(path))


def work(name: str, count: int) -> dict[str, float]:
    given = compilation(count)
    clock = time.perf_counter if name == "pdf" else time.process_time  # a PDF is made apart
    begin = clock()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "a"
        writing: Callable[[], None] = (
            (lambda: bare(given, target)) if name == "bare" else lambda: write(name, given, target)
        )
        writing()
    apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    letters = sum(len(article.text) for group in given.groups for article in group.articles)
    return {
        "seconds": clock() - begin, "peak": memory(),
        "children": apart, "characters": letters,
    }  # fmt: skip


def memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(name: str, count: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", name, str(count)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(work(sys.argv[2], int(sys.argv[3]))))
    else:
        main()
