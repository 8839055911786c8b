"""Take the pictures of the documentation again, from the real window on a real screen.

Run: ``xvfb-run -a -s "-screen 0 1600x1000x24" python docs/screenshots.py`` (any screen will do).
Every picture starts from a fresh copy of the sample library, so the pictures do not depend on
one another, and nothing of the user's own is touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bulletin_desktop.catalogue import Catalogue, Language
from bulletin_desktop.services import browsing, collections, libraries, tagging, themes
from bulletin_desktop.services.suggesting import Suggester
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog
from bulletin_desktop.ui.main_window import MainWindow
from bulletin_desktop.ui.panes.export_choices import export_choices

IMAGES = Path(__file__).parent / "images"
SHOWN = "昆山市总推出三项重点工作积极参与创新社会管理"
COLLECTED = ("昆山市总推出", "太仓党政", "常熟市委", "太仓市出实招", "苏州高新区实行", "吴中区各级")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        app = QApplication(sys.argv)
        app.setApplicationName("screenshots")
        take = Taker(Path(folder))
        take("window-light", tagging_input)
        take("window-dark", tagging_input, tokens="dark")
        take("window-english", tagging_input, language="en")
        take("window-narrow", open_article, size=(820, 640))
        take("window-empty", None, filled=False)
        take("window-empty-english", None, filled=False, language="en")
        languages: tuple[tuple[Language, str], ...] = (("zh", ""), ("en", "-english"))
        for language, ending in languages:
            take(f"several-selected{ending}", several, language=language)
            take(f"search{ending}", search, language=language)
            take(f"collections{ending}", show_collection, language=language)
            take(f"export-dialog{ending}", export_dialog, language=language)


class Taker:
    """Opens a window on a fresh library, brings it into a state, and takes its picture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def __call__(
        self, name: str, bring: Callable[[MainWindow, Context], QWidget | None] | None,
        *, tokens: str = "light", language: Language = "zh", filled: bool = True,
        size: tuple[int, int] = (1440, 900),
    ) -> None:  # fmt: skip
        colours = theme.Tokens(tokens)
        theme.apply(colours)
        self._count += 1
        path = self._folder / str(self._count) / "sample.bdlib"
        with libraries.open_library(path, create=True) as library:
            if filled:
                fill(library)
        context = Context(libraries.open_library(path), Catalogue(language), colours)
        window = MainWindow(context)
        window.resize(*size)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        window.start_background_work()
        wait(1500)
        other = bring(window, context) if bring is not None else None
        wait(900)
        shot = (other or window).screen().grabWindow((other or window).winId())
        shot.save(str(IMAGES / f"{name}.png"))
        if other is not None:
            other.close()
        window.close()
        window.deleteLater()
        wait(50)
        sys.stdout.write(f"{name}.png {shot.width()} x {shot.height()}\n")


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def fill(library: libraries.Library) -> None:
    """The sample with the work of one sitting in it."""
    for _ in libraries.fill_sample(library):
        pass
    known = {found.name: found.id for found in themes.all_themes(library)}
    records = browsing.in_scope(library)
    suggester = Suggester()
    for record in records[::2]:
        best = suggester.suggest(library, [record.id], 1)
        tagging.tag(library, [record.id], [suggestion.theme_id for suggestion in best])
    shown = article(library, SHOWN)
    tagging.tag(library, [shown], [known["工资集体协商"], known["组织建设"]])
    tagging.set_note(
        library, shown, "新增建会企业 880 家，可与 2007 年 9 月的数字（外企建会率 85%）对照。"
    )
    picked = [r.id for r in records if r.heading.startswith(COLLECTED)]
    collections.add_articles(library, "工资协商专题", picked)
    browsing.mark_read(library, [r.id for r in records[::3]], read=True)


def article(library: libraries.Library, heading: str) -> int:
    """The id of the article with this title."""
    return next(r.id for r in browsing.in_scope(library) if r.heading == heading)


def open_article(window: MainWindow, context: Context) -> None:
    window.outline.show_article(article(context.library, SHOWN))


def tagging_input(window: MainWindow, context: Context) -> None:
    open_article(window, context)
    wait(600)
    window.tagging.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTest.keyClicks(window.tagging.input, "zgs")


def several(window: MainWindow, context: Context) -> None:
    open_article(window, context)
    tree = window.outline.tree
    for _ in range(2):  # the other two articles of its section stand above it
        QTest.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)


def search(window: MainWindow, _: Context) -> None:
    window.top.search.setFocus()
    window.top.search.setText("工资集体协商")
    wait(800)
    window.outline.focus_first_hit()


def show_collection(window: MainWindow, context: Context) -> None:
    current = collections.current(context.library)
    assert current is not None
    window.outline.show_collection(current.id)
    window.outline.step(1)


def export_dialog(window: MainWindow, context: Context) -> QWidget:
    dialog = ExportDialog(context, export_choices(context, window.outline), window)
    dialog._file.setText(str(Path("~/文档/工资协商专题.docx")))
    dialog.show()
    return dialog


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
    main()
