"""Opening a library, changes as steps, and the cap of the history."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bulletin_desktop.library import annotating, history, integrity, store
from bulletin_desktop.library.connection import APPLICATION_ID
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import themes

MESSAGE = Message("step.star", {"n": 1})


def test_a_library_keeps_what_is_committed(library):
    assert library.value("PRAGMA synchronous") == 2
    assert library.value("PRAGMA journal_mode") == "wal"
    assert library.value("PRAGMA foreign_keys") == 1
    assert library.value("PRAGMA application_id") == APPLICATION_ID


def test_a_change_is_a_named_step(library):
    with library.change(MESSAGE, "tags") as recording:
        annotating.set_star(library, 3, starred=True)
    change = recording.result()
    assert (change.changed, change.name, change.topics) == (1, MESSAGE, {"tags"})
    newest = history.steps(library)[0]
    assert (newest.id, newest.code, newest.params) == (change.step, "step.star", {"n": 1})


def test_a_change_that_changes_nothing_leaves_no_step(library):
    before = history.steps(library)
    with library.change(MESSAGE) as recording:
        annotating.set_star(library, 3, starred=False)
    assert recording.result().step is None
    assert history.steps(library) == before


def star_and_fail(library):
    with library.change(MESSAGE):
        annotating.set_star(library, 3, starred=True)
        raise ZeroDivisionError


def test_a_change_that_fails_leaves_nothing(library):
    before = history.steps(library)
    with pytest.raises(ZeroDivisionError):
        star_and_fail(library)
    assert history.steps(library) == before
    assert library.value("SELECT count(*) FROM stars") == 0
    assert library.value("SELECT count(*) FROM recording") == 0


def test_a_change_has_no_result_before_its_commit(library):
    with library.change(MESSAGE) as recording, pytest.raises(RuntimeError):
        recording.result()


def star(library, article, *, merge_key="", step=None):
    with library.change(MESSAGE, merge_key=merge_key, step=step) as recording:
        annotating.set_star(library, article, starred=True)
    return recording.result()


def test_changes_with_one_merge_key_are_one_step_until_another_comes_between(library):
    first = star(library, 1, merge_key="k")
    assert star(library, 2, merge_key="k").step == first.step
    other = star(library, 3)
    assert star(library, 4, merge_key="k").step > other.step
    history.undo(library)
    history.undo(library)
    assert history.undo(library).changed == 2


def test_a_merge_does_not_join_what_was_undone(library):
    first = star(library, 1, merge_key="k")
    history.undo(library)
    second = star(library, 2, merge_key="k")
    assert history.next_redo(library) is None
    assert history.next_undo(library).id == second.step
    assert library.rows("SELECT article_id FROM stars") == [(2,)]
    assert first.step is not None


def test_a_merge_that_changes_nothing_keeps_the_step(library):
    first = star(library, 1, merge_key="k")
    with library.change(MESSAGE, merge_key="k") as recording:
        pass
    assert recording.result().step is None
    assert history.next_undo(library).id == first.step


def test_long_work_joins_its_step_unless_that_was_undone(library):
    first = star(library, 1)
    assert star(library, 2, step=first.step).step == first.step
    history.undo(library)
    assert history.next_redo(library).id == first.step
    third = star(library, 3, step=first.step)
    assert library.rows("SELECT article_id FROM stars") == [(3,)]
    assert history.next_undo(library).id == third.step
    assert history.next_redo(library) is None


def test_the_history_holds_its_cap_of_steps(library, monkeypatch):
    monkeypatch.setattr(store, "MAX_STEPS", 5)
    steps = [star(library, article).step for article in range(1, 13)]
    assert [s.id for s in history.steps(library)] == steps[:-6:-1]
    orphans = "SELECT count(*) FROM step_rows WHERE step_id NOT IN (SELECT id FROM steps)"
    assert library.value(orphans) == 0
    for _ in range(5):
        history.undo(library)
    with pytest.raises(KnownError, match=r"history.nothing_to_undo"):
        history.undo(library)
    assert library.value("SELECT count(*) FROM stars") == 7


def test_the_history_holds_its_cap_of_rows_but_keeps_the_last_step(library, monkeypatch):
    monkeypatch.setattr(store, "MAX_ROWS", 10)
    for start in range(1, 40, 4):
        with library.change(MESSAGE):
            for article in range(start, start + 4):
                annotating.set_star(library, article, starred=True)
        assert library.value("SELECT count(*) FROM step_rows") <= 10
    with library.change(MESSAGE) as recording:
        for article in range(1, 41):
            annotating.set_star(library, article, starred=False)
    assert recording.result().changed == 40
    assert history.undo(library).changed == 40
    assert library.value("SELECT count(*) FROM stars") == 40
    assert list(integrity.problems(library)) == []


def test_undone_steps_are_forgotten_by_a_new_change_and_survive_reopening(library_file):
    with Library(library_file) as library:
        themes.add(library, "甲")
        themes.add(library, "乙")
        history.undo(library)
    with Library(library_file) as library:
        assert history.next_redo(library).params == {"theme": "乙"}
        assert history.redo(library).name.params == {"theme": "乙"}
        history.undo(library)
        themes.add(library, "丙")
        with pytest.raises(KnownError, match=r"history.nothing_to_redo"):
            history.redo(library)
        assert [theme.name for theme in themes.all_themes(library)] == ["甲", "丙"]
        assert list(integrity.problems(library)) == []


def test_a_read_while_another_connection_writes_sees_what_is_committed(library, library_file):
    with library.change(MESSAGE):
        annotating.set_star(library, 1, starred=True)
        with Library(library_file) as other:
            assert other.value("SELECT count(*) FROM stars") == 0
    with Library(library_file) as other:
        assert other.value("SELECT count(*) FROM stars") == 1


@pytest.mark.parametrize("name", [":memory:", "file:a.bdlib"])
def test_a_name_that_sqlite_takes_for_its_own_is_a_file(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Library(Path(name), create=True) as library:
        themes.add(library, "一")
    assert (tmp_path / name).is_file()
    with Library(Path(name)) as library:
        assert [theme.name for theme in themes.all_themes(library)] == ["一"]


def test_a_name_that_is_too_long_is_said_so(tmp_path):
    with pytest.raises(KnownError, match=r"library\.cannot_open"):
        Library(tmp_path / ("x" * 300))


def test_a_library_that_lost_a_table_or_its_version_is_damaged(library_file):
    with Library(library_file) as library:
        library.connection.execute("DROP TABLE stars")
        with pytest.raises(KnownError, match=r"library\.damaged"):
            library.rows("SELECT * FROM stars")
        library.connection.execute("PRAGMA user_version = 0")
    with pytest.raises(KnownError, match=r"library\.damaged"):
        Library(library_file)


def test_an_error_that_is_a_bug_stays_one(library):
    with pytest.raises(sqlite3.OperationalError):
        library.rows("SELECT no_such_function()")
