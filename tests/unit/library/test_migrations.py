"""Bringing a library up to date: a backup first, newer ones refused, two programs at once."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

from bulletin_desktop.library import integrity, migrations
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, history, reading, themes

STORED = sorted((ROOT / "tests" / "data").glob("library-v*.bdlib"))
VERSION = len(migrations.MIGRATIONS)


def add_a_table(db):
    db.table("later").create({"id": int}, pk="id")


def fail(db):
    db.table("later").create({"id": int}, pk="id")
    raise ZeroDivisionError


def backups(folder):
    return sorted(folder.glob("*.backup.bdlib"))


def test_a_backup_is_taken_before_a_migration(library_file, monkeypatch):
    with Library(library_file) as library:
        assert library.backup is None
        themes.add(library, "前")
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, add_a_table])
    with Library(library_file) as library:
        assert library.backup in backups(library_file.parent)
        assert library.value("PRAGMA user_version") == VERSION + 1
        assert library.value("SELECT count(*) FROM later") == 0
        assert browsing.totals(library).articles == 45
        backup = library.backup
    with Library(library_file) as library:
        assert library.backup is None
    monkeypatch.undo()
    with Library(backup) as library:
        assert [theme.name for theme in themes.all_themes(library)] == ["前"]
        assert list(integrity.problems(library)) == []
    assert len(backups(library_file.parent)) == 1
    assert not list(library_file.parent.glob("*.part"))


def test_a_migration_that_fails_leaves_the_library_as_it_was(library_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, fail])
    with pytest.raises(ZeroDivisionError):
        Library(library_file)
    monkeypatch.undo()
    with Library(library_file) as library:
        assert library.value("PRAGMA user_version") == VERSION
        assert library.rows("SELECT 1 FROM sqlite_master WHERE name = 'later'") == []
        assert list(integrity.problems(library)) == []


def test_no_migration_without_its_backup(library_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, add_a_table])

    def full(*_):
        raise KnownError("library.disk_full", path="x")

    monkeypatch.setattr(migrations, "back_up", full)
    with pytest.raises(KnownError, match=r"library.disk_full"):
        Library(library_file)
    monkeypatch.undo()
    with Library(library_file) as library:
        assert library.value("PRAGMA user_version") == VERSION


def test_a_newer_library_is_refused_and_not_touched(library_file):
    with sqlite3.connect(library_file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = library_file.read_bytes()
    with pytest.raises(KnownError, match=r"library.newer") as caught:
        Library(library_file)
    assert caught.value.params["version"] == 99
    assert library_file.read_bytes() == before


def test_every_version_has_a_stored_library():
    assert [file.name for file in STORED] == [f"library-v{n + 1}.bdlib" for n in range(VERSION)]


@pytest.mark.parametrize("stored", STORED, ids=lambda file: file.stem)
def test_a_stored_library_opens(stored, tmp_path):
    file = Path(shutil.copy(stored, tmp_path / "old.bdlib"))
    with Library(file) as library:
        assert library.value("PRAGMA user_version") == VERSION
        assert (library.backup is None) == (stored == STORED[-1])
        assert list(integrity.problems(library)) == []
        assert browsing.totals(library).articles == 45
        assert [theme.name for theme in themes.all_themes(library)] == ["工资集体协商", "组织建设"]
        assert [note.text for note in browsing.notes(library)] == ["一条笔记"]
        assert len(history.steps(library)) == 6
        while history.next_undo(library):
            history.undo(library)
        assert browsing.totals(library).articles == 0
        while history.next_redo(library):
            history.redo(library)
        assert browsing.totals(library).articles == 45
        assert list(integrity.problems(library)) == []


def test_the_places_of_a_stored_library(tmp_path):
    """Version 1 kept none; what version 2 kept is there."""
    found = []
    for stored in STORED[:2]:
        with Library(Path(shutil.copy(stored, tmp_path / stored.name))) as library:
            found.append([reading.place_of(library, article) for article in (3, 12)])
    assert found == [[0, 0], [120, 7]]


OPEN = """
import sys, time
from pathlib import Path
from bulletin_desktop.library import migrations
from bulletin_desktop.library.store import Library
def slow(db):
    db.table("later").create({"id": int}, pk="id")
    time.sleep(0.3)
if sys.argv[2] == "migrate":
    migrations.MIGRATIONS.append(slow)
with Library(Path(sys.argv[1]), create=True) as library:
    print(library.value("PRAGMA user_version"))
"""


@pytest.mark.parametrize("kind", ["create", "migrate"])
def test_two_programs_at_once(kind, tmp_path, library_file, child_environment):
    file = library_file if kind == "migrate" else tmp_path / "new.bdlib"
    command = [sys.executable, "-c", OPEN, str(file), kind]
    children = [
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=child_environment,
        )
        for _ in range(4)
    ]
    results = [(*child.communicate(timeout=60), child.returncode) for child in children]
    assert [(out.strip(), code) for out, _, code in results] == [
        (str(VERSION + 1 if kind == "migrate" else VERSION), 0)
    ] * 4, results
