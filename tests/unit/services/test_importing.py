"""Importing: whole files, the same again, new states of a file, cancelling, undo."""

from __future__ import annotations

import os
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from support import finish

from bulletin_desktop import paths
from bulletin_desktop.library import articles, collecting, integrity
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collections,
    files,
    history,
    importing,
    noting,
    tagging,
    themes,
)
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.libraries import make_sample, open_library
from bulletin_desktop.services.themes import all_themes

TEXT = "【工作动态】\n第一篇文章的标题\n　　这里是第一篇文章的正文，共有一段。\n（市总工会）\n"
MORE = "第二篇文章的标题\n　　这里是第二篇文章的正文，也有一段。\n（区总工会）\n"


def counts(report):
    return report.imported, report.unchanged, report.updated, report.skipped, len(report.failed)


@pytest.fixture
def bulletins(tmp_path, seeds):
    return shutil.copytree(seeds, tmp_path / "bulletins")


def test_an_import_is_one_step_and_counts_what_it_did(empty_library, bulletins):
    (bulletins / "notes.xyz").write_text("x")
    report = finish(import_paths(empty_library, [bulletins]))
    assert counts(report) == (5, 0, 0, 1, 0)
    assert (len(report.issues), report.articles) == (5, 45)
    steps = history.steps(empty_library)
    assert [(s.code, s.params) for s in steps] == [("step.import", {"n": 5})]
    assert report.change.step == steps[0].id
    assert list(integrity.problems(empty_library)) == []


def test_many_commits_are_one_step(empty_library, bulletins, monkeypatch):
    taken = []
    store = importing._store_batch
    monkeypatch.setattr(importing, "BATCH_SECONDS", 0.0)
    monkeypatch.setattr(importing, "_store_batch", lambda w, r: (taken.append(len(r)), store(w, r)))
    finish(import_paths(empty_library, [bulletins]))
    assert taken == [1, 1, 1, 1, 1]
    assert [(s.code, s.params) for s in history.steps(empty_library)] == [("step.import", {"n": 5})]
    history.undo(empty_library)
    assert browsing.totals(empty_library).issues == 0


def test_the_same_again_changes_nothing(library, seeds):
    before = history.steps(library)
    report = finish(import_paths(library, [seeds]))
    assert counts(report) == (0, 5, 0, 0, 0)
    assert report.change is None
    assert history.steps(library) == before


def test_the_same_file_twice_in_one_import(empty_library, bulletins):
    file = sorted(bulletins.iterdir())[0]
    shutil.copy(file, bulletins / "zz.txt")
    report = finish(import_paths(empty_library, [bulletins, file]))
    assert counts(report) == (5, 2, 0, 0, 0)


def test_an_undone_import_comes_back_by_redo_and_by_importing_again(library, seeds):
    tagging.star(library, [3], starred=True)
    history.undo(library)
    history.undo(library)
    assert browsing.totals(library).articles == 0
    assert browsing.in_scope(library) == []
    history.redo(library)
    assert browsing.totals(library).articles == 45
    history.undo(library)
    report = finish(import_paths(library, [seeds]))
    assert counts(report) == (5, 0, 0, 0, 0)
    assert report.articles == 45
    assert library.value("SELECT count(*) FROM documents") == 5
    assert history.next_redo(library) is None
    assert list(integrity.problems(library)) == []


