"""The context menus of the trees: what they offer, and that it happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMessageBox
from window_driver import Driver

from bulletin_desktop.services import browsing, collections, tagging, themes, trash

Pick = Callable[..., list[str]]


def _ask(driver: Driver, *path: str) -> None:
    """Ask for the context menu of a row, as a right click does."""
    tree = driver.tree
    index = tree.outline.find(path)
    if index not in tree.selectionModel().selectedIndexes():
        tree.go(index)
    tree.scrollTo(index)
    tree.customContextMenuRequested.emit(tree.visualRect(index).center())
    driver.settle()


def _used_theme(driver: Driver) -> themes.Theme:
    theme = themes.all_themes(driver.library)[2]
    ids = [record.id for record in driver.records()[:3]]
    driver.act(lambda library: tagging.tag(library, ids, [theme.id]))
    driver.tab("themes")
    return theme


def _words(driver: Driver, *codes: str) -> list[str]:
    return [driver.context.text(f"menu.{code}") for code in codes]


def test_a_theme_can_be_renamed(driver: Driver, pick: Pick, answer_name: Callable) -> None:
    theme = _used_theme(driver)
    offered = pick(*_words(driver, "rename"))
    answer_name("新的名称")
    _ask(driver, f"theme {theme.id}")
    assert offered == _words(driver, "rename", "key", "trash")
    assert themes.by_id(driver.library, theme.id).name == "新的名称"
    assert driver.tree.current_node().label == "新的名称"


def test_a_name_that_is_taken_is_offered_for_merging(
    driver: Driver, pick: Pick, answer_name: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = _used_theme(driver)
    other = themes.all_themes(driver.library)[4].name
    asked: list[str] = []

    def decline(_: object, __: str, words: str) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", decline)
    pick(*_words(driver, "rename"))
    answer_name(other)
    _ask(driver, f"theme {theme.id}")
    driver.until(lambda: asked)
    assert other in asked[0]
    assert themes.by_id(driver.library, theme.id).name == theme.name


def test_a_theme_can_take_a_digit_key_and_lose_it(driver: Driver, pick: Pick) -> None:
    theme, other = _used_theme(driver), themes.all_themes(driver.library)[0]
    pick(*_words(driver, "key"), other.key)
    _ask(driver, f"theme {theme.id}")
    assert themes.by_id(driver.library, theme.id).key == other.key
    assert themes.by_id(driver.library, other.id).key is None
    pick(*_words(driver, "key", "no_key"))
    _ask(driver, f"theme {theme.id}")
    assert themes.by_id(driver.library, theme.id).key is None


def test_a_theme_goes_into_the_trash_and_comes_back_with_its_articles(
    driver: Driver, pick: Pick
) -> None:
    theme = _used_theme(driver)
    pick(*_words(driver, "trash"))
    _ask(driver, f"theme {theme.id}")
    assert not driver.index(f"theme {theme.id}").isValid()
    (entry,) = trash.trashed(driver.library)
    driver.act(lambda library: trash.restore(library, [entry.id]))
    assert themes.by_id(driver.library, theme.id).articles == 3
    assert driver.index(f"theme {theme.id}").isValid()


def _with_collections(driver: Driver) -> list[int]:
    ids = [record.id for record in driver.records()]
    driver.act(lambda library: collections.add_articles(library, "甲", ids[:3]))
    driver.act(lambda library: collections.add_articles(library, "乙", ids[3:4]))
    driver.tab("collections")
    return [collection.id for collection in collections.all_collections(driver.library)]


def test_a_collection_can_be_chosen_renamed_and_deleted(
    driver: Driver, pick: Pick, answer_name: Callable
) -> None:
    first, second = _with_collections(driver)
    assert collections.current(driver.library).id == second
    offered = pick(*_words(driver, "choose"))
    _ask(driver, f"collection {first}")
    arrange = driver.context.text("action.edit_collection")
    assert offered == [arrange, *_words(driver, "choose", "rename", "trash")]
    assert collections.current(driver.library).id == first
    words = driver.context.text("status.collection", name="甲", n=3)
    assert driver.window.status._collection.text() == words
    pick(*_words(driver, "rename"))
    answer_name("丙")
    _ask(driver, f"collection {first}")
    assert driver.tree.current_node().label == "丙"
    pick(*_words(driver, "trash"))
    _ask(driver, f"collection {first}")
    assert [c.id for c in collections.all_collections(driver.library)] == [second]
    driver.focus(driver.tree)
    driver.key("Ctrl+Z")
    driver.settle()
    assert [c.name for c in collections.all_collections(driver.library)] == ["丙", "乙"]


def test_an_article_can_be_taken_out_of_its_collection(driver: Driver, pick: Pick) -> None:
    first, _ = _with_collections(driver)
    article = driver.records()[1].id
    offered = pick(*_words(driver, "uncollect"))
    _ask(driver, f"collection {first}", f"article {article}")
    others = [driver.context.text(f"action.{act}") for act in ("like_this", "trash_article")]
    assert offered == [*_words(driver, "collect", "uncollect", "unread", "read"), *others]
    assert collections.by_id(driver.library, first).articles == 2
    assert driver.record(article).id == article


def test_an_article_of_the_issue_tree_goes_into_the_current_collection(
    driver: Driver, pick: Pick
) -> None:
    _, second = _with_collections(driver)
    driver.tab("issues")
    article = driver.records()[9].id
    driver.select(article)
    offered = pick(*_words(driver, "collect"))
    _ask(driver, *driver.tree.current_node().path())
    others = [driver.context.text(f"action.{act}") for act in ("like_this", "trash_article")]
    assert offered == [*_words(driver, "collect", "unread", "read"), *others]
    assert collections.by_id(driver.library, second).articles == 2


def test_a_branch_is_marked_read_and_unread_as_a_whole(driver: Driver, pick: Pick) -> None:
    issue = driver.tree.outline.index(0, 0, driver.tree.outline.index(0, 0))
    node = driver.tree.outline.node(issue)
    inside = browsing.ids_in_scope(driver.library, node.scope)
    before = driver.step_names()
    pick(*_words(driver, "read"))
    _ask(driver, *node.path())
    assert not any(driver.record(article).unread for article in inside)
    shown = [n for n in driver.tree.outline.loaded() if n.article and n.article.id in inside]
    assert not any(n.unread for n in shown)
    pick(*_words(driver, "unread"))
    _ask(driver, *node.path())
    assert all(driver.record(article).unread for article in inside)
    assert driver.step_names() == before


def test_where_there_is_nothing_to_do_no_menu_opens(driver: Driver, pick: Pick) -> None:
    offered = pick()
    tree = driver.tree
    tree.customContextMenuRequested.emit(tree.viewport().rect().bottomRight())
    _ask(driver, driver.tree.outline.node(driver.tree.outline.index(0, 0)).key)
    assert offered == []
