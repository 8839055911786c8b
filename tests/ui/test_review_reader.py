"""Corrections in the reader: the line that one clicks is the line of the document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QInputDialog
from review_driver import imported
from window_driver import Driver

from bulletin_desktop.services import browsing, correcting
from bulletin_desktop.ui.actions import CORRECTIONS, Act
from bulletin_desktop.ui.dialogs.issue_facts_dialog import IssueFactsDialog
from bulletin_desktop.ui.reader.page import DATE, JOINER

_TITLES = (
    "甲县总工会开展安全生产月活动",
    "乙区总工会举办职工技能比武",
    "丙镇总工会慰问一线职工",
)
Name = Callable[[str | None], None]


@pytest.fixture
def document(driver: Driver, tmp_path: Path) -> int:
    """The bulletin of the review's tests, with its first article in the reader."""
    (found,) = imported(driver, tmp_path / "files")
    _show(driver, _TITLES[0])
    return found


def _show(driver: Driver, heading: str) -> None:
    article = next(a for a in driver.records() if a.heading == heading)
    driver.window.going.go_to(article.id)
    driver.settle()


def _go(driver: Driver, words: str, length: int = 0) -> None:
    """Put the cursor before words of the page, and select some of them."""
    page = driver.reader.page
    found = page.document().find(words)
    assert not found.isNull(), words
    cursor = QTextCursor(page.document())
    cursor.setPosition(found.selectionStart())
    cursor.setPosition(found.selectionStart() + length, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)


def _do(driver: Driver, act: Act) -> None:
    driver.window.acts[act].trigger()
    driver.settle()
    driver.settle()


def _headings(driver: Driver, document: int) -> list[str]:
    return [a.heading for a in correcting.layout(driver.library, document).articles]


def _page(driver: Driver) -> str:
    return driver.reader.page.toPlainText()


def test_a_paragraph_begins_an_article(driver: Driver, document: int) -> None:
    _go(driver, "当场整改")
    _do(driver, Act.SPLIT)
    assert len(_headings(driver, document)) == 6
    assert "当场整改" not in _page(driver)
    driver.window.acts[Act.UNDO].trigger()
    driver.settle()
    assert len(_headings(driver, document)) == 5
    assert "当场整改" in _page(driver)


def test_what_is_joined_is_read_where_it_now_stands(driver: Driver, document: int) -> None:
    _show(driver, _TITLES[1])
    _do(driver, Act.JOIN)
    assert _TITLES[1] not in _headings(driver, document)
    assert driver.reader.article is not None
    assert driver.reader.article.heading == _TITLES[0]
    assert "技能比武" in _page(driver)


def test_a_line_of_the_page_takes_another_role(driver: Driver, document: int) -> None:
    _go(driver, "五月起开展")
    _do(driver, Act.AS_SUBTITLE)
    assert driver.reader.article is not None
    assert "五月起开展" in (driver.reader.article.subtitle or "")
    _go(driver, "五月起开展")
    _do(driver, Act.AS_BODY)
    assert driver.reader.article.subtitle is None
    body = browsing.text_of(driver.library, driver.reading()).body
    assert "五月起开展" in body


def test_the_source_below_the_text_is_a_line_too(driver: Driver, document: int) -> None:
    _show(driver, _TITLES[2])
    _go(driver, "（丙镇总工会）")
    _do(driver, Act.AS_BODY)
    assert driver.reader.article is not None
    assert driver.reader.article.source is None
    _go(driver, "（丙镇总工会）")
    _do(driver, Act.AS_SOURCE)
    assert driver.reader.article.source == "丙镇总工会"


def test_a_misprint_is_mended_on_the_page(driver: Driver, document: int, answer_name: Name) -> None:
    answer_name("三百多处")
    _go(driver, "二百余处", 4)
    _do(driver, Act.AMEND)
    assert "三百多处" in _page(driver)
    assert "二百余处" not in _page(driver)
    tip = driver.context.text("reader.amended", printed="二百余处")
    page = driver.reader.page
    found = page.document().find("三百多处")
    assert found.charFormat().toolTip() == tip
    assert found.charFormat().underlineStyle() == found.charFormat().UnderlineStyle.DotLine


