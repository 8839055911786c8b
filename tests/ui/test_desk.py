"""The desk: a window for each library, and words and colours that change while they are open."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
)
from pytestqt.qtbot import QtBot
from window_driver import Driver, bulletin, close

from bulletin_desktop import paths
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, copying, libraries, noting, tagging
from bulletin_desktop.ui import settings, theme
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.desk import Desk
from bulletin_desktop.ui.instance import Request
from bulletin_desktop.ui.settings import Settings

Answer = Callable[[str], list[str]]


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(Settings(), "zh", "light")
    yield made
    for window in list(made.windows):
        close(window)
    made.deleteLater()
    theme.apply(theme.Tokens("light"))


@pytest.fixture
def file(tmp_path: Path, themed_file: Path) -> Path:
    return Path(shutil.copy(themed_file, tmp_path / "苏州工会.bdlib"))


def driver_of(desk: Desk, qtbot: QtBot, file: Path) -> Driver:
    window = desk.open(file)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Driver(window, qtbot)


@pytest.fixture
def answer(real_dialogs: None) -> Iterator[Answer]:
    """Presses a button of the boxes that come, in turn; gives the list of what they said."""
    said: list[str] = []
    wanted: list[str] = []
    timer = QTimer(interval=5)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and wanted:
            said.append(box.text())
            word = wanted.pop(0)
            next(b for b in box.buttons() if word in b.text()).click()

    def arm(*words: str) -> list[str]:
        wanted[:] = words
        timer.start()
        return said

    timer.timeout.connect(look)
    yield arm
    timer.stop()


# Windows


def test_a_library_has_one_window_however_its_path_is_written(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    link = file.with_name("link.bdlib")
    link.symlink_to(file)
    window = desk.open(file)
    assert desk.open(Path(file.name)) is window
    assert desk.open(link) is window
    assert desk.windows == [window]


def test_title_and_switcher_say_which_library_it_is(desk: Desk, file: Path) -> None:
    window = desk.open(file)
    own = desk.open(paths.default_library(), create=True)
    assert "苏州工会" in window.windowTitle()
    assert "苏州工会" in window.top.switcher.text()
    assert "我的资料库" in own.windowTitle()
    own.top.switcher._fill()
    entries = [action.text() for action in own.top.switcher.menu().actions() if action.text()]
    assert entries[:2] == ["我的资料库", "苏州工会"]
    file.rename(file.with_name("elsewhere.bdlib"))
    own.top.switcher._fill()
    assert own.top.switcher.menu().actions()[1].text() == "苏州工会（找不到）"
    file.with_name("elsewhere.bdlib").rename(file)


def test_the_last_window_ends_the_program_and_no_other(
    desk: Desk, file: Path, qtbot: QtBot
) -> None:
    first, second = desk.open(file), desk.open(paths.default_library(), create=True)
    with qtbot.assertNotEmitted(desk.emptied):
        first.close()
    with qtbot.waitSignal(desk.emptied):
        second.acts[Act.CLOSE_LIBRARY].trigger()


def test_quit_closes_all_windows(desk: Desk, file: Path, qtbot: QtBot) -> None:
    window = desk.open(file)
    desk.open(paths.default_library(), create=True)
    with qtbot.waitSignal(desk.emptied):
        window.acts[Act.QUIT].trigger()
    assert desk.windows == []


def test_recent_libraries_are_kept_latest_first(desk: Desk, file: Path) -> None:
    own = paths.default_library()
    desk.open(file)
    desk.open(own, create=True)
    assert Settings().get(settings.RECENT) == (str(own), str(file))
    assert desk.last_library() == own
    desk.open(file)
    desk.open(paths.sample_library(), create=True)
    assert desk.last_library() == file


def test_a_portable_program_that_was_moved_starts_with_its_own_library(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = tmp_path / "before" / "portable", tmp_path / "after" / "portable"
    before.mkdir(parents=True)
    monkeypatch.setattr(paths, "portable", lambda: before)
    close(desk.open(paths.default_library()))
    assert desk.last_library() == before / "library.bdlib"
    before.parent.rename(after.parent)
    monkeypatch.setattr(paths, "portable", lambda: after)
    assert desk.last_library() == after / "library.bdlib"


# Trouble with a library


def test_a_file_that_is_no_library_gets_a_sentence_and_a_way_on(
    desk: Desk, file: Path, answer: Answer
) -> None:
    words = file.with_name("no.bdlib")
    words.write_text("this is no library at all, only words")
    said = answer("我的资料库")
    window = desk.deeds.open_or_ask(words, None)
    assert window is not None
    assert window.library_path == paths.default_library()
    assert str(words) in said[0]
    assert words.read_text() == "this is no library at all, only words"


def test_a_library_that_comes_back_opens_on_trying_again(
    desk: Desk, file: Path, answer: Answer
) -> None:
    away = file.with_name("away")
    file.rename(away)
    QTimer.singleShot(200, lambda: away.rename(file))
    said = answer(*["重试"] * 200)
    window = desk.deeds.open_or_ask(file, None)
    assert window is not None
    assert window.library_path == file
    assert len(said) >= 1


def test_a_vanished_library_can_be_taken_off_the_list(
    desk: Desk, file: Path, answer: Answer
) -> None:
    gone = file.with_name("gone.bdlib")
    close(desk.open(gone, create=True))
    for left in file.parent.glob("gone.bdlib*"):
        left.unlink()
    window = desk.open(file)
    answer("从列表中移除")
    window.library_wanted.emit(gone)
    assert Settings().get(settings.RECENT) == (str(file),)
    answer("Cancel")
    assert desk.windows == [window]


def test_a_library_deleted_from_under_its_window_can_be_saved_anew(
    desk: Desk, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = driver_of(desk, qtbot, file)
    article = driver.records()[0].id
    driver.act(lambda library: noting.set_note(library, "article", article, "记下的话"))
    for left in file.parent.glob("苏州工会.bdlib*"):
        left.unlink()
    driver.context.look_again()
    assert str(file) in driver.window.notice.words
    before = driver.step_names()
    driver.act(lambda library: tagging.star(library, [article], starred=True))
    assert driver.step_names() == before  # nothing is accepted that would be lost
    target = file.with_name("救回.bdlib")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    driver.window.notice._act.click()
    driver.until(lambda: not driver.window.jobs.is_running)
    assert str(target) in driver.window.notice.words
    with Library(target) as saved:
        assert saved.value("SELECT text FROM notes") == "记下的话"
        assert saved.value("SELECT count(*) FROM articles") == 45


def test_a_library_whose_disk_was_taken_away_can_be_saved_elsewhere(
    desk: Desk, file: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    window = desk.open(Path(shutil.copy(file, disk)))
    shutil.rmtree(disk)
    disk.write_text("no folder any more")
    offered: list[Path] = []

    def choose(*given: object, **_: object) -> tuple[str, str]:
        offered.append(Path(str(given[2])))
        return str(tmp_path / "救回.bdlib"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.acts[Act.COPY_LIBRARY].trigger()
    qtbot.waitUntil(lambda: not window.jobs.is_running)
    assert offered[0].parent.is_dir()
    with Library(tmp_path / "救回.bdlib") as saved:
        assert saved.value("SELECT count(*) FROM articles") == 45


# New, open, rename, move, copy


def _choose(monkeypatch: pytest.MonkeyPatch, kind: str, file: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, kind, lambda *_, **__: (str(file), ""))


def test_a_new_library_gets_its_ending_and_a_window(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.open(file)
    _choose(monkeypatch, "getSaveFileName", file.with_name("新的"))
    window.acts[Act.NEW_LIBRARY].trigger()
    assert [w.library_path.name for w in desk.windows] == [file.name, "新的.bdlib"]
    _choose(monkeypatch, "getSaveFileName", "")
    window.acts[Act.NEW_LIBRARY].trigger()
    assert len(desk.windows) == 2


def test_new_never_replaces_a_library(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk.open(paths.default_library(), create=True)
    _choose(monkeypatch, "getSaveFileName", file)
    other.acts[Act.NEW_LIBRARY].trigger()
    window = desk.window_on(file)
    assert window is not None
    assert not window.is_empty


def test_open_opens_what_is_chosen(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = desk.open(paths.default_library(), create=True)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    own.acts[Act.OPEN_LIBRARY].trigger()
    assert [w.library_path for w in desk.windows] == [own.library_path, file]


def test_rename_keeps_the_place_and_all_work(
    desk: Desk, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = driver_of(desk, qtbot, file)
    article = driver.records()[17].id
    driver.select(article)
    driver.act(lambda library: tagging.star(library, [article], starred=True))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("改/名", True))
    driver.window.acts[Act.RENAME_LIBRARY].trigger()
    (window,) = desk.windows
    assert window.library_path == file.with_name("改 名.bdlib")
    assert not list(file.parent.glob("苏州工会.bdlib*"))
    assert window.reader.article is not None
    assert window.reader.article.id == article
    assert window.reader.article.starred
    assert str(file) not in Settings().get(settings.RECENT)


def test_a_move_onto_another_file_is_refused_and_the_library_stays(
    desk: Desk, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = file.with_name("there.bdlib")
    there.write_text("somebody else's")
    window = desk.open(file)
    _choose(monkeypatch, "getSaveFileName", there)
    window.acts[Act.MOVE_LIBRARY].trigger()
    (again,) = desk.windows
    assert again.library_path == file
    assert again.notice.words
    assert there.read_text() == "somebody else's"


def test_a_copy_holds_what_the_library_holds(
    desk: Desk, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.open(file)
    target = file.with_name("副本.bdlib")
    _choose(monkeypatch, "getSaveFileName", target)
    window.acts[Act.COPY_LIBRARY].trigger()
    qtbot.waitUntil(lambda: not window.jobs.is_running)
    with Library(target) as copy:
        assert copy.value("SELECT count(*) FROM articles") == 45


def test_a_copy_replaces_nothing_unasked(
    desk: Desk, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.open(file)
    target = file.with_name("旧的.bdlib")
    with Library(target, create=True):
        pass
    before = target.read_bytes()
    _choose(monkeypatch, "getSaveFileName", target)
    button = QMessageBox.StandardButton
    for answer, replaced in ((button.No, False), (button.Yes, True)):
        asked: list[str] = []

        def reply(*words: str, asked: list[str] = asked, answer: object = answer) -> object:
            asked.append(words[2])
            return answer

        monkeypatch.setattr(QMessageBox, "question", reply)
        window.acts[Act.COPY_LIBRARY].trigger()
        qtbot.waitUntil(lambda: not window.jobs.is_running)
        assert target.name in asked[0]
        assert (target.read_bytes() != before) == replaced


def test_a_name_that_gives_the_same_file_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.open(paths.default_library())
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (paths.default_library().stem, True))
    window.acts[Act.RENAME_LIBRARY].trigger()
    assert desk.windows == [window]


def test_a_library_that_is_just_being_moved_is_left_alone(
    desk: Desk, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, other = desk.open(file), desk.open(paths.default_library())
    target = file.with_name("移走.bdlib")
    _choose(monkeypatch, "getSaveFileName", target)
    seen, move = threading.Event(), copying.move_library

    def wait_and_move(path: Path, to: Path) -> None:
        seen.wait(20)
        move(path, to)

    def meddle() -> None:
        for path in (file, target):
            with pytest.raises(KnownError, match=r"library\.locked"):
                desk.open(path, create=True)
        with qtbot.assertNotEmitted(desk.emptied):
            other.close()
        seen.set()

    monkeypatch.setattr(copying, "move_library", wait_and_move)
    QTimer.singleShot(100, meddle)
    window.acts[Act.MOVE_LIBRARY].trigger()
    assert seen.is_set()
    assert [w.library_path for w in desk.windows] == [target]
    assert not desk.windows[0].is_empty


# What another start hands over


def test_another_start_opens_its_library_and_imports_its_files(
    desk: Desk, file: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    own = desk.open(paths.default_library(), create=True)
    text = bulletin(tmp_path, "第7期.txt", "一篇文章")
    with qtbot.waitSignal(own.jobs.imported, timeout=20_000):
        desk.receive(Request(None, (str(text),)))
    assert not own.is_empty
    desk.receive(Request(None, (str(file),)))
    assert [w.library_path for w in desk.windows] == [own.library_path, file]
    desk.receive(Request(str(file), ()))
    assert len(desk.windows) == 2


def test_a_file_that_is_handed_over_is_shown_though_it_was_there_before(
    desk: Desk, file: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    driver = driver_of(desk, qtbot, file)
    text = bulletin(tmp_path, "第7期.txt", "要看的一篇")
    for _ in range(2):
        driver.select(driver.records()[0].id)
        desk.receive(Request(None, (str(text),)))
        driver.until(lambda: driver.window.reader.article.heading == "要看的一篇")
        driver.until(lambda: not driver.window.jobs.is_running)


def test_files_go_to_the_window_that_was_used_last(desk: Desk, file: Path, qtbot: QtBot) -> None:
    used = driver_of(desk, qtbot, file).window
    desk.open(paths.default_library())
    driver_of(desk, qtbot, file)
    other = QLabel("another program")
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert desk.active() is used
    close(used)
    assert desk.active() is desk.windows[0]
    other.close()
    other.deleteLater()


def test_another_start_with_the_sample_fills_it(desk: Desk, file: Path, qtbot: QtBot) -> None:
    desk.open(file)
    request = Request(str(paths.sample_library()), ())
    desk.receive(request)
    sample = desk.window_on(paths.sample_library())
    assert sample is not None
    desk.receive(request)  # once is enough
    qtbot.waitUntil(lambda: not sample.jobs.is_running, timeout=20_000)
    assert sample._context.library.value("SELECT count(*) FROM steps") == 2  # themes and texts


# Language and colours


def test_the_language_switches_live_and_nothing_is_lost(
    desk: Desk, file: Path, qtbot: QtBot
) -> None:
    driver = driver_of(desk, qtbot, file)
    article = driver.records()[17].id
    driver.select(article)
    driver.tagging.note.setPlainText("还没存的话")
    with qtbot.assertNotEmitted(desk.emptied):
        desk.settings.put(settings.LANGUAGE, "en")
        qtbot.waitUntil(lambda: desk.windows[0].speaks(desk.catalogue))
    (window,) = desk.windows
    assert window.acts[Act.EXPORT].text() == desk.catalogue.text("action.export")
    assert desk.catalogue.language == "en"
    assert window.reader.article is not None
    assert window.reader.article.id == article
    assert window.tagging.note.toPlainText() == "还没存的话"


def test_the_keyboard_stays_on_the_language_that_is_chosen(
    desk: Desk, file: Path, qtbot: QtBot
) -> None:
    driver_of(desk, qtbot, file).window.companions.show_settings()
    desk.settings.put(settings.LANGUAGE, "en")
    qtbot.waitUntil(lambda: desk.windows[0].speaks(desk.catalogue))
    shown = desk.windows[0].companions._settings
    assert shown is not None
    assert shown.focusWidget().accessibleName() == desk.catalogue.text("setting.language")


def test_the_same_language_by_another_name_makes_no_window_anew(desk: Desk, file: Path) -> None:
    window = desk.open(file)
    desk.settings.put(settings.LANGUAGE, desk.catalogue.language)
    assert window.speaks(desk.catalogue)


def test_a_window_at_work_changes_its_language_when_it_is_done(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = desk.open(paths.default_library(), create=True)
    for number in range(30):
        bulletin(tmp_path, f"{number}.txt", f"第{number}篇")
    window.deeds.import_paths([tmp_path])
    assert window.jobs.is_running
    desk.settings.put(settings.LANGUAGE, "en")
    qtbot.waitUntil(lambda: desk.windows[0].speaks(desk.catalogue), timeout=20_000)
    totals = desk.windows[0]._context.library.value("SELECT count(*) FROM documents")
    assert totals == 30


def test_every_window_stays_where_it_is_in_another_language(
    desk: Desk, file: Path, qtbot: QtBot
) -> None:
    places = {file: QRect(20, 60, 1000, 600), paths.default_library(): QRect(400, 300, 1100, 620)}
    for path, place in places.items():
        desk.open(path).setGeometry(place)
    desk.settings.put(settings.LANGUAGE, "en")
    qtbot.waitUntil(lambda: all(window.speaks(desk.catalogue) for window in desk.windows))
    assert {window.library_path: window.geometry() for window in desk.windows} == places


def test_a_library_whose_file_has_gone_is_not_closed_by_another_language(
    desk: Desk, file: Path, qtbot: QtBot
) -> None:
    other = desk.open(paths.default_library())
    window = desk.open(file)
    away = file.rename(file.with_name("away.bdlib"))
    desk.settings.put(settings.LANGUAGE, "en")
    qtbot.waitUntil(lambda: desk.windows[-1].speaks(desk.catalogue))
    assert window in desk.windows
    assert other not in desk.windows
    away.rename(file)


def test_a_library_that_cannot_be_opened_again_does_not_leave_a_program_without_windows(
    desk: Desk, file: Path, qtbot: QtBot, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(file)

    def refuse(path: Path, *, create: bool = False) -> Library:
        raise KnownError("library.locked", path=str(path))

    monkeypatch.setattr(libraries, "open_library", refuse)
    said = answer("Cancel")
    with qtbot.waitSignal(desk.emptied):
        desk.settings.put(settings.LANGUAGE, "en")
    assert str(file) in said[0]


def test_a_window_that_asks_something_changes_its_language_afterwards(
    desk: Desk, file: Path, qtbot: QtBot, real_dialogs: None
) -> None:
    window = desk.open(file)

    def meddle() -> None:
        desk.settings.put(settings.LANGUAGE, "en")
        qtbot.wait(300)
        assert desk.windows == [window]
        asking = QApplication.activeModalWidget()
        assert asking is not None
        asking.close()

    QTimer.singleShot(100, meddle)
    window.acts[Act.ABOUT].trigger()
    qtbot.waitUntil(lambda: desk.windows[0].speaks(desk.catalogue))


@pytest.mark.parametrize("name", ["dark", "sepia", "light"])
def test_colours_switch_live_in_every_window(desk: Desk, file: Path, name: str) -> None:
    windows = [desk.open(file), desk.open(paths.default_library(), create=True)]
    desk.settings.put(settings.THEME, "dark" if name == "light" else "light")
    windows[0].acts[Act[name.upper()]].trigger()
    ground = theme.Tokens(name).colour("ground")
    for window in windows:
        assert window._context.tokens.name == name
        shot = window.top.grab().toImage()
        assert shot.pixelColor(3, 3) == ground
        assert window.acts[Act[name.upper()]].isChecked()
        assert not window.acts[Act.FOLLOW_SYSTEM].isChecked()


def test_the_desktop_s_colours_are_followed_only_where_that_is_wanted(
    qapp: QApplication, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "system_theme", lambda: "dark")
    desk = Desk(Settings(), "zh")
    window = desk.open(file)
    assert window._context.tokens.name == "dark"
    monkeypatch.setattr(theme, "system_theme", lambda: "light")
    desk._follow_system()
    assert window._context.tokens.name == "light"
    desk.settings.put(settings.THEME, "sepia")
    desk._follow_system()
    assert window._context.tokens.name == "sepia"
    close(window)
    desk.deleteLater()


def test_a_missing_library_raises_where_nobody_is_asked(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        desk.open(tmp_path / "none.bdlib")


def test_words_in_a_box_are_not_cut(desk: Desk, tmp_path: Path, answer: Answer) -> None:
    seen: list[bool] = []
    timer = QTimer(interval=5)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            parts = [*box.findChildren(QLabel), *box.findChildren(QAbstractButton)]
            seen.extend(part.width() >= part.sizeHint().width() for part in parts if part.text())
            box.reject()

    timer.timeout.connect(look)
    timer.start()
    assert desk.deeds.open_or_ask(tmp_path / "none.bdlib", None) is None
    assert seen
    assert all(seen)


@pytest.mark.parametrize("sure", [True, False])
def test_closing_what_is_all_that_is_left_of_a_library_asks_first(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    window = desk.open(file)
    for left in file.parent.glob("苏州工会.bdlib*"):
        left.unlink()
    asked: list[str] = []
    button = QMessageBox.StandardButton

    def answer(*words: object) -> QMessageBox.StandardButton:
        asked.append(str(words[2]))
        return button.Yes if sure else button.No

    monkeypatch.setattr(QMessageBox, "question", answer)
    window.acts[Act.CLOSE_LIBRARY].trigger()
    assert len(asked) == 1
    assert desk.windows == ([] if sure else [window])
