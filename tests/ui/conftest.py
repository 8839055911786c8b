"""Windows for the tests: on libraries of their own, with a home of their own, leaving nothing."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot
from window_driver import Driver, close, sweep

from bulletin_desktop import paths
from bulletin_desktop.catalogue import Catalogue, Language
from bulletin_desktop.services import Library, themes
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.main_window import MainWindow

HERE = Path(__file__).resolve().parent
# What would wait for a person; a test that wants one answers for the person instead.
_BLOCKING = [
    (QDialog, "exec"),
    (QMessageBox, "exec"),
    (QMessageBox, "question"),
    (QMessageBox, "critical"),
    (QInputDialog, "getText"),
    (QFileDialog, "getOpenFileName"),
    (QFileDialog, "getOpenFileNames"),
    (QFileDialog, "getExistingDirectory"),
    (QFileDialog, "getSaveFileName"),
]
_REAL = {(kind, name): getattr(kind, name) for kind, name in _BLOCKING}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A Qt warning fails a test of the window."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    qapp.setApplicationName(paths.APP_FOLDER)
    qapp.setOrganizationName(paths.APP_FOLDER)
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Home, data and settings of this test alone."""
    made = tmp_path / "home"
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(made / name.lower()))
    folder = str(made / "config")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
    return made


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """No thread and no window outlives a test."""
    before = set(threading.enumerate())
    yield
    sweep()
    gc.collect()
    sweep()
    gc.freeze()  # what has outlived a test is looked through no more after the next ones
    assert QApplication.topLevelWidgets() == []
    assert [thread.name for thread in set(threading.enumerate()) - before] == []


@pytest.fixture(autouse=True)
def _nothing_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that nobody expected fails the test instead of waiting for ever."""

    def refuse(kind: type, name: str) -> Callable[..., object]:
        def unexpected(*words: object, **_: object) -> object:
            raise AssertionError(f"{kind.__name__}.{name} was not expected: {words}")

        return unexpected

    for kind, name in _BLOCKING:
        monkeypatch.setattr(kind, name, refuse(kind, name))


@pytest.fixture
def real_dialogs(_nothing_blocks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that answers real dialogs itself."""
    for (kind, name), real in _REAL.items():
        monkeypatch.setattr(kind, name, real)


@pytest.fixture(scope="session")
def themed_file(tmp_path_factory: pytest.TempPathFactory, seeded_file: Path) -> Path:
    """A library file with the sample bulletins and the starter themes; to be copied."""
    file = tmp_path_factory.mktemp("themed") / "themed.bdlib"
    shutil.copy(seeded_file, file)
    with Library(file) as library:
        themes.add_starter(library)
    return file


Open = Callable[..., Driver]


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, themed_file: Path) -> Any:
    """Opens windows; closes those that are still open at the end.

    ``file`` None means a fresh copy of the sample library with the starter themes.
    """
    opened: list[MainWindow] = []

    def open_one(
        file: Path | None = None,
        language: Language = "zh",
        style: str = "light",
        *,
        create: bool = False,
        catalogue: Catalogue | None = None,
        size: tuple[int, int] = (1440, 900),
    ) -> Driver:
        if file is None:
            file = Path(shutil.copy(themed_file, tmp_path / "window.bdlib"))
        tokens = theme.Tokens(style)
        theme.apply(tokens)
        context = Context(Library(file, create=create), catalogue or Catalogue(language), tokens)
        window = MainWindow(context)
        opened.append(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Driver(window, qtbot)

    yield open_one
    for window in opened:
        close(window)


@pytest.fixture
def driver(open_window: Open) -> Driver:
    """A Chinese window on the sample library with the starter themes."""
    return open_window()


@pytest.fixture
def empty_driver(open_window: Open, tmp_path: Path) -> Driver:
    """A Chinese window on an empty library."""
    return open_window(tmp_path / "new.bdlib", create=True)


@pytest.fixture
def pick(qapp: QApplication) -> Iterator[Callable[..., list[str]]]:
    """Chooses an entry of the next context menu; gives the list of the words that it offered.

    The menu really opens: QMenu.exec cannot be replaced from Python.
    """
    timer = QTimer(interval=5)
    wanted: list[str] = []
    offered: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return
        timer.stop()
        offered[:] = [action.text() for action in menu.actions()]
        menu.close()
        at: QMenu = menu
        for word in wanted:
            action = next(a for a in at.actions() if a.text() == word)
            at = action.menu() or at
            action.trigger()

    def arm(*words: str) -> list[str]:
        wanted[:] = words
        timer.start()
        return offered

    timer.timeout.connect(choose)
    yield arm
    timer.stop()


@pytest.fixture
def answer_name(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Answers the next question for a name; None declines."""

    def arm(name: str | None) -> None:
        answer = (name or "", name is not None)
        monkeypatch.setattr(QInputDialog, "getText", lambda *_: answer)

    return arm
