"""Runs the program with a script that presses its keys: ``driven_program.py SCRIPT ARGUMENTS``.

The program is the real one, from its arguments to its end; only a timer inside it plays the user.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit

from bulletin_desktop.__main__ import main
from bulletin_desktop.services import browsing, collections, passages
from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog
from bulletin_desktop.ui.main_window import MainWindow

# A script yields conditions and goes on once they hold.
Script = Iterator[Callable[[], object]]
_STEP_MILLISECONDS = 10
# A script whose condition does not come true in so many looks is given up.
_MOST_LOOKS = 4000


def tell(**facts: Any) -> None:
    """Tell the test something, at once."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def key(*keys: str) -> None:
    """Press keys where the keyboard is."""
    for one in keys:
        QTest.keySequence(QApplication.focusWidget(), QKeySequence(one))


def words(text: str) -> None:
    """Type where the keyboard is."""
    QTest.keyClicks(QApplication.focusWidget(), text)


def chips(window: MainWindow) -> list[str]:
    layout = window.tagging._chips
    return [layout.itemAt(at).widget()._word for at in range(layout.count())]


def filled(window: MainWindow) -> Callable[[], object]:
    return lambda: window.reader.article is not None and window.tagging.input.isVisible()


def facts(window: MainWindow) -> dict[str, Any]:
    library = window._context.library
    totals = browsing.totals(library)
    return {
        "issues": totals.issues,
        "articles": totals.articles,
        "themes": totals.themes,
        "documents": [document.imported_at for document in browsing.documents(library)],
        "jobs": len(window.jobs._running),
    }


def first_start(window: MainWindow) -> Script:
    """Wait for the sample, tell what is there, and close."""
    yield filled(window)
    yield lambda: not window.jobs._running
    tell(**facts(window))
    key("Ctrl+Q")


def open_export(window: MainWindow) -> ExportDialog | None:
    shown = QApplication.activeModalWidget()
    return shown if isinstance(shown, ExportDialog) else None


def whole_job(window: MainWindow) -> Script:
    """Read, tag, write a note, collect three articles and export them, by keys alone."""
    yield filled(window)
    yield lambda: not window.jobs._running
    key("J")
    article = window.reader.article
    key("T")
    words("gzj")
    key("Return")
    yield lambda: chips(window) == ["工资集体协商"]
    key("Esc", "Esc")
    yield window.outline.tree.hasFocus
    key("1")
    yield lambda: len(chips(window)) == 2
    key("N")
    words("compare with 2007")
    key("Esc")
    yield lambda: browsing.note_of(window._context.library, article.id)
    titles = []
    for number in range(3):
        key("C")
        yield lambda wanted=number + 1: _collected(window) == wanted
        titles.append(window.reader.article.title.split("\n")[0])
        key("J")
    # The dialog holds the program until it is closed; the rest is done from inside it.
    QTimer.singleShot(0, lambda: key("Ctrl+E"))
    yield lambda: open_export(window)
    dialog = open_export(window)
    dialog.activateWindow()
    yield lambda: dialog.isActiveWindow() and QApplication.focusWidget()
    file = dialog.order().file
    key("Return")
    yield lambda: file.exists() and not window.jobs._running
    window.activateWindow()  # no window manager does it
    yield lambda: window.isActiveWindow() and QApplication.focusWidget()
    tell(article=article.id, chips=len(browsing.by_id(window._context.library, article.id).themes),
         titles=titles, file=str(file), notice=window.notice.words)  # fmt: skip
    key("Ctrl+Q")


def _collected(window: MainWindow) -> int:
    current = collections.current(window._context.library)
    return current.articles if current else 0


def tag_on(window: MainWindow) -> Script:
    """Go through the articles and put themes on; tell of each once the window shows it."""
    yield filled(window)
    yield lambda: not window.jobs._running
    while True:
        key("2")
        yield lambda: chips(window) == ["工资集体协商"]
        tell(article=window.reader.article.id)
        key("J")
        yield lambda: chips(window) == []


