"""Undo and redo of every verb: exactly back, exactly forward, whatever the order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_walk import VERBS as WALKED
from library_walk import Walk, content
from reprint_samples import STORY, write
from support import finish

from bulletin_desktop import paths
from bulletin_desktop.library import integrity, store
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collections,
    correcting,
    history,
    noting,
    tagging,
    themes,
)
from bulletin_desktop.services.importing import import_paths


def set_up(library):
    """Two themes, one below the other, and a collection of three."""
    themes.add(library, "甲")
    themes.add(library, "乙", parent=1)
    tagging.tag(library, [3, 4], [1, 2])
    tagging.star(library, [5], starred=True)
    collections.add_articles(library, "集", [3, 4, 5])
    collections.add_heading(library, 1, "编")


def put_before(library, moved, at):
    """Moves one article of the collection before another one."""
    ids = {item.article: item.id for item in collections.items(library, 1)}
    return collections.move_items(library, 1, [ids[moved]], before=ids[at])


VERBS = {
    "tag": lambda library: tagging.tag(library, [5, 6, 7], [1, 2]),
    "untag": lambda library: tagging.untag(library, [3, 4], [1]),
    "toggle": lambda library: tagging.toggle(library, [3, 4], 2),
    "tag_new": lambda library: tagging.tag_new(library, [8], "丙"),
    "star": lambda library: tagging.star(library, [3, 5], starred=True),
    "unstar": lambda library: tagging.star(library, [3, 5], starred=False),
    "note": lambda library: noting.set_note(library, "article", 3, "笔记\n第二行"),
    "theme_add": lambda library: themes.add(library, "丙", key="3", aliases=["三"]),
    "theme_rename": lambda library: themes.rename(library, 1, "丁"),
    "theme_merge": lambda library: themes.merge(library, 2, 1),
    "theme_move": lambda library: themes.move(library, 2, None),
    "theme_key": lambda library: themes.set_key(library, 1, "5"),
    "theme_delete": lambda library: themes.delete(library, 1),
    "starter_themes": themes.add_starter,
    "collection_add": lambda library: collections.create(library, "另一个"),
    "collection_rename": lambda library: collections.rename(library, 1, "改名"),
    "collection_delete": lambda library: collections.delete(library, 1),
    "collect": lambda library: collections.add_articles(library, "集", [9, 3]),
    "collect_new": lambda library: collections.add_articles(library, "新", [9, 3]),
    "uncollect": lambda library: collections.remove_articles(library, 1, [4]),
    "reorder": lambda library: put_before(library, 5, 3),
    "items_move": lambda library: collections.move_items(library, 1, [4, 3], before=1),
    "items_remove": lambda library: collections.remove_items(library, 1, [4, 3]),
    "collection_sort": lambda library: collections.sort(library, 1, "title", descending=True),
    "heading_add": lambda library: collections.add_heading(library, 1, "二", 2),
    "heading_set": lambda library: collections.set_heading(library, 4, "二", 2),
    "extent": lambda library: collections.set_extent(library, [1, 2, 4], "excerpt"),
    "summary": lambda library: collections.set_summary(library, 1, "一句话。"),
    "intro": lambda library: collections.set_intro(library, 1, "引言\r\n第二段"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_one_named_step_that_goes_back_and_forth_across_a_restart(verb, library_file):
    with Library(library_file) as library:
        set_up(library)
        before, steps = content(library), len(history.steps(library))
        change = VERBS[verb](library)
        after = content(library)
        assert after != before
        assert change.changed > 0
        assert len(history.steps(library)) == steps + 1
        assert history.next_undo(library).code == change.name.code
        assert history.next_undo(library).params == change.name.params
    with Library(library_file) as library:
        assert history.undo(library).name == change.name
        assert content(library) == before
        assert list(integrity.problems(library)) == []
    with Library(library_file) as library:
        assert history.redo(library).name == change.name
        assert content(library) == after
        assert list(integrity.problems(library)) == []


@pytest.mark.parametrize(
    "verb",
    [
        lambda library: tagging.tag(library, [3], [1]),
        lambda library: tagging.untag(library, [7], [1]),
        lambda library: tagging.star(library, [5], starred=True),
        lambda library: noting.set_note(library, "article", 3, "  "),
        lambda library: themes.rename(library, 1, "甲"),
        lambda library: themes.move(library, 2, 1),
        lambda library: themes.set_key(library, 1, None),
        lambda library: collections.add_articles(library, "集", [3]),
        lambda library: put_before(library, 3, 4),
        lambda library: collections.rename(library, 1, "集"),
        lambda library: collections.set_heading(library, 4, " 编 ", 1),
        lambda library: collections.set_extent(library, [1, 4], "full"),
        lambda library: collections.set_intro(library, 1, " "),
    ],
)
def test_a_verb_that_changes_nothing_is_no_step(verb, library):
    set_up(library)
    before = history.steps(library)
    change = verb(library)
    assert (change.step, change.changed) == (None, 0)
    assert history.steps(library) == before


def test_typing_in_one_note_is_one_step(library):
    for text in ("工", "工会", "工会好"):
        noting.set_note(library, "article", 3, text)
    noting.set_note(library, "article", 4, "另一篇")
    noting.set_note(library, "article", 3, "工会好！")
    history.undo(library)
    history.undo(library)
    assert browsing.note_of(library, 3) == "工会好"
    history.undo(library)
    assert browsing.note_of(library, 3) == ""


def test_notes_written_apart_are_steps_of_their_own(library):
    noting.set_note(library, "article", 3, "一", typing=False)
    noting.set_note(library, "article", 3, "二", typing=False)
    history.undo(library)
    assert browsing.note_of(library, 3) == "一"


def prove(library, folder, seed, actions):
    """Act so many times, then undo everything and do it all again; gives the walk."""
    walk = Walk(library, folder, seed)
    for _ in range(actions):
        walk.act()
    assert list(integrity.problems(library)) == []
    last = walk.at
    for at in range(last - 1, -1, -1):
        history.undo(library)
        assert content(library) == walk.states[at]
    assert list(integrity.problems(library)) == []
    for at in range(1, last + 1):
        history.redo(library)
        assert content(library) == walk.states[at]
    assert list(integrity.problems(library)) == []
    assert last > 0
    return walk


@given(seed=st.integers(0, 2**32))
@settings(max_examples=3)
def test_undoing_everything_goes_back_and_redoing_everything_forth(seed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("walk")
    with Library(folder / "walk.bdlib", create=True) as library:
        finish(import_paths(library, [paths.seeds()]))
        prove(library, folder, seed, 150)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_undoing_two_thousand_actions(seed, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MAX_STEPS", 10_000)
    with Library(tmp_path / "walk.bdlib", create=True) as library:
        finish(import_paths(library, [paths.seeds()]))
        walk = prove(library, tmp_path, seed, 2000)
    assert len(set(WALKED) - walk.done) < 3  # nearly everything was really done


def test_an_import_takes_no_id_of_an_article_that_a_correction_took_away(library, tmp_path):
    last = browsing.totals(library).articles
    before = content(library)
    correcting.discard(library, [last])
    finish(import_paths(library, [write(tmp_path, "71", "12", ("推进会", STORY))]))
    assert last not in browsing.ids_in_scope(library, Scope())
    for _ in range(2):
        history.undo(library)
    assert content(library) == before
    history.go_to(library, 3)
    assert list(integrity.problems(library)) == []


def test_what_a_verb_has_looked_up_is_still_there_when_it_writes(
    library, library_file, monkeypatch
):
    themes.add(library, "甲")
    look_up, tried = themes.by_id, []
    with Library(library_file) as other:
        other.connection.execute("PRAGMA busy_timeout = 0")

        def meddle(given, theme):
            if given is library:
                with pytest.raises(KnownError, match=r"library.locked"):
                    themes.delete(other, theme)
                tried.append(theme)
            return look_up(given, theme)

        for name in ("by_id", "uncounted"):
            monkeypatch.setattr(themes, name, meddle)
        assert tagging.tag(library, [3], [1]).changed == 1
        assert themes.rename(library, 1, "乙").changed == 1
        assert tried == [1, 1]
        themes.delete(other, 1)
    assert browsing.by_id(library, 3).themes == ()
