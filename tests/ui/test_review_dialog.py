"""The review as a whole: files, walking over doubts, text and tree in step, encodings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from review_driver import TEXT, ReviewDriver, imported
from test_languages import Marked
from test_languages import _words as spoken_words
from window_driver import Driver

from bulletin_desktop.catalogue import Language
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.text import DOUBT
from bulletin_desktop.services import browsing, correcting
from bulletin_desktop.services.files import Failure
from bulletin_desktop.services.importing import ImportReport
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.report_dialog import ReportDialog
from bulletin_desktop.ui.models.reviewed_model import name_of
from bulletin_desktop.ui.review.encoding import EncodingPreview
from bulletin_desktop.ui.review.text_view import TextView
from bulletin_desktop.ui.widgets.elided import ElidedLabel


def _doubt(driver: Driver, documents: list[int], *lines: str) -> None:
    """Make the cuts at some lines of documents doubtful, and no others."""
    for document in documents:
        layout = correcting.layout(driver.library, document)
        at = {layout.text.index(line) for line in lines}
        sure = [cut._replace(certainty=1.0) for cut in layout.cuts if cut.start not in at]
        unsure = [
            (start, "article", "rule.yours", DOUBT / 2) for start in sorted(at)
        ]  # any rule that has a sentence
        cuts = sorted([*map(tuple, sure), *unsure])
        with driver.library.transaction() as connection:
            connection.execute(
                "UPDATE layouts SET cuts = ? WHERE id = ?", [json.dumps(cuts), document]
            )


_FIRST, _SECOND = "乙区总工会举办职工技能比武", "丙镇总工会慰问一线职工"


@pytest.fixture
def documents(driver: Driver, tmp_path: Path) -> list[int]:
    found = imported(driver, tmp_path / "files", "第7期.txt", "第8期.txt", "第9期.txt")
    _doubt(driver, found[:2], _FIRST, _SECOND)
    _doubt(driver, found[2:])
    return found


@pytest.fixture
def review(driver: Driver, documents: list[int]) -> ReviewDriver:
    return ReviewDriver(driver, documents)


def _document(review: ReviewDriver) -> str:
    return name_of(review.layout.path)


# The list and walking


def test_files_with_doubts_come_first(review: ReviewDriver) -> None:
    found = review.bench.documents.documents
    assert [each.doubts for each in found] == [2, 2, 0]
    assert review.driver.context.text("review.doubts", n=4) in review.dialog.windowTitle()


def test_it_opens_at_the_first_doubt(review: ReviewDriver) -> None:
    assert (_document(review), review.line()) == ("第7期.txt", _FIRST)
    assert review.view.hasFocus()


@pytest.mark.parametrize("key", ["Space", "N"])
def test_one_key_walks_the_doubts_over_all_files_and_round(review: ReviewDriver, key: str) -> None:
    seen = []
    for _ in range(4):
        review.key(key)
        seen.append((_document(review), review.line()))
    assert seen == [
        ("第7期.txt", _SECOND), ("第8期.txt", _FIRST), ("第8期.txt", _SECOND),
        ("第7期.txt", _FIRST),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["Shift+Space", "P"])
def test_and_another_back(review: ReviewDriver, key: str) -> None:
    review.key(key)
    assert (_document(review), review.line()) == ("第8期.txt", _SECOND)
    review.key(key)
    assert (_document(review), review.line()) == ("第8期.txt", _FIRST)


def test_enter_confirms_and_goes_on_until_nothing_is_left(review: ReviewDriver) -> None:
    review.key("Return")
    assert (_document(review), review.line()) == ("第7期.txt", _SECOND)
    assert review.bench.documents.doubts == 3
    for _ in range(3):
        review.key("Return")
    assert review.bench.documents.doubts == 0
    said = review.driver.context.text("review.all_sure")
    review.key("Space")
    assert review.dialog.said.text() == said
    assert [each.doubts for each in review.bench.documents.documents] == [0, 0, 0]


def test_what_was_confirmed_is_undone(review: ReviewDriver) -> None:
    review.key("Return")
    review.key("Ctrl+Z")
    assert review.bench.documents.doubts == 4


def test_the_list_shows_another_file(review: ReviewDriver) -> None:
    review.driver.focus(review.bench.list)
    review.key("Down", "Down")
    assert _document(review) == "第9期.txt"
    assert review.cutting.doubts == []


def test_other_files_are_shown_on_request(review: ReviewDriver) -> None:
    assert review.dialog.all.isVisible()
    review.driver.click(review.dialog.all)
    review.driver.settle()
    assert review.bench.documents.rowCount() == len(browsing.documents(review.driver.library))
    assert not review.dialog.all.isVisible()
    assert _document(review) == "第7期.txt"


def test_an_import_that_is_undone_leaves_the_list(review: ReviewDriver) -> None:
    review.key("Ctrl+Z")
    assert review.bench.documents.rowCount() == 0
    assert review.dialog.said.text()
    review.key("Space", "J", "Return")
    review.key("Ctrl+Shift+Z")
    assert review.bench.documents.rowCount() == 3


# The line at hand


def test_arrows_go_from_line_to_line_with_words(review: ReviewDriver) -> None:
    review.go(_SECOND)
    review.key("Up")
    assert review.line().endswith("（乙区总工会）")
    review.key("Down", "Down")
    assert review.line().startswith("　　丙镇总工会近日")


def test_from_one_cut_to_the_next(review: ReviewDriver) -> None:
    review.go("【工作动态】")
    seen = []
    for _ in range(4):
        review.key("Ctrl+Down")
        seen.append(review.line())
    assert seen == ["甲县总工会开展安全生产月活动", _FIRST, _SECOND, "【简讯】"]
    review.key("Ctrl+Up")
    assert review.line() == _SECOND


def test_tab_goes_from_pane_to_pane(review: ReviewDriver) -> None:
    review.key("Tab")
    assert review.bench.tree.hasFocus()
    review.key("Shift+Tab", "Shift+Tab")
    assert review.bench.list.hasFocus()


def test_the_line_below_tells_the_rule_and_how_sure_it_is(review: ReviewDriver) -> None:
    text = review.driver.context.text
    assert text("cut.article") in review.bench.detail.text()
    review.go("　　丙镇总工会近日")
    assert review.bench.detail.text() == text("review.line", role=text("role.body"))
    review.go("丙镇总工会）")
    assert review.bench.detail.text() == text("review.line", role=text("role.source"))
    review.go("本期印发")
    assert text("role.distribution") in review.bench.detail.text()


def test_text_and_tree_are_in_step_both_ways(review: ReviewDriver) -> None:
    tree, laid = review.bench.tree, review.bench.laid
    review.go("　　丙镇总工会近日")
    assert laid.node(tree.currentIndex()).label == _SECOND
    review.go("工会简报")
    assert laid.node(tree.currentIndex()).kind == "issue"
    review.driver.focus(tree)
    tree.setCurrentIndex(laid.find(("brief",), review.article("戊厂").id))
    assert review.line().startswith("●戊厂")
    tree.setCurrentIndex(laid.find(("article",), review.article("甲县").id))
    assert review.line() == "甲县总工会开展安全生产月活动"
    issue = laid.index(0, 0)
    tree.setCurrentIndex(laid.index(1, 0, issue))
    assert review.line() == "【简讯】"
    assert laid.node(tree.currentIndex()).label == "简讯"
    review.go("【工作动态】")
    assert laid.node(tree.currentIndex()).label == "工作动态"
    tree.setCurrentIndex(issue)
    assert review.line() == "工会简报"


def test_a_section_of_the_tree_stands_for_none_of_its_articles(review: ReviewDriver) -> None:
    tree, laid = review.bench.tree, review.bench.laid
    review.driver.focus(tree)
    tree.setCurrentIndex(laid.index(1, 0, laid.index(0, 0)))
    before = review.headings()
    review.key("X")
    assert review.headings() == before
    assert review.dialog.said.text()


def test_a_click_in_the_margin_takes_the_line(review: ReviewDriver) -> None:
    review.go(_SECOND)
    y = round(review.view._rect(review.view.textCursor().block()).center().y())
    review.go(_FIRST)
    QTest.mouseClick(
        review.view.margin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, y)
    )
    assert review.line() == _SECOND


def test_the_legend_gives_a_role_by_a_click(review: ReviewDriver) -> None:
    review.go("　　丙镇总工会近日")
    button = review.bench.legend._swatches["subtitle"]
    review.driver.click(button)
    review.driver.settle()
    assert any("近日慰问" in words for words in review.words("丙镇", "subtitle"))


def test_the_window_hears_of_a_correction(review: ReviewDriver) -> None:
    article = review.article("乙区").id
    review.driver.window.going.go_to(article)
    review.driver.settle()
    review.go("　　乙区总工会五月")
    review.key("U")
    assert review.driver.reader.article.subtitle
    assert review.driver.reading() == article


# Encodings


def test_another_encoding_is_previewed_then_taken(driver: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    review = ReviewDriver(driver, imported(driver, folder))
    box = review.dialog.head.encoding
    assert box.currentData() == review.layout.encoding
    at = box.findData("gb18030")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    driver.settle()
    preview = review.dialog.preview
    assert preview.isVisible()
    assert TEXT[:4] not in preview.lines.text()
    driver.key("Escape")
    assert not preview.isVisible()
    assert review.dialog.isVisible()
    assert box.currentData() == review.layout.encoding


def test_a_file_is_read_again(driver: Driver, tmp_path: Path) -> None:
    (document,) = imported(driver, tmp_path / "files")
    review = ReviewDriver(driver, [document])
    box, preview = review.dialog.head.encoding, review.dialog.preview
    at = box.findData("gb18030")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    driver.settle()
    preview.take.click()
    driver.settle()
    driver.settle()
    assert review.layout.encoding == "gb18030"
    assert review.layout.text != TEXT
    assert box.currentData() == "gb18030"
    assert review.bench.documents.rowCount() == 1
    review.key("Ctrl+Z")
    driver.settle()
    assert review.layout.encoding == "utf-8"
    assert review.layout.text.startswith(TEXT)


# Ways in


def test_the_action_opens_all_files_at_the_article_at_hand(
    driver: Driver, documents: list[int]
) -> None:
    article = next(a for a in driver.records() if a.heading == _SECOND)
    driver.select(article.id)
    driver.window.acts[Act.REVIEW].trigger()
    driver.settle()
    dialog = driver.window.reviews._dialog
    assert dialog is not None
    driver.until(lambda: dialog.bench.cutting is not None)
    driver.settle()
    assert dialog.bench.documents.rowCount() == len(browsing.documents(driver.library))
    cutting = dialog.bench.cutting
    assert cutting.lines.words(dialog.bench.view.line) == _SECOND
    dialog.close()


def test_of_selected_articles_their_files_alone_are_opened(
    driver: Driver, documents: list[int]
) -> None:
    chosen = [a.id for a in driver.records() if a.heading == _SECOND][:2]
    driver.select(*chosen)
    driver.window.acts[Act.REVIEW].trigger()
    driver.settle()
    dialog = driver.window.reviews._dialog
    assert dialog is not None
    driver.until(lambda: dialog.bench.cutting is not None)
    assert dialog.bench.documents.rowCount() == 2
    dialog.close()


def test_escape_closes_it_and_another_can_open(review: ReviewDriver) -> None:
    review.driver.key("Escape")
    review.driver.until(lambda: review.driver.window.reviews._dialog is None)
    again = ReviewDriver(review.driver, None)
    again.dialog.close()


def test_an_import_with_doubts_offers_it(driver: Driver, documents: list[int]) -> None:
    driver.window.jobs.imported.emit(ImportReport(documents=documents))
    driver.settle()
    notice = driver.window.notice
    assert "4" in notice.words
    driver.click(notice._act)
    dialog = driver.window.reviews._dialog
    assert dialog is not None
    driver.until(lambda: dialog.bench.cutting is not None)
    assert dialog.bench.documents.rowCount() == 3
    dialog.close()
    notice.hide()
    driver.window.jobs.imported.emit(ImportReport(documents=documents[2:]))
    driver.settle()
    assert not notice.isVisible()


def test_the_report_of_an_import_leads_to_it(
    driver: Driver, documents: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(dialog: ReportDialog) -> int:
        dialog.on.click()
        return dialog.result()

    monkeypatch.setattr(ReportDialog, "exec", press)
    failed = [Failure("a.txt", Message("file.missing")), Failure("b.txt", Message("file.missing"))]
    driver.window.jobs._on_imported(ImportReport(failed=failed, documents=documents[:1]))
    driver.click(driver.window.notice._act)
    driver.settle()
    dialog = driver.window.reviews._dialog
    assert dialog is not None
    driver.until(lambda: dialog.bench.cutting is not None)
    assert dialog.bench.documents.rowCount() == 1
    dialog.close()


def test_a_file_that_could_not_be_read_comes_in_by_a_chosen_encoding(
    driver: Driver, tmp_path: Path
) -> None:
    file = tmp_path / "第7期.txt"
    file.write_bytes(TEXT.encode("gb18030") + b"\xff\xff\n")
    reports: list[ImportReport] = []
    jobs = driver.window.jobs
    jobs.imported.connect(reports.append)
    jobs.import_files([file], starter=False)
    driver.until(lambda: reports)
    assert [failure.reason.code for failure in reports[0].failed] == ["file.undecodable"]
    dialog = ReportDialog(driver.context, "", reports[0].failed, driver.window)
    dialog.again_wanted.connect(jobs._import_again)
    _, encodings = dialog.findChildren(QComboBox)
    preview = dialog.findChild(EncodingPreview)
    encodings.setCurrentIndex(encodings.findData("gb18030"))
    encodings.activated.emit(encodings.currentIndex())
    driver.settle()
    assert preview.lines.text().startswith("工会简报")
    preview.take.click()
    driver.until(lambda: len(reports) == 2)
    assert reports[1].imported == 1
    dialog.deleteLater()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_words_come_from_the_catalogue(
    open_window: Callable[..., Driver], tmp_path: Path, language: Language
) -> None:
    driver = open_window(language=language, catalogue=Marked(language))
    review = ReviewDriver(driver, imported(driver, tmp_path / "files"))
    words = [
        word
        for widget, word in spoken_words(review.dialog)
        if not isinstance(widget, ElidedLabel | TextView)
    ]
    assert len(words) > 30
    assert [word for word in words if "⟦" not in word] == []
