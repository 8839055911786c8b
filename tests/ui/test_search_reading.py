"""The search box: terms on grounds of their own, faults, completions, and queries of before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import Driver

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.panes.search_box import SearchBox
from bulletin_desktop.ui.search_completions import SearchCompletions


@pytest.fixture
def box(driver: Driver) -> SearchBox:
    found = driver.window.top.search
    driver.focus(found)
    return found


def _completions(driver: Driver) -> SearchCompletions:
    return driver.window.search._completions


def _offered(driver: Driver) -> list[str]:
    driver.until(lambda: _completions(driver).is_open)
    return _completions(driver).list.words()


def _grounds(driver: Driver, box: SearchBox) -> set[str]:
    """The tokens of the colours that stand behind the text."""
    image = box.grab().toImage()
    seen = {QColor(image.pixel(x, y)).name() for x in range(30, image.width() - 40)
            for y in (image.height() // 2 - 8, image.height() - 6)}  # fmt: skip
    tokens = driver.context.tokens
    names = ("query_fact", "query_phrase", "query_not", "query_sign")
    return {name for name in names if tokens.colour(name).name() in seen}


# Terms


@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("工资 协商", set()),
        ("来源:昆山", {"query_fact"}),
        ('"工资协商"', {"query_phrase"}),
        ("-通知", {"query_not"}),
        ("-来源:昆山", {"query_not"}),
        ("甲 or 乙", {"query_sign"}),
        ("(甲 星标)", {"query_sign", "query_fact"}),
        ("正则:工.", {"query_fact"}),
    ],
)
def test_each_kind_of_term_has_its_ground(
    driver: Driver, box: SearchBox, text: str, grounds: set[str]
) -> None:
    box.setText(text)
    assert _grounds(driver, box) == grounds


def test_the_grounds_follow_a_text_that_is_longer_than_the_box(
    driver: Driver, box: SearchBox
) -> None:
    box.setText("来源:昆山 " + "工资协商" * 40)
    box.grab()
    assert _grounds(driver, box) == set()  # it is scrolled to its end
    box.home(False)
    box.grab()
    assert _grounds(driver, box) == {"query_fact"}


def test_while_a_word_is_composed_nothing_is_searched_and_no_list_opens(
    driver: Driver, box: SearchBox
) -> None:
    asked: list[str] = []
    box.wanted.connect(asked.append)
    QApplication.sendEvent(box, QInputMethodEvent("laiyuan", []))
    driver.settle()
    assert not box.is_waiting
    assert not _completions(driver).is_open
    event = QInputMethodEvent("", [])
    event.setCommitString("来")
    QApplication.sendEvent(box, event)
    assert _offered(driver) == ["来源"]
    driver.until(lambda: asked)
    assert asked == ["来"]


# Faults


def _said(driver: Driver) -> str:
    line = driver.window.search._reading._made_line
    return line.text() if line is not None and line.isVisible() else ""


def test_a_fault_is_said_once_one_stops_typing_and_goes_with_its_cause(
    driver: Driver, box: SearchBox
) -> None:
    box.setText("工资 年:20x8")
    assert _said(driver) == ""  # perhaps more is typed
    driver.until(lambda: _said(driver))
    assert "20x8" in _said(driver)
    assert box.accessibleDescription() == _said(driver)
    assert box._fault == (5, 9)
    box.setText("工资 年:2008")
    assert _said(driver) == box.accessibleDescription() == ""
    assert box._fault is None


def test_enter_says_the_fault_at_once_and_keeps_the_results(driver: Driver, box: SearchBox) -> None:
    box.setText("工资")
    driver.until(lambda: driver.outline.searching)
    driver.settle()
    before = driver.outline.hit_list.hits.rowCount()
    box.setText('工资 "协商')
    driver.key("Return")
    assert _said(driver)
    assert box.hasFocus()
    driver.settle()
    assert driver.outline.searching
    assert driver.outline.hit_list.hits.rowCount() == before > 0


def test_the_sentence_leaves_with_the_keyboard(driver: Driver, box: SearchBox) -> None:
    box.setText("(工资")
    driver.key("Return")
    assert _said(driver)
    driver.focus(driver.tree)
    assert _said(driver) == ""


# Completions


def test_a_field_and_its_value_are_completed_by_keys(driver: Driver, box: SearchBox) -> None:
    driver.type("zt")
    assert _offered(driver) == ["主题"]
    driver.key("Tab")
    assert box.text() == "主题:"
    assert box.hasFocus()
    driver.until(lambda: len(_offered(driver)) > 5)
    driver.type("mzgl")
    driver.until(lambda: _offered(driver)[:1] == ["民主管理"])
    driver.key("Return")  # it was found by its sound, so it is meant
    assert box.text() == "主题:民主管理 "
    assert not _completions(driver).is_open
    driver.until(lambda: driver.outline.searching)


def test_enter_searches_for_what_is_typed_unless_one_chose(driver: Driver, box: SearchBox) -> None:
    QTest.keyClicks(box, "source:")
    box.insert("昆山")
    _completions(driver)._ask()
    assert "昆山市总工会" in _offered(driver)
    driver.key("Return")
    assert box.text() == "source:昆山"
    driver.until(driver.outline.hit_list.hasFocus)


def test_up_and_down_choose(driver: Driver, box: SearchBox) -> None:
    driver.type("kind:")
    assert _offered(driver) == ["文章", "简讯"]
    driver.key("Up")
    driver.key("Return")
    assert box.text() == "kind:简讯 "


def test_escape_closes_the_list_before_it_ends_the_search(driver: Driver, box: SearchBox) -> None:
    driver.type("kind:")
    _offered(driver)
    driver.key("Esc")
    assert not _completions(driver).is_open
    assert box.text() == "kind:"
    driver.key("Esc")
    assert box.text() == ""


def test_plain_words_open_no_list(driver: Driver, box: SearchBox) -> None:
    driver.type("2008 gonghui")
    driver.settle()
    assert not _completions(driver).is_open


# What was searched for before


def _meant(driver: Driver, box: SearchBox, text: str) -> None:
    driver.focus(box)
    box.setText(text)
    driver.key("Return")
    driver.until(driver.outline.hit_list.hasFocus)
    driver.window.search.leave()
    driver.focus(box)


def test_queries_that_were_meant_come_back_newest_first(driver: Driver, box: SearchBox) -> None:
    for text in ("工资", "协商", "工资"):
        _meant(driver, box, text)
    box.setText("只是打了字")
    driver.settle()
    box.clear()
    driver.key("Down")
    clear = driver.context.text("search.forget")
    assert _offered(driver) == ["工资", "协商", clear]
    driver.key("Down")
    driver.key("Return")
    assert box.text() == "协商"
    driver.until(lambda: driver.outline.searching)


def test_a_click_into_the_empty_box_offers_them_and_they_can_be_forgotten(
    driver: Driver, box: SearchBox
) -> None:
    driver.click(box)
    assert not _completions(driver).is_open
    _meant(driver, box, "工资")
    driver.click(box)
    assert _offered(driver)[0] == "工资"
    driver.key("Up")
    driver.key("Return")
    assert driver.context.settings.get(settings.SEARCHES, str(driver.library.path)) == ()
    driver.click(box)
    assert not _completions(driver).is_open


def test_a_hit_that_is_opened_by_the_mouse_makes_a_query_meant(
    driver: Driver, box: SearchBox
) -> None:
    box.setText("工资")
    driver.until(lambda: driver.outline.searching)
    driver.outline.hit_list.go(0)
    assert driver.context.settings.get(settings.SEARCHES, str(driver.library.path)) == ("工资",)


def test_at_most_twenty_are_kept(driver: Driver, box: SearchBox) -> None:
    for number in range(25):
        _completions(driver).keep(f"工资 {number}")
    kept = driver.context.settings.get(settings.SEARCHES, str(driver.library.path))
    assert kept == tuple(f"工资 {number}" for number in range(24, 4, -1))


def test_down_without_any_goes_to_the_list(driver: Driver, box: SearchBox) -> None:
    QTest.keyClick(box, Qt.Key.Key_Down)
    driver.until(driver.tree.hasFocus)