def tag_issue(window: MainWindow) -> Script:
    """Tag every article of the newest issue and a sentence of each, by keys alone."""
    yield filled(window)
    yield lambda: not window.jobs._running
    library = window._context.library
    issue = window.reader.article.issue
    told = []
    while window.reader.article.issue == issue:
        article = window.reader.article.id
        if told:
            key(".")  # the last theme again
        else:
            key("T")
            words("zzjs")
            key("Return")
        yield lambda at=article: len(browsing.by_id(library, at).themes) == 1
        if not told:
            words("gongzi")  # the input has stayed
            key("Return")
            yield lambda at=article: len(browsing.by_id(library, at).themes) == 2
            key("Esc", "Esc")
            yield window.outline.tree.hasFocus
        key("V")
        yield lambda: window.reader.page.textCursor().hasSelection()
        key("3")
        yield lambda at=article: passages.highlights(library, at)
        yield lambda: window.marking.current
        key("Shift+N")
        yield lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit)
        words(f"note {len(told)}")
        key("Esc")
        yield lambda at=article: passages.highlights(library, at)[0].note
        told.append(article)
        key("]")
        yield lambda at=article: window.reader.article.id != at
    tell(issue=issue, articles=told)
    key("Ctrl+Q")


def receive(window: MainWindow) -> Script:
    """Tell when the window stands, and again when another start's file has come in."""
    yield lambda: window.reader.invites
    tell(started=True)
    yield lambda: window.reader.article is not None and not window.jobs._running
    tell(**facts(window), active=window.isActiveWindow())
    key("Ctrl+Q")


def fault(window: MainWindow) -> Script:
    """End the program by a fault below Python, once its trace would be kept."""
    yield lambda: window.reader.invites
    yield faulthandler.is_enabled
    tell(started=True)
    faulthandler._sigsegv()


def told_of_fault(window: MainWindow) -> Script:
    """Tell what the window says of the last run."""
    yield faulthandler.is_enabled
    tell(notice=window.notice.words)
    key("Ctrl+Q")


SCRIPTS = {
    "fault": fault,
    "told_of_fault": told_of_fault,
    "first_start": first_start,
    "whole_job": whole_job,
    "tag_on": tag_on,
    "tag_issue": tag_issue,
    "receive": receive,
}


class Player:
    """Plays a script in the running program."""

    def __init__(self, script: Callable[[MainWindow], Script]) -> None:
        self._script = script
        self._steps: Script | None = None
        self._waiting: Callable[[], object] = self._begin
        self._looks = 0
        self._timer = QTimer(interval=_STEP_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _begin(self) -> bool:
        window = next((w for w in QApplication.topLevelWidgets() if type(w) is MainWindow), None)
        if window is None or not window.isVisible():
            return False
        window.activateWindow()
        if not window.isActiveWindow():
            return False
        self._steps = self._script(window)
        return True

    def _look(self) -> None:
        self._looks += 1
        if self._looks > _MOST_LOOKS:
            line = self._steps.gi_frame.f_lineno if self._steps else "the start"
            sys.stderr.write(f"stuck at {line}\n")
            os._exit(1)
        if not self._waiting():
            return
        self._looks = 0
        try:
            self._waiting = next(self._steps)
        except StopIteration:
            self._timer.stop()


def _refuse(*asked: object) -> None:
    raise AssertionError(f"nobody expected this question: {asked}")


if __name__ == "__main__":
    QMessageBox.critical = QMessageBox.question = _refuse
    script = SCRIPTS[sys.argv[1]]
    players: list[Player] = []
    run = QApplication.exec

    def play_and_run(*_: object) -> int:
        players.append(Player(script))
        return run()

    QApplication.exec = play_and_run
    sys.exit(main(sys.argv[2:]))
