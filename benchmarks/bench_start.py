"""Start to first painted window, on the sample library, against a bare window of plain Qt widgets.

Run: ``python benchmarks/bench_start.py`` on a screen (Xvfb will do). Both kinds of start are run in
turn in the same minutes; prints medians in seconds, their ratio pair by pair, and peak memory.

With ``--packaged`` both are built programs, frozen with the same options beforehand:
``sh packaging/build.sh --only benchmarks/bare_window.py bare_window``, and so for real_window.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bulletin_desktop.paths import seeds
from bulletin_desktop.services import browsing, libraries

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build"
RUNS = 15


def command(name: str) -> list[str]:
    """How a window is started, bare_window or real_window: its script, or the built program."""
    if "--packaged" in sys.argv:
        return [str(BUILD / name / name)]
    return [sys.executable, str(HERE / f"{name}.py")]


def start(name: str, argument: str, home: str) -> float:
    """Seconds from starting the process to its painted window."""
    folders = {"XDG_CONFIG_HOME": f"{home}/config", "XDG_DATA_HOME": f"{home}/data"}
    environment = {**os.environ, **folders, "BENCH_STARTED": str(time.monotonic())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    done = subprocess.run(
        [*command(name), argument],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def sample(folder: str) -> tuple[str, str]:
    """A library with the seeds, and the text of its first article for the bare window."""
    path = Path(folder) / "sample.bdlib"
    with libraries.open_library(path, create=True) as library:
        for _ in libraries.fill_sample(library):
            pass
        first = browsing.in_scope(library)[0]
        return str(path), browsing.text_of(library, first.id).body


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, text = sample(folder)
        for name, argument in (("bare_window", text), ("real_window", path)):
            start(name, argument, folder)
        pairs = [
            (start("bare_window", text, folder), start("real_window", path, folder))
            for _ in range(RUNS)
        ]
    bare, real = zip(*pairs, strict=True)
    ratios = [b / a for a, b in pairs]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"bare window    {statistics.median(bare):.3f} s (median of {RUNS})")
    issues = len(list(seeds().glob("*.txt")))
    print(f"sample library {statistics.median(real):.3f} s, {issues} issues")
    print(f"ratio          {statistics.median(ratios):.2f} (mark: at most 1.70)")
    print(f"peak memory    {peak:.0f} MB (the larger of the two)")


if __name__ == "__main__":
    main()
