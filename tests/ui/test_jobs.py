"""Long work in the window: imports and what they say, cancelling, dropping, the status bar."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox
from window_driver import Driver, bulletin

from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, tagging, themes
from bulletin_desktop.services.importing import ImportReport
from bulletin_desktop.ui.dialogs.report_dialog import ReportDialog


def _imported(driver: Driver, *paths: Path) -> ImportReport:
    with driver.qtbot.waitSignal(driver.window.jobs.imported, timeout=20_000) as told:
        driver.window.deeds.import_paths(list(paths))
    driver.settle()
    return told.args[0]


def test_a_bad_file_is_named_with_its_reason(empty_driver: Driver, tmp_path: Path) -> None:
    driver = empty_driver
    bad = tmp_path / "坏.txt"
    bad.write_bytes(bytes(range(256)) * 8)
    report = _imported(driver, bulletin(tmp_path, "好.txt", "一篇文章的标题"), bad)
    assert (report.imported, len(report.failed)) == (1, 1)
    why = driver.context.catalogue.message(report.failed[0].reason)
    words = driver.context.text("import.one_problem", name="坏.txt", why=why)
    assert driver.window.notice.words == words
    assert len(driver.records()) == 1


def test_several_bad_files_can_be_looked_at(
    empty_driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = empty_driver
    bad = [tmp_path / name for name in ("一.txt", "二.txt")]
    for file in bad:
        file.write_bytes(bytes(range(256)) * 8)
    _imported(driver, *bad)
    shown: list[str] = []
    monkeypatch.setattr(
        ReportDialog, "exec", lambda dialog: shown.append(dialog.told.toPlainText())
    )
    assert driver.window.notice._act.text() == driver.context.text("import.details")
    driver.click(driver.window.notice._act)
    assert all(str(file) in shown[0] for file in bad)


def test_a_missing_file_is_said(empty_driver: Driver, tmp_path: Path) -> None:
    _imported(empty_driver, tmp_path / "没有.txt")
    assert "没有.txt" in empty_driver.window.notice.words


def test_cancelling_keeps_the_files_that_are_whole(empty_driver: Driver, tmp_path: Path) -> None:
    driver = empty_driver
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        bulletin(folder, f"第{number}期.txt", f"第{number}期的一篇文章标题")

    def cancel(progress: Progress) -> None:
        if progress.done:  # the first files are being loaded ahead until then
            driver.window.jobs.cancel()

    driver.window.jobs.progressed.connect(cancel)
    report = _imported(driver, folder)
    assert report.cancelled
    assert 0 < report.imported < 400
    assert browsing.totals(driver.library).articles == report.articles
    assert driver.context.text("import.cancelled") in driver.window.status._said.text()
    assert driver.step_names() == ["step.import", "step.starter_themes"]
    driver.focus(driver.tree)
    driver.key("Ctrl+Z")
    driver.settle()
    assert browsing.totals(driver.library).articles == 0


def _failing(error: Exception) -> Any:
    def work(_: object) -> Generator[Progress, bool | None, None]:
        yield Progress(0, 2, Message("import.progress", {"name": "a"}))
        raise error

    return work


@pytest.mark.parametrize("code", ["library.disk_full", "library.locked"])
def test_troubles_of_the_disk_are_sentences(driver: Driver, code: str) -> None:
    error = KnownError(code, path="/a/library.bdlib")
    driver.window.jobs._start(_failing(error), lambda _: None)
    driver.until(lambda: driver.window.notice.words)
    assert driver.window.notice.words == driver.context.explain(error)
    assert driver.window.jobs._running == []
    assert not driver.window.status._cancel.isVisible()


def test_a_library_that_another_program_locks_is_said_so(driver: Driver) -> None:
    article, theme = driver.records()[0].id, themes.all_themes(driver.library)[0].id
    soon: list[object] = []
    impatient = "PRAGMA busy_timeout = 50"
    driver.context.runner.write(lambda library: library.rows(impatient), soon.append)
    driver.until(lambda: soon)
    other = sqlite3.connect(driver.library.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    driver.context.act(lambda library: tagging.tag(library, [article], [theme]))
    driver.until(lambda: driver.window.notice.words)
    other.execute("ROLLBACK")
    other.close()
    error = KnownError("library.locked", path=str(driver.library.path))
    assert driver.window.notice.words == driver.context.explain(error)
    assert driver.record(article).themes == ()
    driver.act(lambda library: tagging.tag(library, [article], [theme]))
    assert driver.record(article).themes == (theme,)


def test_the_notice_can_be_closed(driver: Driver) -> None:
    driver.window.jobs.show_error(KnownError("library.locked", path="x"))
    assert driver.window.notice.isVisible()
    driver.click(driver.window.notice._close)
    assert not driver.window.notice.isVisible()


# Dropping


def _drop(driver: Driver, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(500, 400), copy, data, left, none)
    QApplication.sendEvent(driver.window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(500, 400), copy, data, left, none)
    with driver.qtbot.waitSignal(driver.window.jobs.imported, timeout=20_000):
        QApplication.sendEvent(driver.window, drop)
    driver.settle()


def test_dropping_files_imports_them(empty_driver: Driver, tmp_path: Path) -> None:
    files = [bulletin(tmp_path, f"{name}.txt", f"{name}的一篇文章标题") for name in "甲乙"]
    _drop(empty_driver, *files)
    assert len(empty_driver.records()) == 2


def test_dropping_a_folder_imports_what_is_in_it(empty_driver: Driver, seeds: Path) -> None:
    _drop(empty_driver, seeds)
    totals = browsing.totals(empty_driver.library)
    assert (totals.issues, totals.articles, totals.themes) == (5, 45, 12)
    assert empty_driver.reader.article is not None


def test_what_is_no_file_is_not_taken(driver: Driver) -> None:
    data = QMimeData()
    data.setText("words")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none)
    enter.ignore()
    QApplication.sendEvent(driver.window, enter)
    assert not enter.isAccepted()


def test_a_drag_that_leaves_leaves_no_trace(empty_driver: Driver, tmp_path: Path) -> None:
    driver = empty_driver
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(driver.window, enter)
    sheet = driver.window._drop._sheet
    assert sheet.isVisible()
    assert sheet.geometry().intersected(driver.window.rect()) == sheet.geometry()
    QApplication.sendEvent(driver.window, QDragLeaveEvent())
    assert not sheet.isVisible()


# Welcome


def test_an_empty_library_shows_the_welcome_page(empty_driver: Driver) -> None:
    assert empty_driver.reader.welcome.isVisible()
    assert not empty_driver.reader.page.isVisible()
    assert not empty_driver.tagging.input.isVisible()


@pytest.mark.parametrize("wanted", [True, False])
def test_the_sample_comes_with_starter_themes_unless_declined(
    empty_driver: Driver, wanted: bool
) -> None:
    driver = empty_driver
    box: QCheckBox = driver.reader.welcome.starter
    assert box.isChecked()
    box.setChecked(wanted)
    with driver.qtbot.waitSignal(driver.window.jobs.imported, timeout=20_000):
        driver.reader.welcome.sample_wanted.emit()
    driver.settle()
    assert len(driver.records()) == 45
    assert len(themes.all_themes(driver.library)) == (12 if wanted else 0)
    assert driver.reader.page.isVisible()
    assert driver.tagging._starter.isVisible() != wanted


# The status bar


def test_counts_follow_the_library(driver: Driver, tmp_path: Path) -> None:
    text, counts = driver.context.text, driver.window.status._counts

    def words(issues: int, articles: int) -> str:
        parts = ("status.issues", issues), ("status.articles", articles), ("status.themes", 12)
        return " · ".join(text(code, n=n) for code, n in parts)

    assert counts.text() == words(5, 45)
    _imported(driver, bulletin(tmp_path, "新.txt", "新来的文章标题"))
    assert counts.text() == words(6, 46)


def test_short_work_shows_no_progress_and_long_work_does(driver: Driver) -> None:
    status = driver.window.status
    status.begin()
    assert not status._bar.isVisible()
    assert not status._cancel.isVisible()
    status.progress(Progress(3, 10, Message("import.progress", {"name": "甲.txt"})))
    driver.until(status._bar.isVisible)
    assert status._cancel.isVisible()
    assert (status._bar.value(), status._bar.maximum()) == (3, 10)
    assert "3/10" in status._work.text()
    status.finish()
    assert not status._bar.isVisible()


def test_cancel_in_the_status_bar_stops_the_work(driver: Driver) -> None:
    ended: list[object] = []

    def work(_: object) -> Generator[Progress, bool | None, str]:
        for number in range(10**9):
            if (yield Progress(number, 0, Message("search.progress"))):
                return "stopped"
        return "done"

    driver.window.jobs._start(work, ended.append)
    driver.until(driver.window.status._cancel.isVisible)
    driver.click(driver.window.status._cancel)
    driver.until(lambda: ended)
    assert ended == ["stopped"]
    assert not driver.window.status._bar.isVisible()


def test_closing_during_long_work_ends_it(driver: Driver) -> None:
    """That no thread is left is checked after every test."""
    heard: list[object] = []

    def work(_: object) -> Generator[Progress, bool | None, None]:
        while True:
            if (yield Progress(0, 0, Message("search.progress"))):
                heard.append("cancelled")
                return

    driver.window.jobs._start(work, heard.append)
    driver.until(lambda: driver.window.jobs._running)
    driver.window.close()
    assert heard == ["cancelled", None]  # the result is handed over before the window goes


def test_copied_words_come_in_and_are_shown(driver: Driver) -> None:
    QApplication.clipboard().setText("  \n")
    with driver.qtbot.waitSignal(driver.window._context.said) as said:
        driver.key("Ctrl+Shift+V")
    assert said.args == [driver.context.text("import.nothing_copied")]
    words = "复制来的标题\n\n　　3月5日，市总工会召开会议，部署工作。（市总工会）\n"
    QApplication.clipboard().setText(words)
    driver.key("Ctrl+Shift+V")
    driver.until(lambda: driver.record(driver.reading()).title == "复制来的标题")
    driver.settle()
