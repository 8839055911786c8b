"""The concordance in the window: listing, sorting, narrowing, opening, copying, writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from room import faults, wait_for_paint
from window_driver import Driver, bulletin

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, concordance
from bulletin_desktop.services.concordance_view import View, arranged
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.searching import Options
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.concordance_dialog import ConcordanceDialog
from bulletin_desktop.ui.models.concordance_model import COLUMNS, KEYWORD, LEFT, RIGHT

Open = Callable[..., Driver]


@pytest.fixture
def show(driver: Driver) -> Callable[[str], ConcordanceDialog]:
    """Lists the places of a query in the concordance of a window."""
    return lambda text: _listed(driver, text)


def _dialog(driver: Driver) -> ConcordanceDialog:
    driver.window.acts[Act.CONCORDANCE].trigger()
    made = driver.window.concordances._dialog
    assert made is not None
    return made


def _listed(driver: Driver, text: str) -> ConcordanceDialog:
    dialog = _dialog(driver)
    dialog.query.setText(text)
    dialog.list.click()
    _settle(driver, dialog)
    return dialog


def _settle(driver: Driver, dialog: ConcordanceDialog) -> None:
    """Wait until nothing is gathered, arranged or written any more."""
    driver.until(lambda: not dialog._typing.isActive())
    driver.until(lambda: not dialog.gathering._jobs)
    driver.until(lambda: not dialog.gathering._jobs)


def _column(dialog: ConcordanceDialog, column: int) -> list[str]:
    model = dialog.rows
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_what_is_searched_for_is_listed(driver: Driver) -> None:
    driver.window.top.search.setText("职工")
    dialog = _dialog(driver)
    _settle(driver, dialog)
    assert dialog.query.text() == "职工"
    assert set(_column(dialog, KEYWORD)) == {"职工"}
    assert str(dialog.rows.rowCount()) in dialog.count.text()
    assert dialog.windowTitle() == "“职工”上下文一览"


def test_it_opens_without_a_search_and_asks_for_words(driver: Driver) -> None:
    dialog = _dialog(driver)
    driver.until(dialog.query.hasFocus)
    assert not dialog.export.isEnabled()
    QTest.keyClicks(dialog.query, "abc")
    QTest.keyClick(dialog.query, Qt.Key.Key_Return)
    _settle(driver, dialog)
    assert dialog.rows.rowCount() == 0
    assert dialog.table._code == "concordance.none"


def test_the_models_keep_the_rules_of_qt(show: Callable[[str], ConcordanceDialog]) -> None:
    dialog = show("职工")
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for model in (dialog.rows, dialog.neighbours.rows):
        tester = QAbstractItemModelTester(model, mode)
        assert tester.model() is model
    dialog.rows.widen(7)
    dialog.rows.show((), ())
    dialog.neighbours.rows.show(0, ())


def test_a_click_on_a_head_sorts(driver: Driver, show: Callable[[str], ConcordanceDialog]) -> None:
    dialog = show("职工")
    header = dialog.table.horizontalHeader()
    QTest.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton,
        pos=header.viewport().rect().topLeft() + _middle(dialog, COLUMNS.index("source")),
    )  # fmt: skip
    _settle(driver, dialog)
    sources = [name for name in _column(dialog, COLUMNS.index("source")) if name]
    assert sources == sorted(sources)
    header.setSortIndicator(LEFT, Qt.SortOrder.AscendingOrder)
    _settle(driver, dialog)
    lines = dialog.rows.shown()
    wanted = arranged(dialog.gathering.lines, View(sort="left")).rows
    assert lines == [dialog.gathering.lines[row] for row in wanted]


def _middle(dialog: ConcordanceDialog, column: int) -> QPoint:
    header = dialog.table.horizontalHeader()
    return QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)


def test_the_filter_and_a_neighbour_narrow(
    driver: Driver, show: Callable[[str], ConcordanceDialog]
) -> None:
    dialog = show("职工")
    total = dialog.rows.rowCount()
    rows = dialog.neighbours.rows
    words, count = rows.words(1), int(rows.index(1, 1).data())
    dialog.neighbours.list.setCurrentIndex(rows.index(1, 0))
    _settle(driver, dialog)
    assert dialog.rows.rowCount() == count < total
    assert all(right.lstrip().startswith(words) for right in _column(dialog, RIGHT))
    assert dialog.neighbours.list.currentIndex().row() == 1
    dialog.neighbours.list.setCurrentIndex(rows.index(0, 0))
    _settle(driver, dialog)
    assert dialog.rows.rowCount() == total
    dialog.filter.setText("没有这样的话")
    _settle(driver, dialog)
    assert dialog.rows.rowCount() == 0
    assert dialog.table._code == "concordance.none_fit"
    assert not dialog.export.isEnabled()


def test_the_other_side_has_other_neighbours(
    driver: Driver, show: Callable[[str], ConcordanceDialog]
) -> None:
    dialog = show("职工")
    dialog.neighbours._sides.choose(0)
    dialog.neighbours._lengths.choose(1)
    _settle(driver, dialog)
    words = dialog.neighbours.rows.words(1)
    assert len(words) == 2
    dialog.neighbours.list.setCurrentIndex(dialog.neighbours.rows.index(1, 0))
    _settle(driver, dialog)
    assert all(left.rstrip().endswith(words) for left in _column(dialog, LEFT))


def test_the_width_of_the_context_is_kept(
    driver: Driver, show: Callable[[str], ConcordanceDialog]
) -> None:
    dialog = show("职工")
    dialog.width_box.setValue(6)
    assert max(map(len, _column(dialog, LEFT))) == 6
    assert driver.context.settings.get(settings.CONCORDANCE_WIDTH) == 6


def test_enter_opens_the_article_with_the_words_selected(
    driver: Driver, show: Callable[[str], ConcordanceDialog]
) -> None:
    dialog = show("body:协商")
    for row in (0, dialog.rows.rowCount() - 1):
        line = dialog.rows.line(row)
        dialog.table.setCurrentIndex(dialog.rows.index(row, RIGHT))
        dialog.activateWindow()
        dialog.table.setFocus()
        driver.until(dialog.table.hasFocus)
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        assert driver.reading() == line.where.article.id
        page = driver.reader.page
        assert page.selected == "协商"
        begin = page.textCursor().selectionStart()
        assert page.sees(begin)
        assert page.sheet is not None
        assert page.sheet.text.body[line.start : line.end] == "协商"


def test_a_place_in_a_title_opens_the_article_at_its_top(
    driver: Driver, show: Callable[[str], ConcordanceDialog]
) -> None:
    dialog = show("title:工会")
    line = dialog.rows.line(0)
    dialog.table.doubleClicked.emit(dialog.rows.index(0, KEYWORD))
    assert driver.reading() == line.where.article.id
    assert driver.reader.page.place == 0


def test_selected_lines_are_copied_with_where_they_are_from(
    show: Callable[[str], ConcordanceDialog],
) -> None:
    dialog = show("职工")
    dialog.table.setFocus()
    dialog.table.selectRow(0)
    model = dialog.table.selectionModel()
    model.select(dialog.rows.index(2, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    catalogue = dialog._context.catalogue
    wanted = [concordance.quoted(dialog.rows.line(row), catalogue) for row in (0, 2)]
    assert QGuiApplication.clipboard().text() == "\n".join(wanted)
    assert dialog.where.text() == "已复制 2 处并附出处"


def test_the_lines_that_are_shown_are_written(
    driver: Driver, show: Callable[[str], ConcordanceDialog], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialog = show("职工")
    dialog.filter.setText("困难")
    _settle(driver, dialog)
    answer = (str(tmp_path / "行"), "纯文本 (*.txt)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: answer)
    dialog.export.click()
    _settle(driver, dialog)
    text = (tmp_path / "行.txt").read_text("utf-8")
    assert len(text.splitlines()) == 3 + dialog.rows.rowCount()
    assert str(tmp_path / "行.txt") in dialog.where.text()
    no = QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_: no)
    dialog.filter.clear()
    _settle(driver, dialog)
    dialog.export.click()
    _settle(driver, dialog)
    assert (tmp_path / "行.txt").read_text("utf-8") == text


def test_a_bounded_number_is_listed_until_one_goes_on(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concordance.Concordance.more, "__defaults__", (30,))
    dialog = _listed(driver, "职工")
    assert dialog.rows.rowCount() == 30
    assert dialog.more.isVisible()
    assert "还有更多" in dialog.count.text()
    dialog.more.click()
    _settle(driver, dialog)
    assert dialog.rows.rowCount() == 60


def test_a_query_that_cannot_be_read_says_why(
    driver: Driver, show: Callable[[str], ConcordanceDialog]
) -> None:
    dialog = show("职工")
    shown = dialog.rows.rowCount()
    dialog.query.setText("(职工")
    dialog.list.click()
    assert dialog.where.text()
    assert dialog.rows.rowCount() == shown
    assert dialog.windowTitle() == "“职工”上下文一览"


def test_the_same_question_is_not_listed_again_and_another_one_is(driver: Driver) -> None:
    dialog = _dialog(driver)
    issue = browsing.issues(driver.library)[0].id
    asked: list[str] = []
    dialog.gathering.begun.connect(lambda: asked.append(dialog.query.text()))
    for options in (Options(), Options(sort="date"), Options(scope=Scope(issue=issue))):
        dialog.ask("职工", options)
        _settle(driver, dialog)
    assert len(asked) == 4  # gathered and arranged, twice
    assert {line.where.issue.id for line in dialog.rows.shown()} == {issue}


def test_new_documents_bring_new_lines(
    driver: Driver, show: Callable[[str], ConcordanceDialog], tmp_path: Path
) -> None:
    dialog = show("翡翠鸟蛋")
    assert dialog.rows.rowCount() == 0
    file = bulletin(tmp_path, "新.txt", "翡翠鸟蛋收藏展开幕")
    from support import finish

    driver.act(lambda library: finish(import_paths(library, [file])).change)
    _settle(driver, dialog)
    assert dialog.rows.rowCount() >= 2


def test_it_closes_with_its_window_while_it_works(driver: Driver) -> None:
    dialog = _dialog(driver)
    dialog.query.setText("工会")
    dialog.list.click()
    driver.window.close()
    assert driver.window.concordances._dialog is None
    assert not dialog.isVisible()


def test_escape_closes_it_and_it_opens_anew(
    driver: Driver, show: Callable[[str], ConcordanceDialog]
) -> None:
    dialog = show("职工")
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert _dialog(driver) is not dialog


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1180, 720), (760, 480)])
def test_words_have_room(open_window: Open, language: str, size: tuple[int, int]) -> None:
    driver = open_window(language=language)
    dialog = _listed(driver, "body:工资集体协商")
    dialog.resize(*size)
    dialog.rows.show((), ())  # contexts give way
    wait_for_paint()
    assert faults(dialog) == []


def test_a_narrow_table_leaves_the_facts_out(show: Callable[[str], ConcordanceDialog]) -> None:
    dialog = show("职工")
    date, source = (COLUMNS.index(name) for name in ("date", "source"))
    dialog.table.resize(800, 400)
    assert not dialog.table.isColumnHidden(date)
    assert not dialog.table.isColumnHidden(source)
    dialog.table.resize(600, 400)
    assert not dialog.table.isColumnHidden(date)
    assert dialog.table.isColumnHidden(source)
    dialog.table.resize(500, 400)
    assert dialog.table.isColumnHidden(date)
    assert dialog.rows.index(0, LEFT) != QModelIndex()
