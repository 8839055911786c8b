"""Smart collections in the window: kept, counted, opened, frozen, exported; and articles alike."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMessageBox
from support import finish
from window_driver import Driver

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collections,
    history,
    searches,
    searching,
    tagging,
    themes,
)
from bulletin_desktop.services.searching import Options
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog
from bulletin_desktop.ui.models.nodes import Node

Pick = Callable[..., list[str]]
Answer = Callable[[str | None], None]


def keep(driver: Driver, name: str, text: str, options: Options | None = None) -> int:
    """Keep a search, which is counted as in a window that stands; gives its id."""
    assert driver.context.saved
    driver.act(lambda library: searches.save(library, name, text, options or Options()))
    return searches.by_name(driver.library, name).id


def rows(driver: Driver) -> list[Node]:
    """The rows of the smart collections."""
    return [node for node in driver.tab("collections").outline.loaded() if node.kind == "search"]


def row(driver: Driver, search: int) -> Node:
    return next(node for node in rows(driver) if node.data == search)


def found(driver: Driver, text: str, options: Options | None = None) -> list[int]:
    work = searching.Search(driver.library, searching.parse(text), options or Options())
    return finish(work.complete()).ids.tolist()


def await_counter(driver: Driver) -> None:
    """Wait until all that is to be counted was counted."""
    for _ in range(3):
        came: list[Any] = []
        driver.context.runner.count("", lambda _: None, came.append)
        driver.until(lambda came=came: came)


def search_for(driver: Driver, text: str) -> None:
    driver.window.search.open(text)
    driver.until(lambda: driver.outline.searching and driver.outline.hit_list.hits.rowCount())
    driver.settle()


def ask_menu(driver: Driver, search: int) -> None:
    tree = driver.tab("collections")
    index = tree.outline.find((f"search {search}",))
    tree.go(index)
    tree.customContextMenuRequested.emit(tree.visualRect(index).center())
    driver.settle()


def run(driver: Driver, act: Act) -> None:
    driver.window.acts[act].trigger()
    driver.settle()


# Keeping


def test_a_search_is_kept_with_a_proposed_name(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def get_text(*words: Any) -> tuple[str, bool]:
        proposed.append(words[-1])
        return words[-1], True

    monkeypatch.setattr("PySide6.QtWidgets.QInputDialog.getText", get_text)
    options = Options("date", spelling=searching.spelled(years=True))
    driver.window.search.open('标题:"协商" 年:2011', options)
    run(driver, Act.SAVE_SEARCH)
    assert proposed == ["协商 2011"]
    [kept] = searches.all_searches(driver.library)
    assert (kept.name, kept.query, kept.options) == ("协商 2011", '标题:"协商" 年:2011', options)
    assert [node.label for node in rows(driver)] == ["协商 2011"]


@pytest.mark.parametrize("name", [None, " "])
def test_nothing_is_kept_where_no_name_is_given(
    driver: Driver, answer_name: Answer, name: str | None
) -> None:
    answer_name(name)
    search_for(driver, "协商")
    run(driver, Act.SAVE_SEARCH)
    assert searches.all_searches(driver.library) == []


def test_without_a_search_there_is_nothing_to_keep(driver: Driver) -> None:
    said: list[str] = []
    driver.context.said.connect(said.append)
    run(driver, Act.SAVE_SEARCH)
    assert said == [driver.context.text("saved.search_first")]


@pytest.mark.parametrize("yes", [True, False])
def test_a_name_that_is_taken_may_be_taken_over(
    driver: Driver, answer_name: Answer, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    keep(driver, "我的", "工资")
    button = QMessageBox.StandardButton.Yes if yes else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_: button)
    answer_name("我的")
    search_for(driver, "协商")
    run(driver, Act.SAVE_SEARCH)
    [kept] = searches.all_searches(driver.library)
    assert kept.query == ("协商" if yes else "工资")


def test_what_cannot_be_understood_is_not_kept(driver: Driver, answer_name: Answer) -> None:
    answer_name("错")
    driver.window.search.open("(协商")
    run(driver, Act.SAVE_SEARCH)
    assert searches.all_searches(driver.library) == []


def test_the_menu_beside_the_box_offers_it(driver: Driver) -> None:
    assert driver.window.acts[Act.SAVE_SEARCH] in driver.window.search.menu.actions()


# The tree


def test_they_stand_below_the_collections_with_live_counts(driver: Driver) -> None:
    driver.act(lambda library: collections.create(library, "甲"))
    search, total = keep(driver, "协商", "协商"), len(found(driver, "协商"))
    tree = driver.tab("collections")
    QAbstractItemModelTester(
        tree.outline, QAbstractItemModelTester.FailureReportingMode.Warning, tree
    )
    assert [node.kind for node in tree.outline.loaded()] == ["collection", "search"]
    assert row(driver, search).tip == driver.context.text("saved.tip", query="协商")
    driver.until(lambda: row(driver, search).count == str(total))
    index = tree.outline.find((f"search {search}",))
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{driver.context.text('saved.kind')} 协商 {total}"


def test_counts_follow_the_changes_that_alter_them(driver: Driver) -> None:
    theme = themes.all_themes(driver.library)[0]
    tagged, worded = keep(driver, "题", f"主题:={theme.name}"), keep(driver, "词", "标题:协商")
    driver.until(lambda: row(driver, tagged).count == "0" and row(driver, worded).count.isdigit())
    counted: list[int] = []
    ids = browsing.ids_in_scope(driver.library, Scope())[:4]
    driver.context.saved.counted.connect(lambda: counted.append(1))
    driver.act(lambda library: tagging.tag(library, ids, [theme.id]))
    driver.until(lambda: row(driver, tagged).count == "4")
    await_counter(driver)
    assert counted == [1]  # the other one was not counted again
    driver.act(history.undo)
    driver.until(lambda: row(driver, tagged).count == "0")


def test_old_counts_stand_until_new_ones_come(driver: Driver) -> None:
    theme = themes.all_themes(driver.library)[0]
    search = keep(driver, "题", f"主题:={theme.name}")
    driver.until(lambda: row(driver, search).count == "0")
    saved = driver.context.saved
    saved._quiet.setInterval(10_000_000)
    article = driver.reading()
    driver.act(lambda library: tagging.tag(library, [article], [theme.id]))
    assert row(driver, search).count == "0"
    saved.count_anew()
    driver.until(lambda: row(driver, search).count == "1")


def test_counting_begins_once_the_window_stands(driver: Driver, open_window: Any) -> None:
    keep(driver, "协商", "协商")
    other = open_window(driver.library.path)
    assert rows(other)[0].count == "…"
    other.window.start_background_work()
    other.until(lambda: rows(other)[0].count == str(len(found(other, "协商"))))
    await_counter(other)
    other.thought()
    other.settle()


def test_a_query_of_another_version_has_no_count(driver: Driver) -> None:
    search = keep(driver, "协商", "协商")
    with driver.library.transaction() as connection:
        connection.execute("UPDATE searches SET query = '(协商'")
    driver.context.saved.count_anew()
    driver.until(lambda: row(driver, search).count == "")


def test_a_filter_leaves_them_out(driver: Driver) -> None:
    keep(driver, "协商", "协商")
    driver.tab("collections")
    driver.outline._filter.setText("协商")
    driver.until(lambda: not rows(driver))
    driver.outline.clear_filter()
    assert [node.label for node in rows(driver)] == ["协商"]


# Opening


@pytest.mark.parametrize("by", ["click", "Return"])
def test_one_opens_as_a_search(driver: Driver, by: str) -> None:
    search = keep(driver, "协商", "协商", Options("date"))
    tree = driver.tab("collections")
    index = tree.outline.find((f"search {search}",))
    if by == "click":
        driver.click(tree.viewport(), tree.visualRect(index).center())
    else:
        driver.outline.focus_list()
        tree.go(index)
        assert not driver.outline.searching
        QTest.keyClick(tree, Qt.Key.Key_Return)
    driver.until(lambda: driver.outline.searching)
    driver.settle()
    wanted = found(driver, "协商", Options("date"))
    hits = driver.outline.hit_list.hits
    driver.until(lambda: hits.rowCount() == len(wanted))
    assert driver.outline.hit_list.hasFocus()
    assert (driver.window.search.query_text, driver.window.search.options.sort) == ("协商", "date")


def test_with_ctrl_it_is_only_selected(driver: Driver) -> None:
    search = keep(driver, "协商", "协商")
    tree = driver.tab("collections")
    place = tree.visualRect(tree.outline.find((f"search {search}",))).center()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, control, place)
    driver.settle()
    assert not driver.outline.searching


def test_one_that_is_gone_is_said(driver: Driver) -> None:
    driver.window.saved.open(77)
    assert "77" in driver.window.notice.words
    assert not driver.outline.searching


# The menu


def test_the_menu_renames_and_deletes(driver: Driver, pick: Pick, answer_name: Answer) -> None:
    search, text = keep(driver, "协商", "协商"), driver.context.text
    offered = pick(text("menu.rename"))
    answer_name("谈")
    ask_menu(driver, search)
    codes = ("open", "rename", "export", "freeze", "trash")
    assert offered == [text(f"menu.{code}") for code in codes]
    assert [node.label for node in rows(driver)] == ["谈"]
    pick(text("menu.trash"))
    ask_menu(driver, search)
    assert rows(driver) == []
    assert history.next_undo(driver.library).code == "step.search_delete"


def test_the_menu_opens(driver: Driver, pick: Pick) -> None:
    search = keep(driver, "协商", "协商")
    pick(driver.context.text("menu.open"))
    ask_menu(driver, search)
    driver.until(lambda: driver.outline.searching)


def test_freezing_shows_the_new_collection(driver: Driver, pick: Pick) -> None:
    search = keep(driver, "协商", "协商", Options("date"))
    pick(driver.context.text("menu.freeze"))
    ask_menu(driver, search)
    driver.settle()
    [made] = collections.all_collections(driver.library)
    ids = browsing.ids_in_scope(driver.library, Scope(collection=made.id))
    assert ids == found(driver, "协商", Options("date"))
    assert driver.tree.current_node().data == made.id


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the export dialog offers first, each time it opens; it is cancelled."""
    offered: list[Any] = []

    def take(dialog: ExportDialog) -> ExportDialog.DialogCode:
        offered.append(dialog._choices[0])
        return ExportDialog.DialogCode.Rejected

    monkeypatch.setattr(ExportDialog, "exec", take)
    return offered


