"""The crash border: whatever nobody expected is logged, shown once, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QListView, QMessageBox
from window_driver import Driver

from bulletin_desktop import paths
from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.ui.errors import CrashBorder
from bulletin_desktop.ui.models.hits_model import HitsModel

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QMessageBox]:
    """The crash dialogs that were opened; each is closed at once."""
    boxes: list[QMessageBox] = []

    def close_at_once(box: QMessageBox) -> int:
        boxes.append(box)
        return QMessageBox.StandardButton.Close.value

    monkeypatch.setattr(QMessageBox, "exec", close_at_once)
    return boxes


@pytest.fixture
def border(
    driver: Driver, shown: list[QMessageBox], caplog: pytest.LogCaptureFixture
) -> Iterator[CrashBorder]:
    hooks = sys.excepthook, threading.excepthook
    before = qInstallMessageHandler(None)
    made = CrashBorder(Catalogue("zh"))
    made.install()
    yield made
    sys.excepthook, threading.excepthook = hooks
    qInstallMessageHandler(before)
    caplog.get_records("call").clear()  # here errors are wanted
    logger = logging.getLogger("bulletin_desktop")
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()


def _fail() -> None:
    raise ZeroDivisionError("nobody expected this")


def _goes_on(driver: Driver) -> None:
    order = [record.id for record in driver.records()]
    driver.select(order[0])
    driver.focus(driver.tree)
    driver.key("J", "S")
    driver.settle()
    assert driver.reading() == order[1]
    assert driver.record(order[1]).starred


def test_a_fault_in_a_slot_is_shown_and_logged(
    driver: Driver, border: CrashBorder, shown: list[QMessageBox]
) -> None:
    QTimer.singleShot(0, _fail)
    driver.until(lambda: shown)
    assert shown[0].text() == Catalogue("zh").text("crash.text")
    assert "ZeroDivisionError: nobody expected this" in shown[0].detailedText()
    assert shown[0].parent() is driver.window
    logged = paths.log_file().read_text("utf-8")
    assert "Traceback" in logged
    assert "ZeroDivisionError: nobody expected this" in logged
    _goes_on(driver)


def test_a_fault_in_a_worker_thread_reaches_the_dialog(
    driver: Driver, border: CrashBorder, shown: list[QMessageBox]
) -> None:
    driver.context.runner.write(lambda _: _fail())
    driver.until(lambda: shown)
    assert "ZeroDivisionError" in shown[0].detailedText()
    _goes_on(driver)


def test_a_fault_in_a_bare_thread_reaches_the_dialog_on_the_gui_thread(
    driver: Driver, border: CrashBorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[threading.Thread] = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda _: where.append(threading.current_thread()) or 0
    )
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    driver.until(lambda: where)
    assert where == [threading.main_thread()]


class _Faulty(HitsModel):
    def rowCount(self, parent: object = None) -> int:  # noqa: N802 - Qt
        return 5

    def data(self, index: object, role: int = 0) -> object:
        _fail()
        return None


def test_a_fault_that_comes_many_times_opens_one_dialog_at_a_time(
    driver: Driver, border: CrashBorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the dialog is open, painting goes on failing behind it."""
    view = QListView(driver.window)
    view.setModel(_Faulty(view))
    depth, deepest, asked = 0, 0, 0

    def exec_with_events(_: QMessageBox) -> int:
        nonlocal depth, deepest, asked
        depth, asked = depth + 1, asked + 1
        deepest = max(deepest, depth)
        for _ in range(20):
            view.viewport().update()
            QApplication.processEvents()
        view.hide()
        depth -= 1
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_with_events)
    QTimer.singleShot(0, view.show)  # from the event loop, as in the program
    driver.until(lambda: asked)
    driver.settle()
    view.setModel(None)
    driver.settle()
    assert deepest == 1
    assert paths.log_file().read_text("utf-8").count("ZeroDivisionError") > 20


def test_a_warning_of_qt_is_logged(driver: Driver, border: CrashBorder) -> None:
    qWarning("a warning of Qt")
    assert "Qt: a warning of Qt" in paths.log_file().read_text("utf-8")


def test_a_log_that_cannot_be_written_hides_nothing(
    driver: Driver, border: CrashBorder, shown: list[QMessageBox]
) -> None:
    paths.user_data().parent.mkdir(parents=True, exist_ok=True)
    paths.user_data().write_text("a file where the folder should be")
    QTimer.singleShot(0, _fail)
    driver.until(lambda: shown)
    assert "ZeroDivisionError" in shown[0].detailedText()