def test_a_new_state_of_a_file_takes_over_what_the_user_did(empty_library, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    finish(import_paths(empty_library, [file]))
    tagging.tag_new(empty_library, [1], "主题")
    noting.set_note(empty_library, "article", 1, "笔记")
    tagging.star(empty_library, [1], starred=True)
    collections.add_articles(empty_library, "集", [1])
    browsing.mark_read(empty_library, [1], read=True)
    file.write_text(TEXT + MORE, "utf-8")
    report = finish(import_paths(empty_library, [file]))
    assert counts(report) == (0, 0, 1, 0, 0)
    found = browsing.in_scope(empty_library)
    assert [(a.title, a.starred, a.unread, len(a.themes)) for a in found] == [
        ("第一篇文章的标题", True, False, 1),
        ("第二篇文章的标题", False, True, 0),
    ]
    assert browsing.note_of(empty_library, found[0].id) == "笔记"
    assert [item.article for item in collecting.items(empty_library, 1)] == [found[0].id]
    history.undo(empty_library)
    assert [(a.id, a.starred) for a in browsing.in_scope(empty_library)] == [(1, True)]
    history.redo(empty_library)
    assert len(browsing.in_scope(empty_library)) == 2
    assert list(integrity.problems(empty_library)) == []


def test_the_old_state_of_a_file_takes_over_again(empty_library, tmp_path):
    file = tmp_path / "a.txt"
    for text, updated in ((TEXT, 0), (TEXT + MORE, 1), (TEXT, 1)):
        file.write_text(text, "utf-8")
        assert finish(import_paths(empty_library, [file])).updated == updated
        if not updated:
            tagging.tag_new(empty_library, [1], "主题")
    assert [(a.title, len(a.themes)) for a in browsing.in_scope(empty_library)] == [
        ("第一篇文章的标题", 1)
    ]
    assert list(integrity.problems(empty_library)) == []


def test_another_issue_under_the_same_name_stands_beside_the_first(empty_library, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    finish(import_paths(empty_library, [file]))
    file.write_text(MORE, "utf-8")
    assert counts(finish(import_paths(empty_library, [file]))) == (1, 0, 0, 0, 0)
    assert browsing.totals(empty_library).issues == 2


def test_work_on_an_article_that_is_gone_keeps_the_old_state(empty_library, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT + MORE, "utf-8")
    finish(import_paths(empty_library, [file]))
    second = [a.id for a in browsing.in_scope(empty_library) if "第二" in a.title]
    tagging.star(empty_library, second, starred=True)
    file.write_text(TEXT, "utf-8")
    assert finish(import_paths(empty_library, [file])).updated == 0
    assert [a.id for a in browsing.in_scope(empty_library) if a.starred] == second


def test_a_cancelled_import_keeps_whole_files_as_one_step(empty_library, bulletins):
    work = import_paths(empty_library, [bulletins])
    while next(work).done < 1:
        pass
    with pytest.raises(StopIteration) as end:
        work.send(True)
    report = end.value.value
    assert report.cancelled
    assert report.imported == 1
    assert browsing.totals(empty_library).issues == 1
    history.undo(empty_library)
    assert browsing.totals(empty_library).issues == 0
    assert list(integrity.problems(empty_library)) == []


def test_a_closed_import_leaves_the_library_free(empty_library, bulletins):
    work = import_paths(empty_library, [bulletins])
    next(work)
    work.close()
    assert not empty_library.connection.in_transaction
    assert finish(import_paths(empty_library, [bulletins])).imported == 5


def test_progress_counts_files(empty_library, bulletins):
    progress = list(import_paths(empty_library, [bulletins]))
    files = [(p.done, p.total) for p in progress if p.message.code == "import.progress"]
    assert files == sorted(files)
    assert {done for done, _ in files} >= {1, 2, 3, 4, 5}
    assert {total for _, total in files} == {5}
    assert progress[0].message.code == "import.progress"


def test_the_library_is_not_locked_while_files_are_read(library_file, bulletins, monkeypatch):
    """Other work of the user goes on during an import, and the steps keep their order."""
    for number in range(3):
        bulletins.joinpath(f"new{number}.txt").write_text(f"{TEXT}{number}", "utf-8")
    monkeypatch.setattr(importing, "BATCH_SECONDS", 0.0)
    with open_library(library_file) as library, open_library(library_file) as other:
        other.connection.execute("PRAGMA busy_timeout = 0")
        for _ in import_paths(library, [bulletins]):
            tagging.star(other, [3], starred=not browsing.by_id(other, 3).starred)
        assert browsing.totals(other).issues == 8
        assert list(integrity.problems(other)) == []
        codes = [step.code for step in history.steps(other)]
        assert all(a != b for a, b in pairwise(codes) if a == "step.import")
        while history.next_undo(other):
            history.undo(other)
        assert browsing.totals(other).issues == 0
        while history.next_redo(other):
            history.redo(other)
        assert browsing.totals(other).issues == 8
        assert list(integrity.problems(other)) == []


def test_a_library_that_takes_no_more_stops_the_import(empty_library, bulletins, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_SECONDS", 0.0)
    stored, store = [], importing._store_batch

    def full(work, ready):
        stored.append(len(ready))
        if len(stored) == 3:
            raise KnownError("library.disk_full", path="x")
        store(work, ready)

    monkeypatch.setattr(importing, "_store_batch", full)
    report = finish(import_paths(empty_library, [bulletins]))
    assert report.stopped.code == "library.disk_full"
    assert (report.imported, len(report.failed)) == (2, 3)
    assert {failure.reason.code for failure in report.failed} == {"library.disk_full"}
    assert browsing.totals(empty_library).issues == 2


def test_files_come_in_natural_order_and_hidden_ones_not(tmp_path):
    for name in ("第10期.txt", "第2期.txt", ".hidden.txt", "第1期.TXT", "图.png"):
        (tmp_path / name).write_text("x")
    found = files.find([tmp_path])
    assert [each.name for each in found.inputs] == ["第1期.TXT", "第2期.txt", "第10期.txt"]
    assert found.skipped == 1


def test_a_pipe_is_refused_and_does_not_hang(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(KnownError, match=r"file.pipe"):
        files.read_bytes(pipe)


def test_a_name_that_is_no_unicode_is_stored(empty_library, tmp_path):
    name = os.fsdecode(b"\xb9\xa4.txt")
    (tmp_path / name).write_text(TEXT, "utf-8")
    assert finish(import_paths(empty_library, [tmp_path])).imported == 1
    assert browsing.documents(empty_library)[0].path.endswith("\ufffd\ufffd.txt")


def test_the_sample_library(tmp_path):
    file = tmp_path / "sample.bdlib"
    make_sample(file)
    make_sample(file)  # a second time it has nothing to do
    with open_library(file) as library:
        assert browsing.totals(library).issues == 5
        assert len(history.steps(library)) == 2
        found = all_themes(library)
        assert len(found) >= 9
        assert {theme.key for theme in found} >= set("123456789")
        assert all(theme.colour.startswith("#") for theme in found)
        assert all(theme.words for theme in found)


def test_a_sample_that_does_not_come_in_whole_is_no_success(tmp_path, monkeypatch):
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_bytes(bytes(range(256)))
    monkeypatch.setattr(paths, "seeds", lambda: folder)
    with pytest.raises(KnownError, match=r"file\.undecodable"):
        make_sample(tmp_path / "sample.bdlib")


def test_files_that_are_no_text_by_name_are_refused(empty_library, tmp_path):
    page = tmp_path / "pages" / "a.odt"
    page.parent.mkdir()
    page.write_text("页", "utf-8")
    report = finish(import_paths(empty_library, [page, Path("/dev/zero")]))
    assert [f.reason.code for f in report.failed] == ["file.unsupported", "file.pipe"]
    assert finish(import_paths(empty_library, [page.parent])).skipped == 1


def test_an_import_opens_a_step_of_its_own_after_another_s(empty_library, tmp_path, monkeypatch):
    """Its rows must not go into a step that is older than what was done meanwhile."""
    monkeypatch.setattr(importing, "BATCH_SECONDS", 0)
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT + name, "utf-8")
    work = import_paths(empty_library, [tmp_path])
    next(work)
    while not browsing.totals(empty_library).issues:
        next(work)
    with open_library(empty_library.path) as other:
        themes.add(other, "别处")
    finish(work)
    assert [s.code for s in history.steps(empty_library)] == [
        "step.import", "step.theme_add", "step.import",
    ]  # fmt: skip


def test_an_article_knows_its_body_after_the_import(empty_library, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("\ufeff" + TEXT.replace("正文", "𠮷正文"), "utf-8")
    finish(import_paths(empty_library, [file]))
    text = articles.text_of(empty_library, 1)
    assert text.paragraphs == ("这里是第一篇文章的𠮷正文，共有一段。",)
    assert articles.in_scope(empty_library, Scope(source="市总工会"))[0].id == 1


def test_looking_for_files_can_be_cancelled_and_keeps_their_order(
    empty_library, bulletins, monkeypatch
):
    whole = files.find([bulletins]).inputs
    monkeypatch.setattr(files, "_MANY", 1)
    assert files.find([bulletins]).inputs == whole
    work = import_paths(empty_library, [bulletins])
    assert next(work).message.code == "import.looking"
    with pytest.raises(StopIteration) as end:
        work.send(True)
    assert end.value.value.cancelled
    assert browsing.totals(empty_library).issues == 0
    assert finish(import_paths(empty_library, [bulletins])).imported == 5


def test_what_is_there_is_not_read_again_nor_written(library, seeds, monkeypatch):
    monkeypatch.setattr(importing, "_load", None)
    monkeypatch.setattr(library, "change", None)
    assert counts(finish(import_paths(library, [seeds]))) == (0, 5, 0, 0, 0)


def test_what_was_replaced_in_copied_text_is_said(empty_library):
    report = finish(importing.import_text(empty_library, f"{TEXT}\0"))
    assert report.imported == 1
    assert [failure.reason.code for failure in report.warnings] == ["file.replaced"]
