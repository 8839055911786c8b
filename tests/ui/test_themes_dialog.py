"""The theme manager by mouse and by keys: the tree, the fields, merging, splitting, files."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from window_driver import wait_until

from bulletin_desktop.catalogue import Catalogue, Language
from bulletin_desktop.model.records import Theme
from bulletin_desktop.services import Library, history, tagging, themes
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.dialogs.theme_picker import ThemePicker
from bulletin_desktop.ui.dialogs.theme_split_dialog import ThemeSplitDialog
from bulletin_desktop.ui.dialogs.themes_dialog import ThemesDialog
from bulletin_desktop.ui.models.themes_model import MIME, ThemesModel

ORGANISING, WAGES, RIGHTS = "组织建设", "工资集体协商", "维权与劳动关系"


class Manager:
    """Hands and eyes for the dialog, on a library of its own without a window."""

    def __init__(self, file: Path, qtbot: QtBot, language: Language = "zh") -> None:
        tokens = theme.Tokens("light")
        theme.apply(tokens)
        self.qtbot = qtbot
        self.library = Library(file)
        self.context = Context(self.library, Catalogue(language), tokens)
        self.parent = QWidget()
        self.dialog = ThemesDialog(self.context, self.parent)
        self.tree = self.dialog.tree
        self.details = self.dialog.details
        self.failures: list[str] = []
        self.context.failed.connect(lambda error: self.failures.append(error.code))
        QAbstractItemModelTester(
            self.tree.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, self.dialog
        )
        self.show(self.dialog)

    def show(self, dialog: QDialog) -> None:
        dialog.show()
        dialog.activateWindow()
        self.until(dialog.isActiveWindow)

    def back(self) -> None:
        """To the tree, after another dialog was open."""
        self.show(self.dialog)
        self.tree.setFocus()

    def close(self) -> None:
        self.dialog.close()
        self.settle()
        self.context.close()
        self.parent.deleteLater()
        gc.collect()

    def until(self, condition: Callable[[], object]) -> None:
        wait_until(condition)

    def settle(self) -> None:
        runner = self.context.runner
        asked: list[Callable[..., Any]] = [
            runner.write, lambda v, d: runner.read("", v, d), lambda v, d: runner.think("", v, d),
        ]  # fmt: skip
        for ask in asked * 2:
            came: list[Any] = []
            ask(lambda _: None, came.append)
            self.until(lambda came=came: came)
        QApplication.processEvents()

    def key(self, *keys: str) -> None:
        for key in keys:
            focused = QApplication.focusWidget() or self.dialog
            QTest.keySequence(focused, QKeySequence(key))

    def go(self, name: str) -> Theme:
        self.tree.go(self.theme(name).id)
        self.tree.setFocus()
        return self.theme(name)

    def theme(self, name: str) -> Theme:
        return themes.by_name(self.library, name)

    def parents(self) -> dict[str, str]:
        known = {t.id: t for t in themes.all_themes(self.library)}
        return {t.name: known[t.parent].name for t in known.values() if t.parent}

    def shown(self) -> list[str]:
        return [self.context.themes()[each].name for each in self.tree.rows.shown()]

    def step(self) -> str:
        return history.steps(self.library)[0].code


@pytest.fixture
def manager(qtbot: QtBot, tmp_path: Path, themed_file: Path) -> Iterator[Manager]:
    file = Path(shutil.copy(themed_file, tmp_path / "themes.bdlib"))
    with Library(file) as library:
        by_name = {t.name: t.id for t in themes.all_themes(library)}
        tagging.tag(library, [1, 2, 3], [by_name[ORGANISING]])
        tagging.tag(library, [3, 4], [by_name[WAGES]])
    made = Manager(file, qtbot)
    yield made
    made.close()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], object]], None]:
    """Does something in the next dialog that waits for its user."""

    def arm(deed: Callable[[Any], object]) -> None:
        def run(dialog: Any) -> int:
            deed(dialog)
            return int(dialog.result())

        monkeypatch.setattr(QDialog, "exec", run)

    return arm


# The tree


def test_counts_lead_to_articles_and_unused_themes_are_marked(manager: Manager) -> None:
    wanted: list[int] = []
    manager.dialog.articles_wanted.connect(wanted.append)
    rows, wages = manager.tree.rows, manager.theme(WAGES)
    unused = manager.theme(RIGHTS)
    assert rows.find(wages.id).siblingAtColumn(2).data() == "2"
    assert rows.find(unused.id).siblingAtColumn(2).data() == "未用"
    for each in (wages, unused):
        place = manager.tree.visualRect(rows.find(each.id).siblingAtColumn(2)).center()
        QTest.mouseClick(
            manager.tree.viewport(), Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier, place,
        )  # fmt: skip
    assert wanted == [wages.id]
    manager.go(WAGES)
    manager.key("Ctrl+Return")
    manager.details.articles.click()
    assert wanted == [wages.id] * 3
    manager.dialog.unused.setChecked(True)
    assert len(manager.shown()) == 10
    assert WAGES not in manager.shown()


def test_the_filter_takes_pinyin_and_keeps_those_above(manager: Manager) -> None:
    wages = manager.go(WAGES)
    manager.context.act(lambda library: themes.move(library, wages.id, 1))
    manager.settle()
    manager.key("Ctrl+F")
    QTest.keyClicks(manager.dialog.filter, "gzjt")
    manager.settle()
    assert manager.shown() == [ORGANISING, WAGES]
    assert manager.details.name.text() == WAGES
    manager.key("Return")
    assert manager.tree.hasFocus()
    manager.dialog.filter.setText("没有这个")
    manager.settle()
    assert manager.shown() == []
    assert manager.details.name.text() == ""
    manager.dialog.filter.clear()
    assert len(manager.shown()) == 12


def test_f2_renames_in_place_and_letters_are_keys_no_more(manager: Manager) -> None:
    manager.go(WAGES)
    manager.key("F2")
    editor = manager.tree.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Pnms")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    manager.settle()
    assert manager.theme("Pnms").articles == 2
    assert manager.tree.theme == manager.theme("Pnms")
    manager.tree.setFocus()
    manager.key("Ctrl+Z")
    manager.settle()
    assert manager.tree.theme == manager.theme(WAGES)


def test_a_name_that_is_taken_offers_to_merge(
    manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    replies = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]

    def reply(*words: Any) -> QMessageBox.StandardButton:
        asked.append(words[2])
        return replies.pop(0)

    monkeypatch.setattr(QMessageBox, "question", reply)
    wages = manager.theme(WAGES)
    for left in (12, 11):
        manager.tree.rows.setData(manager.tree.rows.find(wages.id), ORGANISING)
        manager.settle()
        assert len(themes.all_themes(manager.library)) == left
    assert "2 篇文章、0 处摘录" in asked[0]
    assert "其中 1 篇、0 处" in asked[0]
    assert manager.theme(ORGANISING).articles == 4
    assert WAGES in manager.theme(ORGANISING).aliases


def test_themes_are_dragged_below_others_but_not_below_themselves(manager: Manager) -> None:
    rows = manager.tree.rows
    above, low = manager.theme(ORGANISING), manager.theme(WAGES)
    data = rows.mimeData([rows.find(low.id), rows.find(manager.theme(RIGHTS).id)])
    move, place = Qt.DropAction.MoveAction, rows.find(above.id)
    assert rows.canDropMimeData(data, move, -1, 0, place)
    assert not rows.dropMimeData(data, move, -1, 0, place)
    manager.settle()
    assert manager.parents() == {WAGES: ORGANISING, RIGHTS: ORGANISING}
    back = rows.mimeData([rows.find(above.id)])
    assert not rows.canDropMimeData(back, move, -1, 0, rows.find(low.id))
    assert not rows.canDropMimeData(QMimeData(), move, -1, 0, place)
    rows.dropMimeData(data, move, 0, 0, rows.index(-1, 0))
    manager.settle()
    assert manager.parents() == {}
    assert rows.mimeTypes() == [MIME]


def test_themes_move_by_keys(
    manager: Manager, answer: Callable[[Callable[[Any], object]], None]
) -> None:
    manager.go(WAGES)
    manager.key("Alt+Right")
    manager.settle()
    assert manager.parents() == {WAGES: ORGANISING}
    manager.key("Alt+Left")
    manager.settle()
    assert manager.parents() == {}

    def choose(picker: ThemePicker) -> None:
        assert WAGES not in [picker._context.themes()[t].name for t in picker.tree.rows.shown()]
        manager.show(picker)
        QTest.keyClicks(picker.field, "wq")
        manager.settle()
        manager.key("Return")

    answer(choose)
    manager.key("P")
    manager.settle()
    assert manager.parents() == {WAGES: RIGHTS}
    answer(lambda picker: picker.to_top.click())
    manager.back()
    manager.key("P")
    manager.settle()
    assert manager.parents() == {}


def test_several_are_merged_after_a_preview_and_deleted_together(
    manager: Manager, answer: Callable[[Callable[[Any], object]], None]
) -> None:
    chosen = [manager.theme(name).id for name in (WAGES, RIGHTS)]
    manager.tree.choose(chosen, chosen[1])
    manager.tree.setFocus()
    assert manager.details.name.text() == "已选 2 个主题"
    assert not manager.details._fields.isVisible()
    told: list[str] = []

    def choose(picker: ThemePicker) -> None:
        manager.show(picker)
        manager.settle()
        told.append(picker.words.text())
        manager.key("Down", "Up", "Return")

    answer(choose)
    manager.key("M")
    manager.settle()
    assert told[0].startswith(f"“{WAGES}、{RIGHTS}”并入“{ORGANISING}”：2 篇文章")
    assert manager.theme(ORGANISING).articles == 4
    manager.back()
    manager.tree.selectAll()
    manager.key("Del")
    manager.settle()
    assert themes.all_themes(manager.library) == []
    assert manager.step() == "step.theme_delete"
    manager.key("Ctrl+Z")
    manager.settle()
    assert len(manager.shown()) == 10


def test_a_theme_is_split_off_by_a_search(
    manager: Manager, answer: Callable[[Callable[[Any], object]], None]
) -> None:
    manager.go(ORGANISING)

    def split(dialog: ThemeSplitDialog) -> None:
        manager.show(dialog)
        assert not dialog.split.isEnabled()
        dialog.query.setText("(")
        dialog._timer.stop()
        dialog._count()
        manager.settle()
        assert not dialog.split.isEnabled()
        assert dialog.words.text() not in ("", manager.context.text("themes.split_hint"))
        dialog.query.setText(f"主题:{WAGES}")
        dialog._timer.stop()
        dialog._count()
        manager.settle()
        assert dialog.words.text() == f"“{ORGANISING}”共 3 篇，其中 1 篇归入新主题。"
        for name in (RIGHTS, "协商与组织"):
            dialog.name.setText(name)
            dialog.split.click()
            manager.settle()
            assert dialog.isVisible() == (name == RIGHTS)

    answer(split)
    manager.key("S")
    assert manager.failures == ["query.open_group", "theme.exists"][1:]
    assert manager.parents() == {"协商与组织": ORGANISING}
    assert (manager.theme(ORGANISING).articles, manager.theme("协商与组织").articles) == (2, 1)


def test_a_new_theme_stands_below_the_one_at_hand(
    manager: Manager, answer_name: Callable[[str | None], None]
) -> None:
    manager.go(WAGES)
    answer_name(" 最低  工资 ")
    manager.key("N")
    manager.settle()
    assert manager.parents() == {"最低 工资": WAGES}
    assert manager.details.name.text() == "最低 工资"
    assert manager.details.place.text() == WAGES


# The fields


def test_each_field_is_kept_when_it_is_left(manager: Manager) -> None:
    manager.go(WAGES)
    details = manager.details
    manager.key("Return")
    assert details.description.hasFocus()
    details.description.setPlainText("工资的事")
    details.words.setPlainText("增长机制，最低工资、\n增长机制")
    manager.key("Escape")
    manager.settle()
    assert manager.tree.hasFocus()
    details.words.setFocus()
    details.aliases.setFocus()
    details.aliases.setPlainText("议薪")
    manager.go(RIGHTS)
    manager.settle()
    wages = manager.theme(WAGES)
    assert wages.description == "工资的事"
    assert (wages.words, wages.aliases) == (("增长机制", "最低工资"), ("议薪",))
    assert details.aliases.toPlainText() == "、".join(manager.theme(RIGHTS).aliases)
    manager.go(WAGES)
    assert details.words.toPlainText() == "增长机制、最低工资"


def test_an_alias_that_means_another_theme_stays_to_be_mended(manager: Manager) -> None:
    manager.go(WAGES)
    manager.details.aliases.setFocus()
    manager.details.aliases.setPlainText(f"议薪、{RIGHTS}")
    manager.tree.setFocus()
    manager.settle()
    assert manager.failures == ["theme.alias_taken"]
    assert RIGHTS in manager.dialog.words.text()
    manager.context.act(lambda library: themes.set_key(library, 1, None))
    manager.settle()
    assert manager.details.aliases.toPlainText() == f"议薪、{RIGHTS}"


def test_colour_key_and_note(manager: Manager) -> None:
    noted: list[int] = []
    manager.dialog.note_wanted.connect(noted.append)
    wages, details = manager.go(WAGES), manager.details
    details.swatches.setFocus()
    manager.key("Home", "Left", "Left", "Left", "Left", "Down", "Space")
    manager.settle()
    colours = themes.palette()
    assert manager.theme(WAGES).colour == colours[8]
    place: QPoint = details.swatches.box(2).center()
    QTest.mouseClick(
        details.swatches, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    manager.settle()
    assert manager.theme(WAGES).colour == colours[2]
    assert "葱绿" in details.swatches.accessibleName()
    manager.context.act(lambda library: themes.set_colour(library, wages.id, "#010203"))
    manager.settle()
    assert "#010203" in details.swatches.accessibleName()
    row = details.key.findData("1")
    assert details.key.itemText(row) == f"1 · {ORGANISING}"
    details.key.setCurrentIndex(row)
    details.key.activated.emit(row)
    manager.settle()
    assert (manager.theme(WAGES).key, manager.theme(ORGANISING).key) == ("1", None)
    details.note.click()
    assert noted == [wages.id]


def test_no_key_acts_while_an_input_method_composes(manager: Manager) -> None:
    manager.go(WAGES)
    assert not manager.tree.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    manager.details.description.setFocus()
    QApplication.sendEvent(manager.details.description, QInputMethodEvent("gongzi", []))
    manager.key("Del", "M")
    manager.settle()
    assert len(themes.all_themes(manager.library)) == 12


def test_what_is_typed_is_kept_when_the_window_closes(manager: Manager) -> None:
    manager.go(WAGES)
    manager.details.description.setFocus()
    manager.details.description.setPlainText("快关上")
    manager.dialog.close()
    manager.settle()
    assert manager.theme(WAGES).description == "快关上"


# Files


def test_a_set_is_written_and_read(
    manager: Manager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "主题"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(target), "REFI-QDA (*.qdc)")
    )
    manager.dialog._buttons["export"].click()
    manager.settle()
    assert (tmp_path / "主题.qdc").exists()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "没有别名、线索词和数字键的位置" in box.informativeText()
    box.close()
    given = {"format": "bulletin-desktop-themes", "version": 1, "themes": [{"name": "新来的"}]}
    (tmp_path / "in.json").write_text(json.dumps(given), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "in.json"), ""))
    manager.dialog._buttons["import"].click()
    manager.settle()
    assert "新来的" in manager.shown()
    assert manager.dialog.words.text() == "主题：新增 1，已有 0，补全 0。"


def test_rows_keep_their_place_while_counts_change(manager: Manager) -> None:
    """So that nothing that is being renamed or selected is lost when somebody tags."""
    model, resets = ThemesModel(manager.context), []
    model.modelReset.connect(lambda: resets.append(1))
    known = themes.all_themes(manager.library)
    model.show(known)
    model.show([each._replace(articles=each.articles + 1) for each in known])
    assert len(resets) == 1
    assert model.find(known[0].id).siblingAtColumn(2).data() == "4"
