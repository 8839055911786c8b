"""What a search shows: hits in two steps, rows as they come into view, kinds, parts and order."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from support import finish
from window_driver import Driver, bulletin

from bulletin_desktop.model.query import Spelling
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import collections, searching
from bulletin_desktop.services.searching import Options
from bulletin_desktop.ui import search, settings
from bulletin_desktop.ui.models.hits_model import HIT, HitsModel
from bulletin_desktop.ui.panes.facets import FacetChip
from bulletin_desktop.ui.panes.results_pane import SORTS, ResultsPane

Open = Callable[..., Driver]


def _pane(driver: Driver) -> ResultsPane:
    return driver.outline.results


def _counted(driver: Driver) -> str:
    """What is said once all is known."""
    said = _pane(driver).count.text()
    return "" if said == driver.context.text("search.running") else said


def _search(driver: Driver, text: str) -> None:
    """Search and wait until everything is known."""
    driver.window.search.open(text)
    _wait(driver)


def _wait(driver: Driver) -> None:
    driver.until(lambda: driver.outline.searching and _counted(driver))
    driver.settle()


def _rows(driver: Driver) -> list[int]:
    model = driver.outline.hit_list.hits
    return list(model.articles(range(model.rowCount())))


def _ids(driver: Driver, text: str, options: Options | None = None) -> list[int]:
    """What the service finds."""
    work = searching.Search(driver.library, searching.parse(text), options or Options())
    return finish(work.complete()).ids.tolist()


# Two steps


@pytest.fixture
def few_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """At first ten hits are shown, since the sample has no hundreds."""
    monkeypatch.setattr(search, "_FIRST", 10)


@pytest.mark.usefixtures("few_first")
def test_the_first_hits_stand_before_all_are_counted(driver: Driver) -> None:
    driver.window.search.open("工会")
    driver.until(driver.outline.hit_list.hits.rowCount)
    assert not _counted(driver)
    assert driver.outline.hit_list.hits.rowCount() == 10
    driver.outline.hit_list.go(3)
    bar = driver.outline.hit_list.verticalScrollBar()
    bar.setValue(200)
    _wait(driver)
    expected = _ids(driver, "工会")
    assert len(expected) > 10
    assert _rows(driver) == expected
    assert _counted(driver) == driver.context.text("search.found", n=len(expected))
    assert driver.outline.hit_list.currentIndex().row() == 3  # nothing has moved
    assert bar.value() == 200


@pytest.mark.usefixtures("few_first")
def test_rows_are_fetched_as_they_come_into_view(driver: Driver) -> None:
    _search(driver, "工会")
    hits = driver.outline.hit_list
    last = hits.hits.rowCount() - 1
    assert hits.hits.hit(last) is None
    assert hits.hits.data(hits.hits.index(last)) is None
    assert hits.neighbour(1) is not None
    hits.scrollToBottom()
    driver.until(lambda: hits.hits.hit(last) is not None)
    assert hits.hits.hit(last).article.id == _rows(driver)[last]
    before = hits.hits.hit(last)
    driver.focus(hits)
    driver.key("Home")
    assert hits.currentIndex().row() == 0
    driver.key("End")
    assert hits.currentIndex().row() == last
    assert driver.reading() == before.article.id


def test_a_row_whose_article_is_gone_is_asked_for_once(driver: Driver) -> None:
    _search(driver, "工会")
    model = driver.outline.hit_list.hits
    model.show_all(array("q", [10**9, *_rows(driver)]))
    assert 10**9 in model.lacking(range(20))
    driver.outline.hit_list.scrollToTop()
    driver.outline.hit_list.look()
    driver.until(lambda: not model.lacking(range(10)))
    assert model.hit(0) is None


def test_nine_hundred_thousand_hits_are_shown_and_scrolled_without_their_words(
    driver: Driver,
) -> None:
    _search(driver, "协商")
    hits = driver.outline.hit_list
    hits.hits.show_all(array("q", range(1, 900_001)))
    hits.scrollToBottom()
    assert hits.seen().stop == 900_000
    driver.until(lambda: not hits.hits.lacking(hits.seen()))
    driver.focus(hits)
    driver.key("Ctrl+A")
    assert len(driver.outline.selected_articles()) == 900_000


def test_the_model_keeps_the_rules_in_two_steps(driver: Driver) -> None:
    model = HitsModel(driver.window)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )
    assert tester.model() is model
    ids = _ids(driver, "工会")
    work = searching.Search(driver.library, searching.parse("工会"))
    model.show(tuple(work.hits(ids[:10])))
    model.show_all(array("q", ids))
    assert model.rowCount() == len(ids)
    rows = range(10, 20)
    model.put(ids[10:20], work.hits(ids[10:20]), rows)
    assert model.lacking(rows) == []
    assert [model.data(model.index(row, 0), HIT).article.id for row in rows] == ids[10:20]
    model.show_all(array("q", reversed(ids)))
    assert model.row_of(ids[0]) == len(ids) - 1
    model.show_all(array("q"))
    assert model.rowCount() == 0


def test_other_documents_are_found_without_asking_again(driver: Driver) -> None:
    _search(driver, "灯塔")
    assert _rows(driver) == []
    file = bulletin(driver.library.path.parent, "灯塔.txt", "灯塔管理处召开会议")
    driver.window.deeds.import_paths([file])
    driver.until(lambda: len(_rows(driver)) == 1)


def test_articles_that_wait_for_the_index_are_told_of(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = searching.Outcome(array("q", []), {}, unindexed=1_234, stopped=True)

    def complete(_: searching.Search) -> searching.Outcome:
        return outcome

    monkeypatch.setattr(searching.Search, "complete", complete)
    _search(driver, "协商")
    words = _pane(driver).remark.text()
    assert driver.context.text("search.unindexed", n=1_234) in words
    assert "1,234" in words
    assert driver.context.text("search.stopped") in words


# The reader


def test_hits_are_marked_in_the_reader_until_the_search_ends(driver: Driver) -> None:
    _search(driver, "集体协商")
    driver.outline.hit_list.go(0)
    marks = driver.window.finding.marks
    driver.until(lambda: len(marks))
    assert marks.current == 0
    driver.window.search.leave()
    assert len(marks) == 0


# Kinds


def _facet(driver: Driver, kind: str, value: str) -> FacetChip:
    chips = _pane(driver).facets.groups[kind].findChildren(FacetChip)
    return next(chip for chip in chips if chip.value == value)


def _first_of(driver: Driver, kind: str) -> tuple[str, int]:
    counts = _pane(driver).facets.groups[kind]._counts
    return next(iter(counts.items()))


@pytest.mark.parametrize("kind", ["sources", "sections", "years", "kinds"])
def test_a_click_narrows_and_another_takes_it_back(driver: Driver, kind: str) -> None:
    _search(driver, "工会")
    value, count = _first_of(driver, kind)
    driver.click(_facet(driver, kind, value))
    _wait(driver)
    text = driver.window.top.search.text()
    assert text.startswith("工会 ")
    assert _rows(driver) == _ids(driver, text)
    assert len(_rows(driver)) >= count
    chip = _facet(driver, kind, value)
    assert chip.state == "in"
    driver.click(chip)
    _wait(driver)
    assert driver.window.top.search.text() == "工会"
    assert _facet(driver, kind, value).state is None


@pytest.mark.parametrize("by", ["control", "middle", "delete"])
def test_a_kind_can_be_kept_out(driver: Driver, by: str) -> None:
    _search(driver, "工会")
    total = len(_rows(driver))
    chip = _facet(driver, "kinds", "brief")
    if by == "delete":
        driver.focus(chip)
        driver.key("Del")
    elif by == "middle":
        QTest.mouseClick(chip, Qt.MouseButton.MiddleButton)
    else:
        left, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
        QTest.mouseClick(chip, left, control, QPoint(5, 5))
    _wait(driver)
    assert driver.window.top.search.text() == "工会 -类型:简讯"
    assert 0 < len(_rows(driver)) < total


def test_kinds_are_reached_and_pressed_by_keys(driver: Driver) -> None:
    _search(driver, "工会")
    chip = _facet(driver, "kinds", "brief")
    driver.focus(chip)
    driver.key("Return")
    _wait(driver)
    assert driver.window.top.search.text() == "工会 类型:简讯"
    driver.key("Space")
    assert driver.window.top.search.text() == "工会"


def test_more_of_a_kind_are_shown_when_wanted(driver: Driver) -> None:
    _search(driver, "工会")
    group = _pane(driver).facets.groups["sources"]
    before = sum(chip.isVisible() for chip in group.findChildren(FacetChip))
    driver.click(group._more)
    after = sum(chip.isVisible() for chip in group.findChildren(FacetChip))
    assert before == 5 < after == min(60, len(group._counts))
    driver.click(group._more)
    assert sum(chip.isVisible() for chip in group.findChildren(FacetChip)) == 5


def test_the_kinds_fold_away_and_that_is_remembered(driver: Driver) -> None:
    _search(driver, "工会")
    pane = _pane(driver)
    assert pane.facets.isVisible()
    driver.click(pane.fold)
    assert not pane.facets.isVisible()
    assert driver.context.settings.get(settings.FACETS) is False
    _search(driver, "协商")
    assert not pane.facets.isVisible()
    driver.click(pane.fold)
    assert pane.facets.isVisible()
    assert sum(pane.facets.groups["kinds"]._counts.values()) == len(_rows(driver))


def test_nothing_found_has_no_kinds(driver: Driver) -> None:
    _search(driver, "工会")
    _search(driver, "没有这个词")
    assert not _pane(driver).fold.isVisible()
    assert not _pane(driver).facets.isVisible()


# Parts and order


def _choose(driver: Driver, name: str) -> None:
    """Choose a part by the keyboard."""
    scope = _pane(driver).scope
    driver.focus(scope)
    while scope.currentText() != name:
        row = scope.currentIndex()
        driver.key("Down")
        assert scope.currentIndex() == row + 1
    _wait(driver)


def _parts(driver: Driver) -> list[str]:
    scope = _pane(driver).scope
    return [scope.itemText(row) for row in range(scope.count())]


def test_a_search_can_be_kept_to_this_issue_until_it_ends(driver: Driver) -> None:
    article = driver.records()[8]
    driver.select(article.id)
    _search(driver, "工会")
    everything = _rows(driver)
    assert _parts(driver) == ["全部", "本期"]
    _choose(driver, "本期")
    assert 0 < len(_rows(driver)) < len(everything)
    assert {driver.record(x).issue for x in _rows(driver)} == {article.issue}
    assert driver.window.search.options.scope == Scope(issue=article.issue)
    _search(driver, "协商")
    assert {driver.record(x).issue for x in _rows(driver)} == {article.issue}
    driver.window.search.leave()
    _search(driver, "工会")
    assert _rows(driver) == everything


def test_a_search_can_be_kept_to_a_collection_or_a_selection(driver: Driver) -> None:
    ids = _ids(driver, "协商")[:4]
    driver.act(lambda library: collections.add_articles(library, "重点", ids))
    driver.outline.show_collection(collections.all_collections(driver.library)[0].id)
    _search(driver, "协商")
    assert "选编“重点”" in _parts(driver)
    _choose(driver, "选编“重点”")
    assert sorted(_rows(driver)) == sorted(ids)
    driver.window.search.leave()
    driver.tab("issues")
    driver.select(*ids[:2])
    _search(driver, "协商")
    _choose(driver, "所选 2 篇")
    assert sorted(_rows(driver)) == sorted(ids[:2])
    _search(driver, "没有这个词")
    assert _pane(driver).list._empty_words == driver.context.text("search.none_in")


def test_the_order_is_chosen_and_remembered(driver: Driver) -> None:
    _search(driver, "工会")
    pane = _pane(driver)
    driver.focus(pane.sort)
    for sort in SORTS[1:]:
        driver.key("Down")
        _wait(driver)
        driver.until(lambda sort=sort: _rows(driver) == _ids(driver, "工会", Options(sort=sort)))
        assert driver.context.settings.get(settings.SORT) == sort


def test_other_ways_of_writing_are_ticked_in_the_menu(driver: Driver) -> None:
    _search(driver, "2008")
    searched = driver.window.search
    searched._open_menu()
    years = next(a for a in searched.menu.actions() if a.isCheckable())
    assert not years.isChecked()
    years.trigger()
    searched.menu.close()
    _wait(driver)
    assert searched.options.spelling == Spelling(years=True)
    assert driver.context.settings.get(settings.YEARS) is True
    searched._open_menu()
    assert years.isChecked()
    searched.menu.close()


# For others


def test_a_saved_search_is_opened_as_it_was(driver: Driver) -> None:
    options = Options("date", Scope(), Spelling(spaces=True))
    driver.window.search.open("工资 协商", options)
    _wait(driver)
    assert driver.window.search.query_text == "工资 协商"
    assert driver.window.search.options == options
    assert _rows(driver) == _ids(driver, "工资 协商", options)
    assert _pane(driver).sort.currentIndex() == 1
    assert driver.context.settings.get(settings.SORT) == "relevance"  # that is the user's own


def test_the_search_in_english_and_dark(open_window: Open) -> None:
    driver = open_window(language="en", style="dark", size=(1100, 760))
    _search(driver, "工会 kind:brief")
    assert _counted(driver).endswith(" articles")
    assert _facet(driver, "kinds", "brief").text() == "brief"
    assert _facet(driver, "kinds", "brief").state == "in"