@pytest.mark.parametrize("way", ["menu", "key"])
def test_exporting_what_one_finds(
    driver: Driver, pick: Pick, exported: list[Any], way: str
) -> None:
    search = keep(driver, "谈", "协商", Options("date"))
    if way == "menu":
        pick(driver.context.text("menu.export"))
        ask_menu(driver, search)
    else:
        tree = driver.tab("collections")
        tree.go(tree.outline.find((f"search {search}",)))
        run(driver, Act.EXPORT)
    driver.until(lambda: exported)
    [choice] = exported
    assert choice.scope == Scope(ids=tuple(found(driver, "协商", Options("date"))))
    assert (choice.title, choice.articles) == ("谈", len(choice.scope.ids))


def test_exporting_during_a_search_offers_all_hits_first(
    driver: Driver, exported: list[Any]
) -> None:
    search_for(driver, "协商")
    run(driver, Act.EXPORT)
    driver.until(lambda: exported)
    assert set(exported[0].scope.ids) == set(found(driver, "协商"))
    driver.outline.hit_list.selectAll()
    run(driver, Act.EXPORT)
    assert exported[1].scope.ids == driver.outline.selected_articles()


# Articles alike


def alike(driver: Driver) -> None:
    driver.thought()
    driver.until(lambda: driver.outline.searching)
    driver.settle()


