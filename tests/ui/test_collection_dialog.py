"""Arranging a collection by keys and mouse: order, headings, extents, words, counts."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from window_driver import Driver

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.services import Library, collections, history, passages, trash
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.dialogs.collection_dialog import CollectionDialog
from bulletin_desktop.ui.models.collection_model import CHARACTERS, DEPTH, EXTENT

PATIENCE = 20_000


class Arranger:
    """Hands and eyes for the dialog, on a library of its own without a window."""

    def __init__(self, file: Path, qtbot: QtBot) -> None:
        tokens = theme.Tokens("light")
        theme.apply(tokens)
        self.qtbot = qtbot
        self.library = Library(file)
        self.context = Context(self.library, Catalogue("zh"), tokens)
        self.parent = QWidget()
        self.dialog = CollectionDialog(self.context, 1, self.parent)
        self.table = self.dialog.table
        QAbstractItemModelTester(
            self.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, self.dialog
        )
        self.dialog.show()
        self.dialog.activateWindow()
        self.until(self.dialog.isActiveWindow)
        self.until(self.table.rows.rowCount)
        self.table.setFocus()

    def close(self) -> None:
        self.dialog.close()
        self.settle()
        self.context.close()
        self.parent.deleteLater()
        gc.collect()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def settle(self) -> None:
        runner = self.context.runner
        asked: list[Callable[..., Any]] = [runner.write, lambda v, d: runner.read("", v, d)]
        for ask in asked * 2:
            came: list[Any] = []
            ask(lambda _: None, came.append)
            self.until(lambda came=came: came)
        QApplication.processEvents()

    def key(self, *keys: str) -> None:
        for key in keys:
            QTest.keySequence(QApplication.focusWidget() or self.dialog, QKeySequence(key))
        self.settle()

    def go(self, *items: int) -> None:
        self.table.choose(items, self.table.rows.row_of(items[0]))

    def order(self) -> list[int | str]:
        listed = collections.items(self.library, 1)
        assert [row.item for row in self.table.rows.rows] == listed
        return [item.article or item.text for item in listed]

    def cell(self, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.table.rows.index(row, column).data(role)


@pytest.fixture
def arranger(qtbot: QtBot, tmp_path: Path, themed_file: Path) -> Iterator[Arranger]:
    file = Path(shutil.copy(themed_file, tmp_path / "arranged.bdlib"))
    with Library(file) as library:
        collections.add_articles(library, "每周选编", [3, 4, 5, 12])
    made = Arranger(file, qtbot)
    yield made
    made.close()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What is typed where words are asked for."""
    return lambda words: monkeypatch.setattr(
        QInputDialog, "getText", lambda *_args, **_named: (words, True)
    )


