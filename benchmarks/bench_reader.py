"""From key to paint of a 6,000-character article, against a bare QTextBrowser's setPlainText.

Run: ``python benchmarks/bench_reader.py`` on a screen (Xvfb will do). Both are measured in turn in
one process: the key J in the program's window until the page is painted, and setPlainText of the
same text in a bare browser of the page's size until that is painted. Prints medians in
milliseconds, the ratio pair by pair, and peak memory.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.paths import seeds
from bulletin_desktop.services import browsing, libraries
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.main_window import MainWindow

CHARACTERS = 6000
RUNS = 40


def articles(folder: Path) -> Path:
    """Two files of one article of 6,000 characters each, in the words of the seeds."""
    lines = [
        line.strip()
        for seed in sorted(seeds().glob("*.txt"))
        for line in seed.read_text("utf-8").splitlines()
        if len(line.strip()) > 60
    ]
    texts = folder / "texts"
    texts.mkdir()
    for name, start in (("第1期", 0), ("第2期", 20)):
        body, size = [], 0
        for line in [*lines[start:], *lines]:
            body.append(f"　　{line[: CHARACTERS - size]}")
            size += len(body[-1]) - 2
            if size >= CHARACTERS:
                break
        words = "\n".join([f"{name}的一篇长文章", "", *body])
        (texts / f"{name}.txt").write_text(words, "utf-8")
    return texts


def painted(act: Callable[[], object], widget: QWidget) -> float:
    """Seconds from an act until the widget has painted what came of it."""
    begun = time.perf_counter()
    act()
    QApplication.processEvents()
    widget.repaint()
    return time.perf_counter() - begun


def on_screen(library: Path) -> tuple[MainWindow, QTextBrowser]:
    """The window of a library, in front, and a bare browser of its page's size."""
    tokens = theme.Tokens("light")
    theme.apply(tokens)
    bare = QTextBrowser()
    window = MainWindow(Context(libraries.open_library(library), Catalogue("zh"), tokens))
    for widget in (bare, window):
        widget.show()
        QTest.qWaitForWindowExposed(widget)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    bare.resize(window.reader.page.size())
    return window, bare


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        app = QApplication([])
        app.setApplicationName("bench-reader")
        path = Path(folder) / "bench.bdlib"
        with libraries.open_library(path, create=True) as library:
            for _ in import_paths(library, [articles(Path(folder))]):
                pass
            ids = [record.id for record in browsing.in_scope(library)]
            bodies = [browsing.text_of(library, article).body for article in ids]
        window, bare = on_screen(path)
        page, tree = window.reader.page.viewport(), window.outline.tree
        pairs = []
        for run in range(RUNS):
            key = Qt.Key.Key_J if run % 2 == 0 else Qt.Key.Key_K
            real = painted(lambda key=key: QTest.keyClick(tree, key), page)  # type: ignore[misc]
            shown = window.reader.article
            assert shown is not None
            assert shown.id == ids[(run + 1) % 2], "the key did not turn the page"
            body = bodies[run % 2]
            raw = painted(lambda body=body: bare.setPlainText(body), bare.viewport())  # type: ignore[misc]
            pairs.append((raw, real))
        window.close()
    raws, reals = zip(*pairs[4:], strict=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"articles of     {', '.join(str(len(body)) for body in bodies)} characters")
    print(f"bare browser    {statistics.median(raws) * 1000:.1f} ms")
    print(f"key to paint    {statistics.median(reals) * 1000:.1f} ms")
    ratio = statistics.median(b / a for a, b in pairs[4:])
    print(f"ratio           {ratio:.2f} (mark: at most 2.00)")
    print(f"peak memory     {peak:.0f} MB")


if __name__ == "__main__":
    main()
