"""Finding in the article that is read: the bar, its keys, and how it shares with a search."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from room import wait_for_paint
from test_access import controls, spoken
from window_driver import Driver, bulletin

from bulletin_desktop.services import history, reading
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.composing import Composing
from bulletin_desktop.ui.panes.find_bar import FindBar
from bulletin_desktop.ui.reader.hits import HitMarks

Open = Callable[..., Driver]


@pytest.fixture
def reader(driver: Driver) -> Driver:
    """A low window on the longest article of the sample, with the keyboard on its page."""
    driver.window.resize(1200, 520)
    driver.select(max(driver.records(), key=lambda record: record.characters).id)
    driver.focus(driver.reader.page)
    driver.settle()
    return driver


def _open(driver: Driver, words: str = "") -> FindBar:
    driver.key("Ctrl+F")
    bar = driver.window.finding.bar
    driver.until(bar.field.hasFocus)
    if words:
        bar.field.setText(words)
    return bar


def _marks(driver: Driver) -> HitMarks:
    return driver.window.finding.marks


def _body(driver: Driver) -> str:
    sheet = driver.reader.page.sheet
    assert sheet is not None
    return sheet.text.body


def _hit(driver: Driver) -> str:
    """The words of the current hit, as the page has them."""
    marks = _marks(driver)
    cursor = QTextCursor(driver.reader.page.document())
    cursor.setPosition(marks._starts[marks.current])
    cursor.setPosition(marks._ends[marks.current], QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@pytest.mark.parametrize("focus", ["page", "tree", "search", "note"])
def test_ctrl_f_opens_it_under_the_head_from_everywhere(reader: Driver, focus: str) -> None:
    window = reader.window
    fields = {
        "page": window.reader.page, "tree": window.outline.tree,
        "search": window.top.search, "note": window.tagging.note,
    }  # fmt: skip
    reader.focus(fields[focus])
    bar = _open(reader)
    wait_for_paint()
    head = reader.reader.head
    assert bar.isVisible()
    assert bar.y() == head.y() + head.height()
    reader.key("Esc")
    assert not bar.isVisible()
    assert reader.reader.page.hasFocus()


def test_every_word_is_marked_while_one_types(reader: Driver) -> None:
    bar = _open(reader)
    assert bar.count.text() == ""
    reader.type("2")
    assert len(_marks(reader)) >= _body(reader).count("2") > 1
    bar.field.setText("工会")
    assert _hit(reader) == "工会"
    assert bar.count.text() == f"{_marks(reader).current + 1}/{len(_marks(reader))}"
    bar.field.clear()
    assert len(_marks(reader)) == 0
    assert bar.count.text() == ""
    assert not bar.on.isEnabled()


def test_the_nearest_hit_from_the_place_that_is_read_is_shown(reader: Driver) -> None:
    page = reader.reader.page
    place = len(_body(reader)) // 2
    page.go_to(place)
    top = page.top_position
    _open(reader, "工会")
    marks = _marks(reader)
    assert marks.current == sum(start < top for start in marks._starts) > 0
    assert page.sees(marks._starts[marks.current])
    here = marks._starts[marks.current]
    reader.window.finding.bar.field.setText("工")
    assert marks._starts[marks.current] == here  # one who types more or less stays


def test_from_the_end_it_goes_on_at_the_top(reader: Driver) -> None:
    page = reader.reader.page
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    beginning = _body(reader)[:6]
    _open(reader, beginning)
    assert _marks(reader).current == 0
    assert page.sees(_marks(reader)._starts[0])


def test_enter_and_keys_go_round(reader: Driver) -> None:
    bar = _open(reader, "工会")
    total, text = len(_marks(reader)), reader.context.text
    seen = []
    for _ in range(total):
        reader.key("Return")
        seen.append(_marks(reader).current)
    assert seen == [*range(1, total), 0]
    assert bar.count.text() == f"↻ 1/{total}"
    assert spoken(bar.count) == text("find.from_top")
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == f"↻ {total}/{total}"
    assert spoken(bar.count) == text("find.from_end")
    for press, number in (("F3", 0), ("Ctrl+G", 1), ("Shift+F3", 0), ("Ctrl+Shift+G", total - 1)):
        reader.key(press)
        assert _marks(reader).current == number
    reader.click(bar.back)
    assert bar.count.text() == f"{total - 1}/{total}"
    reader.click(bar.on)
    assert bar.count.text() == f"{total}/{total}"
    assert spoken(bar.count) == text("hits.at", n=total, total=total)
    assert bar.field.hasFocus()


def test_the_buttons_stand_still_while_one_goes_through(reader: Driver) -> None:
    bar = _open(reader, "工会")
    wait_for_paint()
    places = set()
    for _ in range(len(_marks(reader))):
        reader.click(bar.on)
        wait_for_paint()
        places.add((bar.back.x(), bar.on.x()))
    assert len(places) == 1


def test_what_is_not_there_is_said(reader: Driver) -> None:
    bar = _open(reader, "没有这几个字")
    text = reader.context.text
    assert bar.count.text() == text("find.none")
    assert bar.count.property("none") is True
    warned = bar.count.palette().color(bar.count.foregroundRole()).name()
    assert warned == reader.context.tokens.colour("accent").name()
    assert spoken(bar.count) == text("find.none_spoken", words="没有这几个字")
    reader.key("Return", "F3")
    assert _marks(reader).current is None
    bar.field.setText("工会")
    assert bar.count.property("none") is False


def test_case_and_width_do_not_matter(reader: Driver) -> None:
    assert "“" in _body(reader)
    bar = _open(reader, "，")
    commas = len(_marks(reader))
    assert commas > 5
    bar.field.setText(",")
    assert len(_marks(reader)) == commas


def test_selected_words_are_taken_over(reader: Driver) -> None:
    page = reader.reader.page
    at = _body(reader).index("工会", len(_body(reader)) // 2)
    page.go_to(at)
    cursor = page.textCursor()
    cursor.setPosition(page.body_at + at)
    cursor.setPosition(page.body_at + at + 2, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    bar = _open(reader)
    assert bar.field.text() == bar.field.selectedText() == "工会"
    assert _marks(reader)._starts[_marks(reader).current] == page.body_at + at
    assert not page.textCursor().hasSelection()
    page.selectAll()  # that is nothing one looks for
    reader.key("Ctrl+F")
    assert bar.field.text() == "工会"
    assert page.textCursor().hasSelection()


def test_it_opens_with_the_words_of_the_last_time(reader: Driver) -> None:
    bar = _open(reader, "工会")
    reader.key("Esc")
    assert len(_marks(reader)) == 0
    before = reader.reader.page.verticalScrollBar().value()
    reader.key("F3")  # without any words to go on with
    assert bar.field.selectedText() == "工会"
    assert len(_marks(reader)) > 1
    assert bar.count.text() == f"–/{len(_marks(reader))}"
    assert reader.reader.page.verticalScrollBar().value() == before
    reader.key("F3")
    assert _hit(reader) == "工会"


def test_another_article_keeps_bar_and_words(reader: Driver) -> None:
    bar = _open(reader, "工会")
    reader.focus(reader.outline.tree)
    first = reader.reading()
    reader.key("K")
    assert reader.reading() != first
    assert bar.isVisible()
    assert bar.field.text() == "工会"
    found = reading.find_words("工会", _body(reader))
    assert len(_marks(reader)) >= len(found)
    assert bar.count.text() == (f"–/{len(_marks(reader))}" if len(_marks(reader)) else "没有找到")


def test_escape_on_the_page_closes_it_and_reading_mode_ends_after_it(reader: Driver) -> None:
    reader.key("F11")
    reader.until(lambda: reader.window.mode.on)
    bar = _open(reader, "工会")
    assert bar.isVisible()
    reader.focus(reader.reader.page)
    reader.key("Esc")
    assert not bar.isVisible()
    assert reader.window.mode.on
    reader.key("Esc")
    assert not reader.window.mode.on


def test_its_words_come_before_those_of_a_search(reader: Driver) -> None:
    finding, text = reader.window.finding, reader.context.text
    finding.set_finder(partial(reading.find_words, "职工"), "职工")
    searched = len(_marks(reader))
    assert searched > 1
    assert reader.reader.foot.hits.text() == text("hits.count", n=searched)
    bar = _open(reader)
    assert len(_marks(reader)) == searched  # nothing is typed yet
    bar.field.setText("工会")
    assert _hit(reader) == "工会"
    assert not reader.reader.foot.hits.isVisible()
    finding.set_finder(partial(reading.find_words, "精神"), "精神")
    reader.key("Return")
    assert _hit(reader) == "工会"
    reader.key("Esc")
    reader.key("F3")
    assert _hit(reader) == "精神"
    assert reader.reader.foot.hits.isVisible()


def test_it_goes_with_the_last_article(empty_driver: Driver, tmp_path: object) -> None:
    driver = empty_driver
    driver.window.deeds.import_paths([bulletin(tmp_path, "new.txt", "新的一篇")])
    driver.until(lambda: driver.reader.article is not None)
    driver.settle()
    driver.focus(driver.reader.page)
    bar = _open(driver, "新的")
    assert len(_marks(driver)) > 0
    driver.act(history.undo)
    driver.until(lambda: driver.reader.invites)
    assert not bar.isVisible()
    assert not bar.field.isVisible()
    driver.key("Ctrl+F")
    assert not bar.isVisible()


# Keys, input method, access


def test_single_keys_are_words_in_it_and_no_actions(reader: Driver) -> None:
    bar = _open(reader)
    article, starred = reader.reading(), reader.record(reader.reading()).starred
    reader.type("jks/1 t")
    assert bar.field.text() == "jks/1 t"
    reader.settle()
    assert reader.reading() == article
    assert reader.record(article).starred == starred


def test_while_a_word_is_composed_no_key_leaves_it(reader: Driver) -> None:
    composing = Composing(reader.window)
    bar = _open(reader, "工会")
    composing._follow(None, bar.field)
    before = _marks(reader).current
    QApplication.sendEvent(bar.field, QInputMethodEvent("gong", []))
    reader.key("Return", "Esc")
    assert bar.isVisible()
    assert _marks(reader).current == before
    done = QInputMethodEvent("", [])
    done.setCommitString("干部")
    bar.field.clear()
    QApplication.sendEvent(bar.field, done)
    assert bar.field.text() == "干部"
    assert _hit(reader) == "干部"


def test_tab_goes_through_it(reader: Driver) -> None:
    bar = _open(reader, "工会")
    passed: list[QWidget] = []
    for _ in range(4):
        reader.key("Tab")
        passed.append(reader.focused())
    assert passed == [bar.back, bar.on, bar.shut, reader.reader.page]
    reader.focus(bar.shut)
    reader.key("Space")
    assert not bar.isVisible()
    assert reader.reader.page.hasFocus()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_of_it_has_a_name_and_fits_the_narrowest_window(
    open_window: Open, language: str
) -> None:
    driver = open_window(language=language)
    driver.window.resize(driver.window.minimumSizeHint().width(), 480)
    driver.focus(driver.reader.page)
    bar = _open(driver, "没有这几个字")
    wait_for_paint()
    assert all(spoken(widget) for widget in controls(bar))
    assert all(button.toolTip() for button in (bar.back, bar.on, bar.shut))
    row = [bar.field, bar.count, bar.back, bar.on, bar.shut]
    assert bar.width() == driver.reader.width()
    for one, following in pairwise(row):
        assert one.geometry().right() < following.geometry().left()
    assert bar.shut.geometry().right() < bar.width()
    assert bar.count.width() >= bar.count.sizeHint().width()


def test_tooltips_follow_the_keys(reader: Driver) -> None:
    bar = _open(reader)
    assert "F3" in bar.on.toolTip()
    reader.context.settings.put(settings.KEYS, ("Ctrl+J",), "NEXT_HIT")
    assert "Ctrl+J" in bar.on.toolTip()
    assert "F3" not in bar.on.toolTip()
