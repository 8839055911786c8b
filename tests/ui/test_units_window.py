"""Units in the window: the tree of sources, what is done with a unit, the dialogs, by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QToolTip
from window_driver import Driver

from bulletin_desktop.model.units import Printed
from bulletin_desktop.services import units
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.unit_names_dialog import UnitNamesDialog
from bulletin_desktop.ui.dialogs.unit_picker import UnitPicker
from bulletin_desktop.ui.dialogs.units_dialog import UnitsDialog
from bulletin_desktop.ui.models.nodes import Node
from bulletin_desktop.ui.models.sources_model import SourcesModel
from bulletin_desktop.ui.reader.page import JOINER

TOP, KUNSHAN = "unit 苏州市/总工会", "unit 昆山市/总工会"
LIVING, WOMEN = "unit 苏州市/总工会/生活部", "unit 苏州市/总工会/生活女工部"
MIXED = Printed("综合来稿", "苏州市")
DOUBTFUL = "市农村农村信用社行业管理组"


def _node(driver: Driver, *keys: str) -> Node:
    node = driver.tree.outline.node(driver.index(*keys))
    assert node is not None, keys
    return node


def _go(driver: Driver, *keys: str) -> None:
    driver.tab("sources")
    assert driver.tree.go(driver.index(*keys))
    driver.outline.focus_list()


def _rows(driver: Driver, *keys: str) -> list[tuple[str, str]]:
    """The labels and counts below a row."""
    model, parent = driver.tree.outline, driver.index(*keys)
    if model.canFetchMore(parent):
        model.fetchMore(parent)
    nodes = [model.node(model.index(row, 0, parent)) for row in range(model.rowCount(parent))]
    return [(node.label, node.count) for node in nodes if node is not None]


# The tree


def test_units_stand_as_a_tree_and_what_is_none_comes_last(driver: Driver) -> None:
    driver.tab("sources")
    assert _rows(driver) == [("苏州市总工会", "44"), ("不是单位的来源", "1")]
    below = _rows(driver, TOP)
    assert below[:2] == [("研究室", "6"), ("办公室", "3")]
    assert ("张家港市总工会", "5") in below
    assert below[-1] == ("苏州创元集团工会", "1")
    assert _rows(driver, "no_units") == [("综合来稿", "1")]
    assert len(_rows(driver, TOP, KUNSHAN)) == 2


def test_articles_without_a_source_stand_at_the_end(driver: Driver) -> None:
    driver.library.connection.execute("UPDATE articles SET source = NULL WHERE id = 1")
    driver.tab("sources")
    assert _rows(driver)[-1] == ("未署来源", "1")


def test_the_tip_of_a_unit_shows_how_it_is_printed(driver: Driver) -> None:
    driver.act(lambda library: units.add_name(library, "苏州市/总工会/研究室", "政研室"))
    driver.tab("sources")
    tip = _node(driver, TOP, "unit 苏州市/总工会/研究室").tip.split("\n")
    assert tip == [
        "苏州市总工会研究室", "又名：政研室",
        "印作：市总办公室、研究室；市总工会研究室；市总研究室",
    ]  # fmt: skip


def test_the_article_that_is_read_is_found_under_its_unit(driver: Driver) -> None:
    for record in driver.records()[::6]:
        driver.tab("issues")
        assert driver.tree.go_article(record.id)
        driver.tab("sources")
        assert driver.outline.selected_articles() == (record.id,)


def test_the_filter_leaves_the_units_of_what_fits(driver: Driver) -> None:
    driver.tab("sources")
    driver.outline._filter.setText("昆山市")
    driver.outline._apply_filter()
    assert _rows(driver) == [("苏州市总工会", "2")]
    assert _rows(driver, TOP) == [("昆山市总工会", "2")]
    driver.outline.clear_filter()
    assert _rows(driver)[0] == ("苏州市总工会", "44")


def test_an_older_library_is_told_meanwhile_whose_bulletins_it_has(driver: Driver) -> None:
    driver.library.connection.execute("UPDATE issues SET place = NULL")
    driver.tab("sources")
    driver.until(lambda: units.is_placed(driver.library))
    driver.settle()
    assert _rows(driver)[0] == ("苏州市总工会", "44")


# Acting on units


def test_f2_renames_what_is_selected(
    driver: Driver, answer_name: Callable[[str | None], None]
) -> None:
    _go(driver, TOP, KUNSHAN)
    answer_name("昆山总")
    driver.key("F2")
    driver.settle()
    assert _node(driver, TOP, KUNSHAN).label == "昆山总"
    driver.key("Ctrl+Z")
    driver.settle()
    assert _node(driver, TOP, KUNSHAN).label == "昆山市总工会"


def test_f2_on_an_article_says_what_can_be_renamed(driver: Driver) -> None:
    said: list[str] = []
    driver.context.said.connect(said.append)
    driver.outline.focus_list()
    driver.key("F2")
    assert said == [driver.context.text("menu.rename_what")]


@pytest.mark.parametrize("act", [Act.MERGE_UNIT, Act.MOVE_UNIT, Act.UNIT_NAMES])
def test_without_a_unit_the_user_hears_what_to_select(driver: Driver, act: Act) -> None:
    said: list[str] = []
    driver.context.said.connect(said.append)
    driver.window.acts[act].trigger()
    assert said == [driver.context.text("unit.select_first")]


def test_the_menu_of_a_unit(driver: Driver, pick: Callable[..., list[str]]) -> None:
    _go(driver, TOP, KUNSHAN)
    tree = driver.tree
    offered = pick()
    tree.customContextMenuRequested.emit(tree.visualRect(tree.currentIndex()).center())
    text = driver.context.text
    codes = ("rename", "merge_unit", "move_unit", "unit_names", "sources")
    assert offered == [text(f"action.{code}") for code in codes]
    assert tree.go(driver.index("no_units"))
    offered = pick()
    tree.customContextMenuRequested.emit(tree.visualRect(tree.currentIndex()).center())
    assert offered == [text("action.sources")]


def _open(driver: Driver, dialog: QDialog) -> None:
    dialog.show()
    dialog.activateWindow()
    driver.until(dialog.isActiveWindow)


def _answer(monkeypatch: pytest.MonkeyPatch, deed: Callable[[Any], object]) -> None:
    """Do something in the next dialog, then take it."""

    def run(dialog: Any) -> int:
        deed(dialog)
        return int(dialog.result())

    monkeypatch.setattr(QDialog, "exec", run)


def _choose(driver: Driver, typed: str) -> Callable[[UnitPicker], None]:
    def choose(picker: UnitPicker) -> None:
        _open(driver, picker)
        driver.type(typed)
        driver.key("Return")
        driver.until(lambda: not picker.isVisible())

    return choose


def test_a_unit_is_merged_into_one_that_is_typed(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go(driver, TOP, LIVING)
    _answer(monkeypatch, _choose(driver, "shng"))
    driver.window.acts[Act.MERGE_UNIT].trigger()
    driver.settle()
    assert driver.step_names()[0] == "step.unit_merge"
    assert dict(_rows(driver, TOP))["生活女工部"] == "2"
    assert LIVING[5:] not in driver.context.units().units


def test_a_unit_is_moved_and_comes_to_the_top(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go(driver, TOP, "unit 苏州市/望亭发电厂工会")
    _answer(monkeypatch, _choose(driver, "xiangcheng"))
    driver.window.acts[Act.MOVE_UNIT].trigger()
    driver.settle()
    assert dict(_rows(driver, TOP))["相城区总工会"] == "3"
    _go(driver, TOP, KUNSHAN)

    def take_first(picker: UnitPicker) -> None:
        picker._enter()

    _answer(monkeypatch, take_first)
    driver.window.acts[Act.MOVE_UNIT].trigger()
    driver.settle()
    assert ("昆山市总工会", "2") in _rows(driver)


def test_a_unit_cannot_be_moved_below_itself(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go(driver, TOP)
    offered: list[str] = []
    _answer(monkeypatch, lambda picker: offered.extend(picker._labels()))
    driver.window.acts[Act.MOVE_UNIT].trigger()
    assert offered == [driver.context.text("unit.top")]


# Names


def test_names_are_added_and_taken_away(driver: Driver) -> None:
    driver.act(lambda library: units.merge(library, [LIVING.removeprefix("unit ")], WOMEN[5:]))
    dialog = UnitNamesDialog(driver.context, WOMEN[5:], driver.window)
    _open(driver, dialog)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        "苏州市总工会生活部", "印作：市总工会生活部", "印作：市总生活女工部",
    ]  # fmt: skip
    dialog.field.setText("女工部")
    driver.focus(dialog.field)
    driver.key("Return")
    driver.settle()
    assert driver.context.units().units[WOMEN[5:]].names == ("女工部", "苏州市总工会生活部")
    dialog.list.setCurrentRow(1)
    driver.focus(dialog.list)
    driver.key("Del")
    driver.settle()
    assert driver.context.units().units[LIVING[5:]].articles == 1
    dialog.list.setCurrentRow(1)  # as printed: that cannot be taken away
    assert not dialog.remove.isEnabled()
    dialog.field.setText("昆山市总工会")
    dialog.add.click()
    driver.settle()
    assert "昆山市总工会" in dialog.words.text()
    dialog.close()


# All sources


@pytest.fixture
def dialog(driver: Driver) -> UnitsDialog:
    """The dialog of all sources."""
    made = UnitsDialog(driver.context, driver.window)
    _open(driver, made)
    driver.until(made.table.hasFocus)
    return made


def _source(dialog: UnitsDialog) -> str:
    assert dialog.source is not None
    return dialog.source.source


def _reading(driver: Driver, source: str) -> tuple[str, ...]:
    return driver.context.units().readings[Printed(source, "苏州市")].units


def test_the_table_keeps_the_rules_of_a_model(driver: Driver) -> None:
    model = SourcesModel(driver.context, driver.context)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(model, mode, model)
    model.narrow("昆山")
    assert model.rowCount() == 1
    assert [model.data(model.index(0, column)) for column in range(5)] == [
        "昆山市总工会", "昆山市总工会", "2", "苏州市", "推定",
    ]  # fmt: skip


def test_doubtful_sources_come_first_and_say_why(driver: Driver, dialog: UnitsDialog) -> None:
    assert _source(dialog) == DOUBTFUL
    assert "重复" in dialog.reason.text()
    assert dialog.count.text() == driver.context.text("unit.count", n=27, doubtful=1)


def test_space_confirms_and_the_next_one_comes(driver: Driver, dialog: UnitsDialog) -> None:
    before = _reading(driver, DOUBTFUL)
    driver.key("Space")
    driver.settle()
    assert driver.context.units().readings[Printed(DOUBTFUL, "苏州市")].decided
    assert _reading(driver, DOUBTFUL) == before
    assert _source(dialog) != DOUBTFUL
    assert dialog.rows.doubtful == 0
    driver.key("Ctrl+Z")
    driver.settle()
    assert dialog.rows.doubtful == 1


def test_del_says_no_unit_and_backspace_infers_again(driver: Driver, dialog: UnitsDialog) -> None:
    driver.key("Del")
    driver.settle()
    assert _reading(driver, DOUBTFUL) == ()
    dialog._go(dialog.rows.rowCount() - 1)
    assert _source(dialog) == DOUBTFUL
    driver.key("Backspace")
    driver.settle()
    assert len(_reading(driver, DOUBTFUL)) == 1


def test_enter_asks_for_units_which_are_completed(
    driver: Driver, dialog: UnitsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(picker: UnitPicker) -> None:
        _open(driver, picker)
        assert picker.field.text() == "苏州市农村信用社行业管理组"
        driver.type("kunshan")
        driver.key("Return")
        driver.until(lambda: picker.field.text() == "昆山市总工会")
        picker.field.setText("昆山市总工会、新单位")
        driver.until(lambda: picker._answered)
        driver.key("Return")
        driver.until(lambda: not picker.isVisible())

    _answer(monkeypatch, choose)
    driver.key("Return")
    driver.settle()
    assert _reading(driver, DOUBTFUL) == ("昆山市/总工会", "/新单位")


def test_up_and_down_choose_in_the_list_and_escape_changes_nothing(
    driver: Driver, dialog: UnitsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(picker: UnitPicker) -> None:
        _open(driver, picker)
        driver.key("Down", "Down", "Up")
        assert picker.list.currentRow() == 0
        driver.key("Escape")
        assert not picker.isVisible()

    before = driver.step_names()
    _answer(monkeypatch, leave)
    driver.key("F2")
    driver.settle()
    assert driver.step_names() == before


def test_the_filter_narrows_by_source_unit_or_place(driver: Driver, dialog: UnitsDialog) -> None:
    driver.key("Ctrl+F")
    assert dialog.filter.hasFocus()
    dialog.filter.setText("研究室")
    assert dialog.rows.rowCount() == 3
    driver.key("Return")
    assert dialog.table.hasFocus()
    dialog.filter.setText("没有这样的")
    assert dialog.source is None
    assert dialog.reason.text() == ""
    assert not any(button.isEnabled() for button, _, _ in dialog._deeds.values())


# The reader


def test_the_source_in_the_page_tells_its_unit_and_why(driver: Driver) -> None:
    article = next(r.id for r in driver.records() if r.source == "市总办公室、研究室")
    driver.outline.show_article(article)
    page = driver.reader.page
    facts = page.document().findBlock(page._body_at - 1)
    assert "市总办公室、研究室" in facts.text().replace(JOINER, "")
    _rest(page, page.cursorRect(_cursor_at(page, facts.position() + 1)).center())
    assert QToolTip.text().splitlines() == [
        "苏州市总工会办公室、苏州市总工会研究室",
        "“市总办公室”按本刊所在地苏州市解作苏州市总工会办公室",
        "“研究室”接前面的单位，解作苏州市总工会研究室",
    ]
    _rest(page, QPoint(5, 5))
    driver.until(lambda: not QToolTip.text())


def _rest(page: Any, where: QPoint) -> None:
    """Let the mouse rest somewhere on the page."""
    event = QHelpEvent(QHelpEvent.Type.ToolTip, where, page.viewport().mapToGlobal(where))
    QApplication.sendEvent(page.viewport(), event)


def _cursor_at(page: Any, position: int) -> Any:
    cursor = page.textCursor()
    cursor.setPosition(position)
    return cursor
