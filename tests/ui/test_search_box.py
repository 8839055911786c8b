"""Searching in the window: results as one types, marked hits, and the way back to the tree."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from window_driver import Driver

from bulletin_desktop.model.records import Hit
from bulletin_desktop.services import browsing, history, searching, tagging
from bulletin_desktop.ui.models.hits_model import HIT, HitsModel


def _hits(driver: Driver) -> list[Hit]:
    model = driver.outline.hit_list.hits
    found = [model.hit(row) for row in range(model.rowCount())]
    return [hit for hit in found if hit is not None]


def _search(driver: Driver, text: str) -> list[Hit]:
    """Search for a text and wait for its result."""
    box = driver.window.top.search
    driver.focus(box)
    box.setText(text)
    driver.until(lambda: driver.outline.searching and _counted(driver))
    assert _answered(driver, text)
    return _hits(driver)


def _counted(driver: Driver) -> str:
    """What is said once all is known."""
    said = driver.outline.results.count.text()
    return "" if said == driver.context.text("search.running") else said


def _answered(driver: Driver, text: str) -> bool:
    work = searching.search(driver.library, searching.parse(text))
    try:
        while True:
            next(work)
    except StopIteration as end:
        return [hit.article.id for hit in end.value.hits] == [
            hit.article.id for hit in _hits(driver)
        ]


def test_results_hold_the_word_and_mark_it(driver: Driver) -> None:
    hits = _search(driver, "协商")
    assert len(hits) > 3
    for hit in hits:
        marked = {hit.snippet.text[start:end] for start, end in hit.snippet.ranges}
        assert "协商" in marked
        assert all("协商".startswith(piece) for piece in marked)  # the last may be cut at the end
    words = driver.context.text("search.found", n=len(hits))
    assert _counted(driver) == words
    assert driver.outline.hit_list.isVisible()
    assert not driver.outline._filter.isVisible()


@pytest.mark.parametrize("key", ["/", "Ctrl+Shift+F"])
def test_keys_lead_to_the_box_to_the_results_and_back(driver: Driver, key: str) -> None:
    driver.focus(driver.tree)
    driver.key(key)
    driver.until(driver.window.top.search.hasFocus)
    hits = _search(driver, "协商")
    driver.key("Return")
    driver.until(driver.outline.hit_list.hasFocus)
    assert driver.reading() == hits[0].article.id
    driver.key("J", "J")
    assert driver.reading() == hits[2].article.id
    driver.key("K")
    assert driver.reading() == hits[1].article.id
    driver.key("/")
    driver.until(driver.window.top.search.hasFocus)
    driver.key("Esc")
    driver.until(driver.tree.hasFocus)
    assert driver.window.top.search.text() == ""
    assert driver.tree.current_node().article.id == hits[1].article.id
    assert driver.reading() == hits[1].article.id


def test_escape_without_a_read_hit_leaves_the_tree_where_it_was(driver: Driver) -> None:
    article = driver.records()[8].id
    driver.select(article)
    _search(driver, "协商")
    driver.key("Esc")
    driver.until(driver.tree.hasFocus)
    assert driver.outline.selected_articles() == (article,)


def test_only_the_newest_query_counts(driver: Driver) -> None:
    """Each key may ask; what is shown in the end belongs to what stands in the box."""
    box = driver.window.top.search
    shown: list[list[int]] = []
    driver.outline.hit_list.hits.modelReset.connect(
        lambda: shown.append([hit.article.id for hit in _hits(driver)])
    )
    for text in ("工会", "职工", "协商", "昆山"):
        box.setText(text)
        box.wanted.emit(text)  # as if one had waited after each
    driver.until(lambda: driver.outline.searching and _answered(driver, "昆山"))
    driver.settle()
    assert shown[-1] == [hit.article.id for hit in _hits(driver)]
    assert _answered(driver, "昆山")


def test_typing_asks_once_it_pauses(driver: Driver) -> None:
    asked: list[str] = []
    box = driver.window.top.search
    box.wanted.connect(asked.append)
    driver.focus(box)
    driver.type("gonghui")
    driver.until(lambda: asked)
    assert asked == ["gonghui"]


def test_a_result_that_comes_after_the_end_is_not_shown(driver: Driver) -> None:
    box = driver.window.top.search
    driver.focus(box)
    box.setText("协商")
    box.wanted.emit("协商")
    driver.key("Esc")
    driver.settle()
    assert not driver.outline.searching
    assert driver.tree.isVisible()


def test_nothing_found_says_so(driver: Driver) -> None:
    assert _search(driver, "没有这个词") == []
    assert _counted(driver) == driver.context.text("search.found", n=0)
    driver.key("Return")  # there is no first hit to go to
    driver.until(driver.outline.hit_list.hasFocus)
    driver.key("J", "S", "C", "1")
    driver.settle()


@pytest.mark.parametrize("text", ['"工资', '工资 "协商'])
def test_an_unclosed_quotation_is_said_in_a_sentence(driver: Driver, text: str) -> None:
    box = driver.window.top.search
    driver.focus(box)
    box.setText(text)
    driver.until(box.accessibleDescription)
    words = box.accessibleDescription()
    assert "{" not in words
    assert len(words) > 5
    driver.key("Esc")
    driver.until(lambda: not box.accessibleDescription())


def test_several_hits_can_be_tagged_at_once(driver: Driver) -> None:
    hits = _search(driver, "协商")
    driver.key("Return")
    driver.until(driver.outline.hit_list.hasFocus)
    driver.key("Ctrl+A")
    ids = tuple(hit.article.id for hit in hits)
    assert driver.outline.selected_articles() == ids
    driver.key("2")
    driver.settle()
    theme = next(t for t in driver.context.themes().values() if t.key == "2")
    assert all(theme.id in driver.record(article).themes for article in ids)


def test_a_change_during_a_search_leaves_the_results(driver: Driver) -> None:
    hits = _search(driver, "协商")
    article = hits[0].article.id
    driver.act(lambda library: tagging.star(library, [article], starred=True))
    driver.act(history.undo)
    assert [hit.article.id for hit in _hits(driver)] == [hit.article.id for hit in hits]


def test_the_result_list_keeps_the_rules_of_a_model(driver: Driver) -> None:
    model = HitsModel(driver.window)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )
    assert tester.model() is model
    hits = tuple(_search(driver, "协商"))
    model.show(hits)
    assert model.rowCount() == len(hits)
    for row, hit in enumerate(hits):
        index = model.index(row, 0)
        assert model.hit(row) == hit == model.data(index, HIT)
        assert model.data(index) == browsing.by_id(driver.library, hit.article.id).heading
        assert model.data(index, Qt.ItemDataRole.ToolTipRole) == hit.snippet.text
        assert model.row_of(hit.article.id) == row
    assert model.row_of(0) == -1
    model.show(())
    assert model.rowCount() == 0
