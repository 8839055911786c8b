"""The left pane in the window: selection, filter, tabs, collections, and what survives a reload."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_driver import Driver, bulletin

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections, history, tagging, themes
from bulletin_desktop.ui.actions import Act


def _ids(driver: Driver) -> list[int]:
    return [record.id for record in driver.records()]


def test_a_branch_stands_for_its_articles(driver: Driver) -> None:
    year = driver.tree.outline.index(0, 0)
    node = driver.tree.outline.node(year)
    driver.tree.go(year)
    assert driver.outline.selected_articles() == tuple(
        browsing.ids_in_scope(driver.library, node.scope)
    )
    count = len(driver.outline.selected_articles())
    assert driver.tagging._count.text() == driver.context.text("themes.selected", n=count)


def test_branches_and_articles_together_count_each_once(driver: Driver) -> None:
    model = driver.tree.selectionModel()
    issue = driver.tree.outline.index(0, 0, driver.tree.outline.index(0, 0))
    inside = browsing.ids_in_scope(driver.library, driver.tree.outline.node(issue).scope)
    driver.select(inside[0])
    model.select(issue, model.SelectionFlag.Select)
    assert sorted(driver.outline.selected_articles()) == sorted(inside)


def test_shift_and_arrows_select_a_range_and_one_key_acts_on_it(driver: Driver) -> None:
    ids = _ids(driver)
    driver.select(ids[0])
    driver.focus(driver.tree)
    for _ in range(2):
        QTest.keyClick(driver.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert driver.outline.selected_articles() == tuple(ids[:3])
    driver.key("S")
    driver.settle()
    assert [record.id for record in driver.records() if record.starred] == ids[:3]
    driver.key("S")
    driver.settle()
    assert not [record for record in driver.records() if record.starred]


def test_a_click_on_the_arrow_opens_and_closes_without_selecting(driver: Driver) -> None:
    tree = driver.tree
    year = tree.outline.index(0, 0)
    selected = driver.outline.selected_articles()
    was_open = tree.isExpanded(year)
    left = tree._painter.left_of(tree.outline.node(year))
    where = QPoint(left + 5, tree.visualRect(year).center().y())
    driver.click(tree.viewport(), where)
    assert tree.isExpanded(year) != was_open
    driver.click(tree.viewport(), where)
    assert tree.isExpanded(year) == was_open
    assert driver.outline.selected_articles() == selected


# Filter


def test_the_filter_narrows_every_tab_and_clearing_it_brings_all_back(driver: Driver) -> None:
    wanted = tuple(browsing.ids_in_scope(driver.library, Scope(containing="昆山")))
    assert 0 < len(wanted) < 45
    driver.outline._filter.setText("昆山")
    driver.until(lambda: driver.tree.outline.scope.ids == wanted)
    shown = [n.article.id for n in driver.tree.outline.loaded() if n.article is not None]
    assert sorted(shown) == sorted(wanted)
    assert driver.tab("sources").outline.scope.ids == wanted
    driver.tab("issues")
    driver.outline._filter.clear()
    driver.until(lambda: driver.tree.outline.scope.ids is None)
    assert driver.tree.outline.rowCount() == len(
        {(record.date or "")[:4] for record in driver.records()}
    )


def test_a_filter_without_a_match_says_so(driver: Driver) -> None:
    driver.outline._filter.setText("没有这个词")
    driver.until(lambda: driver.tree.outline.rowCount() == 0)
    assert driver.tree.empty_words == driver.context.text("tree.no_match")
    assert driver.outline.selected_articles() == ()


def test_an_import_clears_the_filter(driver: Driver, tmp_path: Path) -> None:
    driver.outline._filter.setText("没有这个词")
    driver.until(lambda: driver.tree.outline.rowCount() == 0)
    driver.window.deeds.import_paths([bulletin(tmp_path, "新一期.txt", "新来的一篇文章")])
    driver.until(lambda: len(driver.records()) == 46)
    driver.settle()
    assert driver.outline._filter.text() == ""
    assert driver.tree.outline.rowCount() > 0


# What survives a reload


def _paths_open(driver: Driver) -> set[tuple[str, ...]]:
    return {n.path() for index, n in driver.tree._rows() if driver.tree.isExpanded(index)}


def test_selection_and_open_branches_survive_an_import(driver: Driver, tmp_path: Path) -> None:
    ids = _ids(driver)
    driver.select(*ids[2:5])
    driver.tree.collapse(driver.tree.outline.index(1, 0))
    opened = _paths_open(driver)
    driver.window.deeds.import_paths([bulletin(tmp_path, "新一期.txt", "新来的一篇文章")])
    driver.until(lambda: len(driver.records()) == 46)
    driver.settle()
    assert _paths_open(driver) == opened
    assert driver.outline.selected_articles() == tuple(ids[2:5])
    assert driver.reading() == ids[2]


def test_a_theme_tree_keeps_its_place_when_tags_change(driver: Driver) -> None:
    ids = _ids(driver)
    theme = themes.all_themes(driver.library)[0]
    driver.act(lambda library: tagging.tag(library, ids[:4], [theme.id]))
    tree = driver.tab("themes")
    assert tree.go(driver.index(f"theme {theme.id}", f"article {ids[1]}"))
    driver.focus(tree)
    driver.act(lambda library: tagging.tag(library, ids[4:6], [theme.id]))
    assert driver.tree.current_node().article.id == ids[1]
    assert driver.outline.selected_articles() == (ids[1],)
    assert driver.tree.isExpanded(driver.index(f"theme {theme.id}"))
    assert driver.tree.outline.node(driver.index(f"theme {theme.id}")).count == "6"


def test_a_theme_taken_off_in_its_own_branch_can_be_put_back_at_once(driver: Driver) -> None:
    """The article leaves the branch, but the tagging pane still acts on what it shows."""
    ids = _ids(driver)
    theme = themes.all_themes(driver.library)[0]
    driver.act(lambda library: tagging.tag(library, ids[:3], [theme.id]))
    tree = driver.tab("themes")
    tree.go(driver.index(f"theme {theme.id}", f"article {ids[1]}"))
    driver.focus(tree)
    driver.key(theme.key)
    driver.settle()
    assert theme.id not in driver.record(ids[1]).themes
    assert driver.reading() == ids[1]
    assert driver.chips() == []
    driver.key(theme.key)
    driver.settle()
    assert theme.id in driver.record(ids[1]).themes
    assert driver.chips() == [theme.name]


# Collections


def test_c_makes_a_collection_and_adds_to_it(driver: Driver) -> None:
    ids = _ids(driver)
    driver.select(ids[5])
    driver.focus(driver.tree)
    driver.key("C")
    driver.settle()
    driver.select(ids[2])
    driver.key("C")
    driver.settle()
    name = driver.context.text("collection.first")
    made = collections.by_name(driver.library, name)
    assert _order(driver, made.id) == [ids[5], ids[2]]
    tree = driver.tab("collections")
    tree.go(driver.index(f"collection {made.id}"))
    assert sorted(driver.outline.selected_articles()) == sorted([ids[5], ids[2]])
    words = driver.context.text("status.collection", name=name, n=2)
    assert driver.window.status._collection.text() == words


@pytest.fixture
def collected(driver: Driver) -> tuple[Driver, int, list[int]]:
    """A window on the collections with one of five articles open."""
    ids = _ids(driver)[10:15]
    driver.act(lambda library: collections.add_articles(library, "专题", ids))
    made = collections.by_name(driver.library, "专题")
    driver.tab("collections")
    driver.outline.show_collection(made.id)
    return driver, made.id, ids


def _order(driver: Driver, collection: int) -> list[int]:
    found = browsing.in_scope(driver.library, Scope(collection=collection))
    return [record.id for record in found]


def test_dragging_reorders_and_undo_puts_it_back(
    collected: tuple[Driver, int, list[int]],
) -> None:
    driver, collection, ids = collected
    assert _order(driver, collection) == ids
    model, branch = driver.tree.outline, driver.index(f"collection {collection}")
    data = model.mimeData([model.index(row, 0, branch) for row in (3, 4)])
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, 1, 0, branch)
    model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, branch)
    driver.settle()
    wanted = [ids[0], ids[3], ids[4], ids[1], ids[2]]
    assert _order(driver, collection) == wanted
    branch = driver.index(f"collection {collection}")
    shown = [driver.tree.outline.node(driver.tree.outline.index(r, 0, branch)) for r in range(5)]
    assert [node.article.id for node in shown] == wanted
    driver.act(history.undo)
    assert _order(driver, collection) == ids


def test_keys_move_articles_within_a_collection(
    collected: tuple[Driver, int, list[int]],
) -> None:
    driver, collection, ids = collected
    a, b, c, d, e = ids
    driver.focus(driver.tree)
    driver.select(b, c)
    for key, wanted in (
        ("Alt+Up", [b, c, a, d, e]),
        ("Alt+Up", [b, c, a, d, e]),  # they are at the top
        ("Alt+Down", [a, b, c, d, e]),
        ("Alt+Down", [a, d, b, c, e]),
        ("Alt+Down", [a, d, e, b, c]),
        ("Alt+Down", [a, d, e, b, c]),
    ):
        driver.key(key)
        driver.settle()
        assert _order(driver, collection) == wanted
        assert set(driver.outline.selected_articles()) == {b, c}
    driver.key("Ctrl+Z")
    driver.settle()
    assert _order(driver, collection) == [a, d, b, c, e]


def test_outside_a_collection_nothing_moves(
    collected: tuple[Driver, int, list[int]], qtbot: QtBot
) -> None:
    driver, collection, ids = collected
    driver.tab("issues")
    driver.select(ids[0])
    driver.focus(driver.tree)
    with qtbot.waitSignal(driver.context.said):
        driver.key("Alt+Down")
    assert _order(driver, collection) == ids


def test_a_new_collection_is_asked_for_and_becomes_the_current_one(
    collected: tuple[Driver, int, list[int]], answer_name: Any
) -> None:
    driver, _, ids = collected
    answer_name("年度选编")
    driver.key("Ctrl+N")
    driver.settle()
    driver.settle()
    current = collections.current(driver.library)
    assert current.name == "年度选编"
    assert driver.tree.current_node().label == "年度选编"
    driver.tab("issues")
    driver.select(ids[0])
    driver.focus(driver.tree)
    driver.key("C")
    driver.settle()
    assert _order(driver, current.id) == ids[:1]


def test_a_name_that_is_taken_is_refused_with_a_sentence(
    collected: tuple[Driver, int, list[int]], answer_name: Any
) -> None:
    driver, _, _ = collected
    answer_name("专题")
    driver.key("Ctrl+N")
    driver.settle()
    assert "专题" in driver.window.notice.words
    assert len(collections.all_collections(driver.library)) == 1


def test_a_declined_name_makes_nothing(driver: Driver, answer_name: Any) -> None:
    answer_name(None)
    driver.key("Ctrl+N")
    driver.settle()
    assert collections.all_collections(driver.library) == []


# Undo of an import


def test_undoing_the_only_import_ends_on_the_welcome_page_and_redo_brings_it_back(
    empty_driver: Driver, tmp_path: Path
) -> None:
    driver = empty_driver
    file = bulletin(tmp_path, "简报.txt", "第一篇文章标题", "第二篇文章标题")
    driver.window.jobs.import_files([file], starter=False)
    driver.until(lambda: driver.reader.article is not None)
    reading = driver.reading()
    driver.focus(driver.tree)
    driver.key("Ctrl+Z")
    driver.settle()
    assert driver.reader.article is None
    assert driver.reader.welcome.isVisible()
    assert driver.tree.outline.rowCount() == 0
    assert driver.outline.selected_articles() == ()
    driver.window.going.go_back()  # the way back leads to articles that are gone
    driver.key("J", "S", "1")
    driver.settle()
    driver.key("Ctrl+Shift+Z")
    driver.settle()
    assert driver.reading() == reading
    assert driver.reader.page.isVisible()
    assert len(driver.records()) == 2


def test_undoing_an_import_moves_the_reader_to_an_article_that_is_there(
    driver: Driver, tmp_path: Path
) -> None:
    file = bulletin(tmp_path, "简报.txt", "第一篇文章标题", "第二篇文章标题")
    before = set(_ids(driver))
    driver.window.jobs.import_files([file], starter=False)
    driver.until(lambda: len(driver.records()) == 47)
    driver.settle()
    new = next(i for i in _ids(driver) if i not in before)
    driver.select(new)
    driver.focus(driver.tree)
    driver.key("Ctrl+Z")
    driver.settle()
    assert driver.reading() in before
    assert set(driver.outline.selected_articles()) <= before
    assert driver.window.notice.words == ""


def test_the_menu_names_what_undo_would_take_back(driver: Driver) -> None:
    article, theme = _ids(driver)[0], themes.all_themes(driver.library)[0]
    driver.act(lambda library: tagging.tag(library, [article], [theme.id]))
    assert theme.name in driver.window.acts[Act.UNDO].text()
    assert not driver.window.acts[Act.REDO].isEnabled()
    driver.act(history.undo)
    assert theme.name in driver.window.acts[Act.REDO].text()
    assert driver.window.acts[Act.REDO].isEnabled()


def test_space_in_the_tree_pages_and_then_goes_on(driver: Driver) -> None:
    first, second = driver.records()[:2]
    driver.window.resize(1000, 480)
    driver.select(first.id)
    driver.focus(driver.tree)
    bar = driver.reader.page.verticalScrollBar()
    driver.until(lambda: bar.maximum() > 0)
    driver.key("Space")
    assert bar.value() > 0
    for _ in range(40):
        if driver.reading() != first.id:
            break
        driver.key("Space")
    assert driver.reading() == second.id


def test_a_selected_collection_is_meant_in_its_order(driver: Driver) -> None:
    ids = [record.id for record in driver.records()[:4]]
    turned = [ids[2], ids[0], ids[3], ids[1]]
    driver.act(lambda library: collections.add_articles(library, "次序", turned))
    driver.tab("collections")
    known = collections.find(driver.library, "次序")
    assert known is not None
    assert driver.tree.go(driver.index(f"collection {known.id}"))
    assert driver.outline.selected_articles() == tuple(turned)


def test_a_theme_is_shown_open_in_its_tree(driver: Driver) -> None:
    known = themes.all_themes(driver.library)
    inner, outer, article = known[1].id, known[0].id, driver.records()[3].id
    driver.act(lambda library: themes.move(library, inner, outer))
    driver.act(lambda library: tagging.tag(library, [article], [inner]))
    driver.outline.show_theme(inner)
    node = driver.tree.outline.node(driver.tree.currentIndex())
    assert node is not None
    assert node.path() == (f"theme {outer}", f"theme {inner}")
    assert driver.tree.isExpanded(driver.tree.currentIndex())
    assert driver.outline.selected_articles() == (article,)
