"""Watched folders: what is put there comes in by itself, and nothing is said of what did not."""

from __future__ import annotations

import shutil

import pytest

from bulletin_desktop.services import browsing, watching
from bulletin_desktop.ui import watching as ui_watching
from bulletin_desktop.ui.dialogs.watch_dialog import WatchDialog

TEXT = "【工作动态】\n\n{}\n\n　　3月5日，市总工会召开会议，部署工作。（市总工会）\n"


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(ui_watching, "_STILL", 30)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "简报"
    place.mkdir()
    place.joinpath("1.txt").write_text(TEXT.format("一个标题在这里"), "utf-8")
    return place


def titles(driver):
    return {article.title for article in browsing.in_scope(driver.context.library)}


def watch(driver, folder):
    watching.watch(driver.context.library, folder)
    driver.window.look_at_watched()


def test_what_stands_in_a_folder_comes_in_at_once(driver, folder):
    watch(driver, folder)
    driver.until(lambda: "一个标题在这里" in titles(driver))


def test_new_and_changed_files_come_in(driver, folder):
    watch(driver, folder)
    driver.until(lambda: "一个标题在这里" in titles(driver))
    folder.joinpath("下").mkdir()
    driver.until(lambda: str(folder / "下") in driver.window._watch._watcher.directories())
    folder.joinpath("下", "2.txt").write_text(TEXT.format("另一个标题"), "utf-8")
    driver.until(lambda: "另一个标题" in titles(driver))
    folder.joinpath("1.txt").write_text(TEXT.format("改过的标题在此"), "utf-8")
    driver.until(lambda: "改过的标题在此" in titles(driver))


def test_nothing_is_said_where_nothing_came_in(driver, folder):
    watch(driver, folder)
    driver.until(lambda: "一个标题在这里" in titles(driver))
    driver.until(lambda: not driver.window.jobs.is_running)
    driver.settle()
    said = []
    driver.context.said.connect(said.append)
    ended = []
    driver.window.jobs.ended.connect(lambda: ended.append(1))
    driver.window.look_at_watched()
    driver.until(lambda: ended)
    assert said == []


def test_a_folder_that_is_gone_is_passed_over(driver, folder):
    watch(driver, folder)
    driver.until(lambda: "一个标题在这里" in titles(driver))
    shutil.rmtree(folder)
    watch(driver, folder.with_name("nowhere"))
    driver.until(lambda: not driver.window.jobs.is_running)
    assert "一个标题在这里" in titles(driver)


def test_the_dialog_adds_and_removes(driver, folder):
    dialog = WatchDialog(driver.context, driver.window)
    dialog.add(folder)
    dialog.add(folder)
    assert watching.folders(driver.context.library) == [folder]
    dialog.remove()
    assert watching.folders(driver.context.library) == []
    assert not dialog.list.count()
    dialog.remove()
    dialog.deleteLater()


def test_what_comes_while_a_folder_is_looked_at_is_not_missed(driver, folder, monkeypatch):
    """It is there when the watching begins, so that no event tells of it."""
    walk = ui_watching._places

    def slow(folders):
        found = list(walk(folders))
        folder.joinpath("2.txt").write_text(TEXT.format("来得正巧的标题"), "utf-8")
        return found

    monkeypatch.setattr(ui_watching, "_places", slow)
    watch(driver, folder)
    driver.until(lambda: "来得正巧的标题" in titles(driver))
