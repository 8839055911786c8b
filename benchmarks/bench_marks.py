"""An article of 300,000 characters with 500 highlights: opening, scrolling, marking.

Run: ``python benchmarks/bench_marks.py`` on a screen (Xvfb will do). Opening is measured against
setPlainText of the same text in a bare QTextBrowser of the page's size, in turn in one process:
from asking for the article until the page is painted with its highlights. A frame of scrolling is
a notch of the wheel until the page is painted; marking is from the key H until the page is painted
with the new highlight, which the library has by then. The same article without highlights stands
beside it. Prints medians and 95th percentiles in milliseconds, the ratio pair by pair, and peak
memory.
"""

from __future__ import annotations

import re
import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench_reader import on_screen, painted
from PySide6.QtCore import QEventLoop, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser

from bulletin_desktop.paths import seeds
from bulletin_desktop.services import Library, browsing, libraries, noting, passages, themes
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.ui.main_window import MainWindow
from bulletin_desktop.ui.reader.page_words import select_range

CHARACTERS = 300_000
MARKS = 500
WORDS = 40
RUNS = 14
FRAMES = 300
NOTCH = 60  # pixels
MARKED = 15
PAUSE = 350  # milliseconds
_HEADING = re.compile(r"[（(一二三四五六七八九十0-9●【]")


def articles(folder: Path) -> Path:
    """Two files of one article of 300,000 characters each, in the words of the seeds, and one of
    a short article.
    """
    lines = [
        line
        for seed in sorted(seeds().glob("*.txt"))
        for line in map(str.strip, seed.read_text("utf-8").splitlines())
        if len(line) > 60 and line.endswith("。") and not _HEADING.match(line)
    ]
    body: list[str] = []
    while sum(map(len, body)) < CHARACTERS:
        body += [f"　　{line}" for line in lines]
    texts = folder / "texts"
    texts.mkdir()
    for name, told in (("第1期", body), ("第2期", body), ("第3期", body[:3])):
        (texts / f"{name}.txt").write_text("\n".join([f"{name}的一篇文章", "", *told]), "utf-8")
    return texts


def fill(library: Library, article: int) -> None:
    """Mark an article, each passage with a theme or two, every fifth with a note."""
    themes.add_starter(library)
    known = [found.id for found in themes.all_themes(library)]
    length = len(browsing.text_of(library, article).body)
    for number in range(MARKS):
        at = number * (length // MARKS)
        given = [known[number % len(known)], known[number // 3 % len(known)]]
        passages.mark(library, article, at, at + WORDS, list(dict.fromkeys(given)))
    for found in passages.highlights(library, article)[::5]:
        noting.set_note(library, "highlight", found.id, "数字与去年的年报核对，再问研究室。")


class Bench:
    """A window on the three articles, and a bare browser."""

    def __init__(self, window: MainWindow, bare: QTextBrowser, ids: tuple[int, int, int]) -> None:
        self.window = window
        self.bare = bare
        self.marked, self.plain, self.short = ids
        self.page = window.reader.page

    def open(self, article: int, marks: int) -> None:
        """Show an article and wait for its highlights."""
        self.window.going.go_to(article)
        self.until(lambda: len(self.window.marking.desk.marks) == marks)

    def until(self, there: Callable[[], bool]) -> None:
        """Let the window work until something is there."""
        while not there():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self) -> None:
        """Let what comes after an article's first paint come: suggestions, related articles."""
        runner = self.window._context.runner
        for _ in range(2):
            QTest.qWait(PAUSE)
            for ask in (runner.think, runner.count, runner.read):
                came: list[object] = []
                ask("", lambda _: None, came.append)
                self.until(lambda came=came: bool(came))

    def opening(self) -> list[tuple[float, float, float]]:
        """Seconds of the bare browser, of the page without and with highlights, again and again."""
        view, bare = self.page.viewport(), self.bare.viewport()
        text = browsing.text_of(self.window._context.library, self.marked).body
        found = []
        for _ in range(RUNS):
            times = []
            for act, widget in (
                (lambda: self.bare.setPlainText(text), bare),
                (lambda: self.open(self.plain, 0), view),
                (lambda: self.open(self.marked, MARKS), view),
            ):
                self.bare.clear()
                self.open(self.short, 0)
                self.settle()
                times.append(painted(act, widget))
                self.settle()
            found.append((times[0], times[1], times[2]))
        return found[2:]

    def scrolling(self, article: int, marks: int) -> list[float]:
        """Seconds for each frame."""
        self.open(article, marks)
        self.settle()
        self.page.document().documentLayout().documentSize()  # the whole of it is laid out
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.maximum() // 3)
        self.page.viewport().repaint()
        move = lambda: bar.setValue(bar.value() + NOTCH)  # noqa: E731 - one act of many
        return [painted(move, self.page.viewport()) for _ in range(FRAMES)]

    def marking(self, article: int, marks: int) -> list[float]:
        """Seconds from the key to the painted highlight."""
        self.open(article, marks)
        self.settle()
        assert self.page.sheet is not None
        step = len(self.page.sheet.text.body) // (MARKED + 1)
        found = []
        for number in range(MARKED):
            at = number * step + WORDS + 20
            select_range(self.page, at, at + 15)
            self.page.setFocus()
            self.settle()

            def act(there: int = marks + number + 1) -> None:
                QTest.keyClick(self.page, Qt.Key.Key_H)
                self.until(lambda: len(self.window.marking.desk.marks) == there)

            found.append(painted(act, self.page.viewport()))
        return found


def said(name: str, seconds: list[float]) -> None:
    """Print a median and a 95th percentile."""
    high = statistics.quantiles(seconds, n=20)[18]
    print(f"{name:34}{statistics.median(seconds) * 1000:7.1f} {high * 1000:7.1f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        app = QApplication([])
        app.setApplicationName("bench-marks")
        path = Path(folder) / "bench.bdlib"
        with libraries.open_library(path, create=True) as library:
            for _ in import_paths(library, [articles(Path(folder))]):
                pass
            records = sorted(browsing.in_scope(library), key=lambda found: found.id)
            assert len(records) == 3
            long = [record.id for record in records if record.characters >= CHARACTERS]
            short = next(record.id for record in records if record.id not in long)
            fill(library, long[0])
        window, bare = on_screen(path)
        bench = Bench(window, bare, (long[0], long[1], short))
        print(f"{CHARACTERS} characters, {MARKS} highlights{'p50':>15}{'p95':>8}")
        pairs = bench.opening()
        for place, name in enumerate(("bare browser", "opening without highlights", "opening")):
            said(name, [times[place] for times in pairs])
        said("a frame without highlights", bench.scrolling(bench.plain, 0))
        said("a frame", bench.scrolling(bench.marked, MARKS))
        said("marking in the plain article", bench.marking(bench.plain, 0))
        said("marking", bench.marking(bench.marked, MARKS))
        window.close()
    ratio = statistics.median(times[2] / times[0] for times in pairs)
    without = statistics.median(times[2] / times[1] for times in pairs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"opening against the bare browser  {ratio:.2f} (mark: at most 2.00)")
    print(f"opening against no highlights     {without:.2f}")
    print(f"peak memory                       {peak:.0f} MB")


if __name__ == "__main__":
    main()
