"""Putting a cut right by keys: each does what it says, on imported text, through the services."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QInputDialog
from review_driver import ReviewDriver, imported
from window_driver import Driver

from bulletin_desktop.services import browsing, correcting
from bulletin_desktop.ui.dialogs.issue_facts_dialog import IssueFactsDialog
from bulletin_desktop.ui.review import commands

_TITLES = (
    "甲县总工会开展安全生产月活动",
    "乙区总工会举办职工技能比武",
    "丙镇总工会慰问一线职工",
    "丁厂工会组织职工体检",
    "戊厂工会开放职工书屋",
)


@pytest.fixture
def review(driver: Driver, tmp_path: Path) -> ReviewDriver:
    """The review of one bulletin."""
    return ReviewDriver(driver, imported(driver, tmp_path / "files"))


def _split_ways(review: ReviewDriver) -> list[str]:
    return [heading[:2] for heading in review.headings()]


def test_the_text_is_cut_as_the_tests_take_for_granted(review: ReviewDriver) -> None:
    assert tuple(review.headings()) == _TITLES
    assert review.rows()[1] == "工作动态"


def test_join_and_undo_and_redo(review: ReviewDriver) -> None:
    review.go(_TITLES[1])
    review.key("J")
    assert _split_ways(review) == ["甲县", "丙镇", "丁厂", "戊厂"]
    review.key("Ctrl+Z")
    assert tuple(review.headings()) == _TITLES
    review.key("Ctrl+Shift+Z")
    assert _split_ways(review) == ["甲县", "丙镇", "丁厂", "戊厂"]
    review.key("Ctrl+Z")
    review.go(_TITLES[2])
    review.key("Backspace")
    assert _split_ways(review) == ["甲县", "乙区", "丁厂", "戊厂"]


def test_split_is_the_way_back_from_join(review: ReviewDriver) -> None:
    review.go(_TITLES[1])
    review.key("J", "S")
    assert tuple(review.headings()) == _TITLES


def test_in_the_indent_of_a_line_the_line_is_meant(review: ReviewDriver) -> None:
    review.go("　　各企业工会当场")
    review.key("S", "J")
    assert tuple(review.headings()) == _TITLES


@pytest.mark.parametrize("key", ["X", "Delete"])
def test_no_article_and_one_again(review: ReviewDriver, key: str) -> None:
    review.go(_TITLES[2])
    review.key(key)
    assert _split_ways(review) == ["甲县", "乙区", "丁厂", "戊厂"]
    assert "remainder" in {span.role for span in review.layout.spans}
    review.go(_TITLES[2])
    review.key("S")
    assert tuple(review.headings()) == _TITLES


@pytest.mark.parametrize(
    ("key", "role"), [("U", "subtitle"), ("K", "kicker"), ("B", "body"), ("A", "author")]
)
def test_a_line_takes_another_role(review: ReviewDriver, key: str, role: str) -> None:
    review.go("　　甲县总工会五月起")
    review.key(key)
    assert any("五月起开展" in words for words in review.words("甲县", role))


def test_a_line_becomes_title_source_or_section(review: ReviewDriver) -> None:
    review.go("　　各企业工会当场")
    review.key("T")
    assert review.headings()[1].startswith("各企业工会当场整改")
    review.key("Ctrl+Z")
    review.go("（丙镇总工会）")
    review.key("B")
    assert review.words("丙镇", "source") == []
    review.key("Y")
    assert review.words("丙镇", "source") == ["丙镇总工会"]
    review.go(_TITLES[2])
    review.key("E")
    assert "丙镇总工会慰问一线职工" in {article.section for article in review.layout.articles}


def test_a_brief_becomes_an_article_and_back(review: ReviewDriver) -> None:
    review.go("●丁厂")
    review.key("R")
    assert review.article("丁厂").kind == "article"
    review.key("R")
    assert review.article("丁厂").kind == "brief"


def test_a_new_issue_begins_and_is_joined_again(review: ReviewDriver) -> None:
    review.go(_TITLES[2])
    review.key("I")
    assert len(review.layout.issues) == 2
    review.key("J")
    assert len(review.layout.issues) == 1
    assert tuple(review.headings()) == _TITLES


def test_an_article_moves_to_a_section(
    review: ReviewDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def answer(*given: object) -> tuple[str, bool]:
        offered[:] = given[3]  # type: ignore[call-overload]
        return "经验交流", True

    monkeypatch.setattr(QInputDialog, "getItem", answer)
    review.go(_TITLES[2])
    review.key("M")
    assert offered[:2] == ["工作动态", "简讯"]
    assert review.article("丙镇").section == "经验交流"


def test_the_only_issue_is_said_to_be_the_only_one(review: ReviewDriver) -> None:
    review.go(_TITLES[2])
    review.key("Shift+M")
    assert review.dialog.said.text() == review.driver.context.text("review.one_issue")


def test_several_articles_of_the_tree_are_meant(review: ReviewDriver) -> None:
    tree = review.bench.tree
    review.driver.focus(tree)
    for number, title in enumerate(_TITLES[:2]):
        index = review.bench.laid.find(("article",), review.article(title).id)
        flag = tree.selectionModel().SelectionFlag
        chosen = flag.Select if number else flag.ClearAndSelect
        tree.selectionModel().setCurrentIndex(index, chosen)
    review.key("X")
    assert _split_ways(review) == ["丙镇", "丁厂", "戊厂"]


def test_a_misprint_is_mended(
    review: ReviewDriver, answer_name: Callable[[str | None], None]
) -> None:
    answer_name("三百余处")
    review.select("二百余处")
    review.key("C")
    body = browsing.text_of(review.driver.library, review.article("甲县").id).body
    assert "三百余处" in body
    assert "二百余处" not in body
    assert "二百余处" in review.layout.text


def test_without_a_selection_one_is_asked_for(review: ReviewDriver) -> None:
    review.go(_TITLES[0])
    review.key("C")
    assert review.dialog.said.text() == review.driver.context.text("review.no_words")


def test_number_and_date(review: ReviewDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(dialog: IssueFactsDialog) -> int:
        dialog.fields["number"].setText("17")
        dialog.fields["date"].setText("2013-06")
        return IssueFactsDialog.DialogCode.Accepted

    monkeypatch.setattr(IssueFactsDialog, "exec", fill)
    review.key("G")
    issue = review.layout.issues[0]
    assert (issue.number, issue.date, issue.date_basis) == ("17", "2013-06", "confirmed")
    assert issue.title == "工会简报"
    assert any("17" in row for row in review.rows())


def test_what_makes_no_sense_is_a_quiet_sentence(review: ReviewDriver) -> None:
    review.go(_TITLES[0])
    review.key("J")
    assert review.dialog.said.text()
    assert tuple(review.headings()) == _TITLES
    assert not review.driver.window.notice.isVisible()


def test_line_and_scroll_stay_after_a_correction(review: ReviewDriver) -> None:
    review.dialog.resize(900, 420)
    review.driver.settle()
    review.go("　　丙镇总工会近日")
    bar = review.view.verticalScrollBar()
    before = review.line(), bar.value()
    review.key("T", "Ctrl+Z")
    assert (review.line(), bar.value()) == before
    assert review.view.hasFocus()


def test_keys_pressed_faster_than_the_library_writes(review: ReviewDriver) -> None:
    review.go(_TITLES[1])
    review.driver.key("J", "S", "J", "S", "J")
    review.driver.settle()
    assert _split_ways(review) == ["甲县", "丙镇", "丁厂", "戊厂"]


def test_no_key_acts_through_an_input_method(review: ReviewDriver) -> None:
    """The panes take none, so that single keys act while one is on; a question's field does."""
    for pane in (review.bench.list, review.view, review.bench.tree):
        review.driver.focus(pane)
        QApplication.sendEvent(pane, QInputMethodEvent("zhu", []))
        review.go(_TITLES[1])
        review.key("J")
        assert len(review.headings()) == len(_TITLES) - 1
        review.key("Ctrl+Z")
    assert tuple(review.headings()) == _TITLES


def test_every_command_is_in_the_menu_with_its_own_keys(review: ReviewDriver) -> None:
    keys = [key for command in commands.COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    offered = [action.text() for action in review.bench.menu.actions() if action.text()]
    assert offered == [review.driver.context.text(c.code) for c in commands.COMMANDS]


def test_the_library_knows_what_was_corrected(review: ReviewDriver) -> None:
    review.go(_TITLES[1])
    review.key("J")
    made = correcting.layout(review.driver.library, review.layout.document).corrections
    assert [correction.code for correction in made] == ["join"]
    assert review.driver.step_names()[0] == "step.correct.join"