def test_headings_are_made_renamed_lowered_and_taken_back(
    arranger: Arranger, typed: Callable[[str], None]
) -> None:
    arranger.go(2)
    typed("上编")
    arranger.key("H")
    assert arranger.order() == [3, "上编", 4, 5, 12]
    assert arranger.table.one.item.text == "上编"
    assert [arranger.cell(row, 0, DEPTH) for row in range(3)] == [0, 0, 1]
    arranger.key("Alt+Right")
    assert collections.items(arranger.library, 1)[1].level == 2
    assert arranger.cell(2, 0, DEPTH) == 2
    arranger.key("F2")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("中编")
    QTest.keyClick(field, Qt.Key.Key_Return)
    arranger.settle()
    assert arranger.order() == [3, "中编", 4, 5, 12]
    arranger.table.setFocus()
    arranger.key("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert arranger.order() == [3, 4, 5, 12]
    arranger.key("Ctrl+Shift+Z")
    assert arranger.order() == [3, "上编", 4, 5, 12]


def test_rows_move_by_keys_and_by_dragging_and_are_taken_out(arranger: Arranger) -> None:
    arranger.go(1, 2)
    arranger.key("Alt+Down")
    assert arranger.order() == [5, 3, 4, 12]
    assert arranger.table.chosen() == [1, 2]
    arranger.key("Alt+Down", "Alt+Down")
    assert arranger.order() == [5, 12, 3, 4]
    arranger.key("Alt+Up")
    rows = arranger.table.rows
    data = rows.mimeData([rows.index(3, 0), rows.index(0, 2)])
    rows.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    arranger.settle()
    assert arranger.order() == [3, 5, 12, 4]
    rows.dropMimeData(rows.mimeData([rows.index(0, 0)]), Qt.DropAction.MoveAction, -1, -1,
                      QModelIndex())  # fmt: skip
    arranger.settle()
    assert arranger.order() == [5, 12, 4, 3]
    arranger.go(4, 1)
    arranger.key("Del")
    assert arranger.order() == [5, 4]
    took = arranger.dialog.words.text()
    arranger.key("Ctrl+Z")
    assert arranger.dialog.words.text() == f"撤销：{took}"
    assert arranger.order() == [5, 12, 4, 3]
    arranger.key("Ctrl+Shift+Z")
    assert arranger.dialog.words.text() == f"重做：{took}"
    assert arranger.order() == [5, 4]
    assert len(arranger.table.chosen()) == 1
    assert not rows.flags(rows.index(0, 0)) & Qt.ItemFlag.ItemIsDropEnabled


def test_what_is_printed_is_chosen_for_several_and_counted(arranger: Arranger) -> None:
    whole = arranger.dialog.figures.text()
    passages_before = arranger.cell(0, CHARACTERS)
    arranger.go(1, 2)
    arranger.key("E")
    assert [arranger.cell(row, EXTENT) for row in range(3)] == ["无摘录", "无摘录", "全文"]
    assert arranger.cell(0, CHARACTERS) == "0" != passages_before
    arranger.context.act(lambda library: passages.mark(library, 3, 0, 10, []))
    arranger.until(lambda: arranger.cell(0, EXTENT) == "摘录 1")
    assert arranger.cell(0, CHARACTERS) != "0"
    assert arranger.dialog.figures.text() != whole
    arranger.until(lambda: "页" in arranger.dialog.figures.text())
    arranger.key("F")
    assert arranger.cell(0, CHARACTERS) == passages_before


def test_a_summary_is_written_or_is_the_first_sentence(arranger: Arranger) -> None:
    edit = arranger.dialog.summary.edit
    arranger.go(1, 2)
    assert not edit.isEnabled()
    arranger.go(2)
    arranger.until(arranger.dialog.summary.take.isEnabled)
    sentence = edit.placeholderText()
    arranger.dialog.summary.take.click()
    arranger.settle()
    item = collections.items(arranger.library, 1)[1]
    assert (item.text, item.extent) == (sentence, "summary")
    edit.setPlainText("另一句。")
    arranger.go(3)
    arranger.settle()
    assert collections.items(arranger.library, 1)[1].text == "另一句。"
    assert edit.toPlainText() == ""
    arranger.table.setFocus()
    arranger.key("Ctrl+Z")
    arranger.go(2)
    assert edit.toPlainText() == sentence


def test_the_introduction_is_folded_and_kept(arranger: Arranger) -> None:
    intro = arranger.dialog.intro
    assert intro.edit.isHidden()
    intro.toggle()
    assert intro.edit.hasFocus()
    intro.edit.setPlainText("第一段\n第二段")
    intro.toggle()
    arranger.settle()
    assert collections.by_id(arranger.library, 1).intro == "第一段\n第二段"
    assert intro.first.text() == "第一段"
    intro.toggle()
    intro.edit.setPlainText("只有一段")
    arranger.dialog.close()
    arranger.settle()
    assert collections.by_id(arranger.library, 1).intro == "只有一段"


def test_sorting_and_leading_elsewhere(arranger: Arranger) -> None:
    menu = arranger.dialog.sort_button.menu()
    menu.actions()[-1].trigger()
    arranger.settle()
    titles = [row.article.heading for row in arranger.table.rows.rows]
    assert titles == sorted(titles, reverse=True)
    assert history.steps(arranger.library)[0].code == "step.sort_title"
    wanted: list[int] = []
    arranger.dialog.article_wanted.connect(wanted.append)
    arranger.dialog.export_wanted.connect(wanted.append)
    arranger.go(3)
    arranger.key("Return", "Ctrl+E")
    assert wanted == [5, 1]


def test_what_comes_from_outside_is_followed(arranger: Arranger) -> None:
    arranger.context.act(lambda library: trash.discard_articles(library, [4]))
    arranger.until(lambda: arranger.table.rows.rowCount() == 3)
    arranger.context.act(lambda library: collections.rename(library, 1, "新名"))
    arranger.until(lambda: "新名" in arranger.dialog.windowTitle())
    arranger.context.act(lambda library: collections.delete(library, 1))
    arranger.until(arranger.dialog.isHidden)


def test_a_copy_of_a_search_takes_in_new_hits(arranger: Arranger) -> None:
    assert arranger.dialog.update_button.isHidden()
    arranger.library.connection.execute("UPDATE collections SET origin = '培训'")
    arranger.context.act(lambda library: collections.rename(library, 1, "培训"))
    arranger.until(arranger.dialog.update_button.isVisible)
    arranger.dialog.update_button.click()
    arranger.until(lambda: arranger.table.rows.rowCount() > 4)
    assert history.steps(arranger.library)[0].code == "step.collect"
    arranger.settle()
    arranger.dialog.update_button.click()
    words = arranger.context.text("collection.nothing_new")
    arranger.until(lambda: arranger.dialog.words.text() == words)


def test_the_window_opens_the_collection_that_is_meant(driver: Driver) -> None:
    driver.window.acts[Act.EDIT_COLLECTION].trigger()
    ids = [record.id for record in driver.records()]
    for name in ("甲", "乙"):
        driver.act(lambda library, name=name: collections.add_articles(library, name, ids[:3]))
    open_ = driver.window.annotations._open
    driver.window.acts[Act.EDIT_COLLECTION].trigger()
    assert "乙" in _title(driver)
    tree = driver.tab("collections")
    tree.expand(tree.outline.index(0, 0))
    tree.go(tree.outline.index(1, 0, tree.outline.index(0, 0)))
    driver.window.acts[Act.EDIT_COLLECTION].trigger()
    assert "甲" in _title(driver)
    asked: list[Any] = []
    driver.window.deeds.export = asked.append  # type: ignore[method-assign]
    open_["CollectionDialog"].export_button.click()
    assert [choice.name for [choice] in asked] == [
        driver.context.text("export.collection", name="甲", n=3)
    ]
    open_["CollectionDialog"].close()


def _title(driver: Driver) -> str:
    dialog = driver.window.annotations._open["CollectionDialog"]
    driver.until(dialog.windowTitle)
    return dialog.windowTitle()