@pytest.mark.parametrize(
    ("mended", "printed"), [("三百余处隐患", "二百余处"), ("百处", "二百余处")]
)
def test_places_behind_a_mended_misprint_are_found(
    driver: Driver, document: int, answer_name: Name, mended: str, printed: str
) -> None:
    """Behind words of another length the page's places are not the document's."""
    text = correcting.layout(driver.library, document).text
    start = text.index(printed)
    driver.act(
        lambda library: correcting.amend(library, document, start, start + len(printed), mended)
    )
    answer_name("查找周围")
    _go(driver, "查找身边", 4)
    _do(driver, Act.AMEND)
    answer_name("其他")
    _go(driver, "其余", 2)
    _do(driver, Act.AMEND)
    body = browsing.text_of(driver.library, driver.reading()).body
    assert "职工查找周围隐患" + mended in body
    assert "一百八十处，其他列入台账" in body
    errata = browsing.text_of(driver.library, driver.reading()).errata
    assert [erratum.printed for erratum in errata] == ["查找身边", printed, "其余"]


def test_what_lies_over_two_lines_is_refused(
    driver: Driver, document: int, answer_name: Name
) -> None:
    answer_name("话")
    _go(driver, "二百余处", 12)
    _do(driver, Act.AMEND)
    assert driver.window.notice.words


def test_an_inferred_date_is_confirmed_by_a_click_on_it(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.tree.go_first()
    driver.settle()
    inferred = driver.context.text("date.inferred")
    assert driver.reader.article is not None
    assert driver.reader.article.date_basis == "inferred"
    evidence: list[str] = []

    def confirm(dialog: IssueFactsDialog) -> int:
        evidence.append(dialog.evidence.text())
        dialog._confirm()
        return dialog.result()

    monkeypatch.setattr(IssueFactsDialog, "exec", confirm)
    driver.reader.page.anchorClicked.emit(QUrl(DATE))
    driver.settle()
    driver.settle()
    document = correcting.document_of(driver.library, driver.reading())
    issue = correcting.layout(driver.library, document).issues[0]
    assert issue.date_evidence is not None
    assert issue.date_evidence in evidence[0]
    assert driver.reader.article.date_basis == "confirmed"
    assert inferred not in _page(driver).replace(JOINER, "")


def test_the_date_is_where_one_clicks(driver: Driver) -> None:
    driver.tree.go_first()
    driver.settle()
    page = driver.reader.page
    found = page.document().find(JOINER.join(driver.context.text("date.inferred")))
    assert page.anchorAt(page.cursorRect(found).center() - QPoint(8, 0)) == DATE


def test_a_date_that_is_changed_is_saved_and_not_only_confirmed(
    driver: Driver, document: int
) -> None:
    issue = correcting.layout(driver.library, document).issues[0]
    dialog = IssueFactsDialog(driver.context, issue, driver.window)
    assert not dialog.confirm.isVisibleTo(dialog)
    dialog.fields["date"].setText("2013.5")
    assert not dialog.save.isEnabled()
    dialog.fields["date"].setText("")
    assert dialog.save.isEnabled()
    dialog.fields["total_number"].setText("128")
    driver.act(dialog.verb())
    changed = correcting.layout(driver.library, document).issues[0]
    assert (changed.date, changed.total_number, changed.number) == (None, "128", "7")
    dialog.deleteLater()


def test_the_menu_of_the_page_offers_every_correction(
    driver: Driver, document: int, pick: Callable[..., list[str]]
) -> None:
    page = driver.reader.page
    found = page.document().find("当场整改")
    where = page.cursorRect(found).center()
    line = driver.context.text("review.this_line", words="各企业工会当场整改一百八十处，其…")
    offered = pick(line, driver.context.text(Act.SPLIT.code))
    page.customContextMenuRequested.emit(where)
    driver.settle()
    driver.settle()
    assert line in offered
    assert len(_headings(driver, document)) == 6


def test_corrections_are_offered_where_an_article_is_read(
    driver: Driver, empty_driver: Driver
) -> None:
    assert all(driver.window.acts[act].isEnabled() for act in CORRECTIONS)
    assert not any(empty_driver.window.acts[act].isEnabled() for act in CORRECTIONS)


def test_an_article_moves_to_another_issue_of_its_file(
    driver: Driver, document: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = correcting.layout(driver.library, document).text
    at = text.index(_TITLES[2])
    driver.act(lambda library: correcting.set_role(library, document, at, "issue"))
    first, second = correcting.layout(driver.library, document).issues
    _show(driver, _TITLES[1])
    offered: list[str] = []

    def answer(*given: object) -> tuple[str, bool]:
        offered[:] = given[3]  # type: ignore[call-overload]
        return offered[1], True

    monkeypatch.setattr(QInputDialog, "getItem", answer)
    _do(driver, Act.TO_ISSUE)
    assert len(offered) == 2
    laid = correcting.layout(driver.library, document).articles
    assert next(a.issue for a in laid if a.heading == _TITLES[1]) == second.id
    assert next(a.issue for a in laid if a.heading == _TITLES[0]) == first.id