def test_articles_like_the_one_that_is_read(driver: Driver) -> None:
    article = next(a.id for a in driver.records() if "平江区总工会积极做好" in a.heading)
    assert driver.outline.show_article(article)
    driver.outline.focus_list()
    driver.key("L")
    alike(driver)
    query = driver.window.search.query_text
    assert "创模 或 " in query
    hits = driver.outline.hit_list.hits
    driver.until(hits.rowCount)
    shown = [hits.hit(number).article.id for number in range(hits.rowCount())]
    assert article not in shown
    assert any("创模" in driver.record(other).heading for other in shown)


def test_articles_like_one_of_the_tree(driver: Driver, pick: Pick) -> None:
    article = next(a.id for a in driver.records() if "平江区总工会积极做好" in a.heading)
    driver.outline.show_article(article)
    tree = driver.tree
    pick(driver.context.text("action.like_this"))
    tree.customContextMenuRequested.emit(tree.visualRect(tree.currentIndex()).center())
    alike(driver)
    assert "创模" in driver.window.search.query_text


def test_where_no_article_is_alike_that_is_said(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletin_desktop.services import like

    said: list[str] = []
    driver.context.said.connect(said.append)
    monkeypatch.setattr(like, "articles_like", lambda *_: like.Likeness((), ()))
    run(driver, Act.LIKE_THIS)
    driver.thought()
    driver.until(lambda: said)
    assert said == [driver.context.text("like.none")]
    assert not driver.outline.searching


def test_counting_holds_up_no_search(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on, ended = threading.Event(), threading.Event()
    keep(driver, "慢", "协商")

    def slowly(*_: Any) -> Any:
        going_on.set()
        ended.wait(30)
        return 7
        yield

    monkeypatch.setattr(searches, "count_of", slowly)
    driver.context.saved._known.clear()
    driver.context.saved.count_anew()
    driver.until(going_on.is_set)
    search_for(driver, "协商")
    assert rows(driver)[0].count == "…"
    ended.set()
    driver.until(lambda: rows(driver)[0].count == "7")
