"""Library files: telling, copying and moving them."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from support import finish

from bulletin_desktop.library import connection, integrity
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, copying, libraries, themes
from bulletin_desktop.services.libraries import Library


def sound(file):
    """The library at a path is whole: its articles and theme names."""
    with Library(file) as library:
        assert list(integrity.problems(library)) == []
        return browsing.totals(library).articles, [t.name for t in themes.all_themes(library)]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def fails(code):
    return pytest.raises(KnownError, match=rf"^{code} ")


def test_what_is_a_library(library_file, tmp_path):
    assert libraries.is_library(library_file)
    foreign = tmp_path / "other.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE a (b)")
    other.close()
    (tmp_path / "text.bdlib").write_text("正文" * 100, "utf-8")
    (tmp_path / "short.bdlib").write_bytes(library_file.read_bytes()[:50])
    for path in (foreign, *tmp_path.glob("[ts]*.bdlib"), tmp_path, tmp_path / "none"):
        assert not libraries.is_library(path)


def test_a_library_that_is_open_here_is_told_without_opening_it(tmp_path, monkeypatch):
    """On POSIX, closing a file takes away the locks that SQLite has on it in this process."""
    file = tmp_path / "new.bdlib"
    with Library(file, create=True), Library(file):
        monkeypatch.setattr(Path, "open", None)
        assert libraries.is_library(file)
    with pytest.raises(TypeError):
        libraries.is_library(file)


def test_a_copy_has_what_is_not_yet_in_the_file(library_file, tmp_path):
    target = tmp_path / "copy.bdlib"
    with Library(library_file) as library:
        themes.add(library, "新")
        assert finish(copying.copy_library(library, target)) is True
        themes.add(library, "更新")
    assert sound(target) == (45, ["新"])
    assert sound(library_file) == (45, ["新", "更新"])
    assert names(tmp_path) == ["copy.bdlib", "library.bdlib"]


@pytest.mark.parametrize("steps", [1, 2])
def test_a_copy_that_is_cancelled_leaves_what_was_there(steps, library, tmp_path):
    target = tmp_path / "copy.bdlib"
    target.write_bytes(b"old")
    work = copying.copy_library(library, target)
    for _ in range(steps):
        next(work)
    with pytest.raises(StopIteration) as end:
        work.send(True)
    assert end.value.value is False
    assert target.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*"))


def test_a_copy_takes_no_log_of_a_former_library_for_its_own(library, tmp_path):
    target, other = tmp_path / "copy.bdlib", tmp_path / "other.bdlib"
    with Library(other, create=True) as crashed:
        themes.add(crashed, "别的")
        shutil.copy(f"{other}-wal", f"{target}-wal")
    assert Path(f"{target}-wal").stat().st_size
    finish(copying.copy_library(library, target))
    assert sound(target) == (45, [])


def test_where_a_copy_cannot_be_put(library, library_file, tmp_path):
    with fails("library.copy_itself"):
        finish(copying.copy_library(library, library_file))
    (tmp_path / "link.bdlib").symlink_to(library_file)
    with fails("library.copy_itself"):
        finish(copying.copy_library(library, tmp_path / "link.bdlib"))
    with fails("write.no_folder"):
        finish(copying.copy_library(library, tmp_path / "no" / "copy.bdlib"))
    with fails("write.is_folder"):
        finish(copying.copy_library(library, tmp_path))


def test_a_copy_does_not_replace_a_library_in_use(library, tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 50)
    target = tmp_path / "used.bdlib"
    with Library(target, create=True) as used:
        themes.add(used, "在用")
        with fails("library.locked"):
            finish(copying.copy_library(library, target))
    assert sound(target) == (0, ["在用"])
    finish(copying.copy_library(library, target))
    assert sound(target) == (45, [])


@pytest.fixture(params=["same disk", "other disk"])
def away(request, tmp_path):
    """A folder to move a library to."""
    if request.param == "other disk":
        return request.getfixturevalue("other_disk")
    (tmp_path / "away").mkdir()
    return tmp_path / "away"


def test_a_library_is_moved_with_all_that_is_in_its_log(library_file, away):
    """As after a crash: the log was not folded into the file."""
    source, target = library_file.with_name("crashed.bdlib"), away / "新 资料库.bdlib"
    with Library(library_file) as library:
        themes.add(library, "新")
        for ending in ("", "-wal"):
            shutil.copy(f"{library_file}{ending}", f"{source}{ending}")
    copying.move_library(source, target)
    assert sound(target) == (45, ["新"])
    assert names(away) == ["新 资料库.bdlib"]
    assert not list(source.parent.glob("crashed*"))


def test_a_move_onto_something_else_or_itself(library_file, away):
    target = away / "a.bdlib"
    target.write_bytes(b"old")
    with fails("library.target_exists"):
        copying.move_library(library_file, target)
    assert target.read_bytes() == b"old"
    copying.move_library(library_file, library_file)
    assert sound(library_file) == (45, [])


def test_a_library_that_is_open_is_not_moved(library, library_file, away, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 50)
    with fails("library.locked"):
        copying.move_library(library_file, away / "a.bdlib")
    assert names(away) == []
    themes.add(library, "还在")
    library.close()
    assert sound(library_file) == (45, ["还在"])


def test_a_move_of_what_is_gone_or_no_library(tmp_path):
    with fails("library.missing"):
        copying.move_library(tmp_path / "none.bdlib", tmp_path / "a.bdlib")
    text = tmp_path / "text.bdlib"
    text.write_text("正文" * 1000, "utf-8")
    with fails("library.not_sqlite"):
        copying.move_library(text, tmp_path / "a.bdlib")
    assert names(tmp_path) == ["text.bdlib"]


def test_a_move_to_where_there_is_no_folder(library_file, tmp_path):
    with fails("write.no_folder"):
        copying.move_library(library_file, tmp_path / "no" / "a.bdlib")
    assert sound(library_file) == (45, [])


def test_a_link_to_a_library_is_moved_with_it(library_file, tmp_path, away):
    link = tmp_path / "link.bdlib"
    link.symlink_to(library_file)
    copying.move_library(link, away / "a.bdlib")
    assert not os.path.lexists(link)
    assert not library_file.exists()
    assert sound(away / "a.bdlib") == (45, [])


@pytest.mark.parametrize("way", ["delete", "replace", "move"])
def test_a_library_that_vanishes_takes_no_change_and_can_be_saved(way, library_file, tmp_path):
    with Library(library_file) as library:
        themes.add(library, "之前")
        assert not library.vanished()
        if way == "delete":
            library_file.unlink()
        elif way == "move":
            library_file.rename(tmp_path / "elsewhere.bdlib")
        else:
            (tmp_path / "new").write_bytes(b"x")
            (tmp_path / "new").replace(library_file)
        assert library.vanished()
        with fails("library.vanished"):
            themes.add(library, "之后")
        assert browsing.totals(library).articles == 45
        target = tmp_path / "saved.bdlib"
        assert finish(copying.copy_library(library, target)) is True
    assert sound(target) == (45, ["之前"])


def test_what_vanished_can_be_saved_in_its_old_place(library_file):
    with Library(library_file) as library:
        themes.add(library, "之前")
        library_file.unlink()
        finish(copying.copy_library(library, library_file))
        assert library.vanished()
        assert sound(library_file) == (45, ["之前"])
    assert sound(library_file) == (45, ["之前"])


def test_a_relative_path_is_not_lost_in_another_folder(library_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Library(Path(library_file.name)) as library:
        monkeypatch.chdir("/")
        assert not library.vanished()
        themes.add(library, "主题")


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_a_library_that_another_program_keeps_to_itself(mode, library_file, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 50)
    other = sqlite3.connect(library_file, isolation_level=None)
    other.execute(f"PRAGMA journal_mode={mode}")
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with fails("library.locked"):
        Library(library_file)
    other.close()
