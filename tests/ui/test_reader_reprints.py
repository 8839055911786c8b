"""Reprints of the article that is read: the sign in the head, and the two pages compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QMenu
from reprint_samples import OTHER, STORY, write
from support import finish
from window_driver import Driver

from bulletin_desktop.services import Library, history
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.ui.panes.beside_pane import BesidePane
from bulletin_desktop.ui.reader.page_view import PageView

LONG = tuple(
    f"第{number}组走访了{number * 37}户职工家庭，记下{number * 53}条意见，归为“{word}”一类，"
    "已交有关科室办理。"
    for number, word in enumerate("吃住行医学育老少文体安劳保薪休假工时岗技评奖帮扶学用", 3)
)
Line = QTextCharFormat.UnderlineStyle


@pytest.fixture
def story(open_window: Callable[..., Driver], tmp_path: Path) -> Driver:
    """A window on a library in which one story is printed three times, another once."""
    file = tmp_path / "reprints.bdlib"
    short = (STORY[0].replace("86", "90"), STORY[3], STORY[2], "下一步还要回头看。")
    with Library(file, create=True) as library:
        files = [
            write(tmp_path, "1", "3", ("县里的稿子", STORY), ("园区有了妈咪小屋", OTHER)),
            write(tmp_path, "2", "9", ("市里的稿子", short)),
            write(tmp_path, "3", "20", ("又登了一回", STORY)),
        ]
        finish(import_paths(library, files))
    driver = open_window(file)
    driver.window.reprints.begin()
    return driver


def read(driver: Driver, title: str) -> int:
    article = next(record.id for record in driver.records() if record.heading == title)
    driver.select(article)
    return article


def found(driver: Driver, count: int) -> None:
    """Wait until the window knows so many reprints."""
    driver.until(lambda: len(driver.window.reprints._found) == count)


def compared(driver: Driver, title: str = "县里的稿子") -> BesidePane:
    """Put the reprint with this title beside the article that is read; wait for the marks."""
    reprint = next(r for r in driver.window.reprints._found if r.article.heading == title)
    driver.window.reprints._compare(reprint)
    beside = driver.reader.pages.beside
    assert beside is not None
    comparing = driver.window.reprints._comparing
    driver.until(lambda: comparing is not None and comparing._comparison is not None)
    return beside


def marked(page: PageView) -> list[tuple[str, Any]]:
    """The marked words of a page and the lines under them."""
    return [
        (mark.cursor.selectedText(), mark.format.underlineStyle())
        for mark in page.extraSelections()
    ]


def test_the_head_says_how_many_reprints_there_are(story: Driver) -> None:
    read(story, "市里的稿子")
    found(story, 2)
    chip = story.reader.head.reprints
    assert chip is not None
    assert chip.text() == "同稿 2 篇"
    assert chip.isVisible()
    read(story, "园区有了妈咪小屋")
    story.until(lambda: not chip.isVisible())
    story.settle()
    assert not chip.isVisible()


def test_the_key_offers_several_and_says_where_there_is_none(story: Driver, qtbot: Any) -> None:
    read(story, "市里的稿子")
    found(story, 2)
    story.focus(story.tree)
    story.key("R")
    story.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert [word.split("　")[0] for word in words] == ["又登了一回", "县里的稿子"]
    assert all(word.endswith("%") for word in words)
    menu.actions()[1].trigger()
    menu.close()
    beside = story.reader.pages.beside
    assert beside is not None
    assert beside._title.text() == "县里的稿子"
    story.key("R")
    assert story.reader.pages.beside is None
    read(story, "园区有了妈咪小屋")
    story.settle()
    with qtbot.waitSignal(story.context.said) as said:
        story.key("R")
    assert said.args == ["没有找到这篇的同稿"]


def test_what_differs_is_marked_on_both_pages_each_kind_by_a_line(story: Driver) -> None:
    read(story, "市里的稿子")
    found(story, 2)
    beside = compared(story)
    assert ("90", Line.DashUnderline) in marked(story.reader.page)
    lines = {line for _, line in marked(story.reader.page) + marked(beside.page)}
    assert lines == {Line.DashUnderline, Line.DotLine, Line.SingleUnderline}
    assert ("86", Line.DashUnderline) in marked(beside.page)
    assert beside.bar._said.text().startswith("重合 ")


def test_the_marks_stay_when_the_pages_are_set_anew(story: Driver) -> None:
    read(story, "市里的稿子")
    found(story, 2)
    beside = compared(story)
    before = marked(story.reader.page), marked(beside.page)
    old = story.reader.page.document()
    story.reader.pages.put_size(23)
    story.until(lambda: story.reader.page.document() is not old)
    assert (marked(story.reader.page), marked(beside.page)) == before


def test_keys_go_from_difference_to_difference(story: Driver) -> None:
    read(story, "市里的稿子")
    found(story, 2)
    beside = compared(story)
    total = len(story.window.reprints._comparing._comparison.stops)  # type: ignore[union-attr]
    accent = story.context.paper.colour("accent")
    story.focus(story.reader.page)

    def current() -> list[str]:
        return [
            mark.cursor.selectedText()
            for mark in story.reader.page.extraSelections()
            if mark.format.foreground().color() == accent
        ]

    story.key("Alt+]")
    assert current() == ["90"]
    assert beside.bar._said.text().endswith(f"第 1/{total} 处不同")
    story.key("Alt+[")
    assert beside.bar._said.text().endswith(f"第 {total}/{total} 处不同")
    story.click(beside.bar._on)
    assert current() == ["90"]


def test_the_pages_scroll_together(open_window: Callable[..., Driver], tmp_path: Path) -> None:
    file = tmp_path / "long.bdlib"
    with Library(file, create=True) as library:
        files = [
            write(tmp_path, "1", "3", ("长稿", LONG)),
            write(tmp_path, "2", "9", ("删了的长稿", LONG[8:])),
        ]
        finish(import_paths(library, files))
    driver = open_window(file, size=(1300, 560))
    driver.window.reprints.begin()
    read(driver, "长稿")
    found(driver, 1)
    beside = compared(driver, "删了的长稿")
    place = driver.reader.page.sheet.text.body.index(LONG[14])  # type: ignore[union-attr]
    driver.reader.page.go_to(place)
    assert beside.page.top_place == pytest.approx(
        beside.page.sheet.text.body.index(LONG[14]),
        abs=1,  # type: ignore[union-attr]
    )
    bar = beside.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    own = driver.reader.page.verticalScrollBar()
    assert own.value() == own.maximum()
    bar.setValue(0)
    assert own.value() == 0


def test_another_article_ends_the_comparison_and_keeps_the_second_page(story: Driver) -> None:
    read(story, "市里的稿子")
    found(story, 2)
    beside = compared(story)
    read(story, "园区有了妈咪小屋")
    assert story.reader.pages.beside is beside
    assert not beside.bar.isVisible()
    assert marked(beside.page) == marked(story.reader.page) == []


def test_an_article_that_is_set_again_is_compared_again(story: Driver) -> None:
    here = read(story, "市里的稿子")
    found(story, 2)
    compared(story)
    before = marked(story.reader.page)
    story.reader.show_article(here)
    assert marked(story.reader.page) == []
    story.until(lambda: marked(story.reader.page) == before)


def test_pages_that_swap_are_compared_still(story: Driver) -> None:
    here = read(story, "市里的稿子")
    found(story, 2)
    beside = compared(story)
    there = beside.article
    story.click(beside._swap)
    assert (story.reading(), beside.article) == (there, here)
    assert marked(story.reader.page) == []
    story.until(lambda: marked(story.reader.page))
    assert ("86", Line.DashUnderline) in marked(story.reader.page)
    assert ("90", Line.DashUnderline) in marked(beside.page)


def test_a_denial_closes_the_page_and_can_be_undone(story: Driver) -> None:
    read(story, "市里的稿子")
    found(story, 2)
    beside = compared(story)
    story.click(beside.bar._deny)
    assert story.reader.pages.beside is None
    assert marked(story.reader.page) == []
    found(story, 1)
    assert story.step_names()[0] == "step.deny_reprint"
    story.act(history.undo)
    found(story, 2)


def test_imported_reprints_are_found_while_the_article_is_read(
    story: Driver, tmp_path: Path
) -> None:
    read(story, "园区有了妈咪小屋")
    story.settle()
    story.window.deeds.import_paths([write(tmp_path, "4", "25", ("妈咪小屋受欢迎", OTHER))])
    found(story, 1)
    assert story.reader.head.reprints is not None
    assert story.reader.head.reprints.text() == "同稿 1 篇"
