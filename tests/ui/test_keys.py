"""Keys: changed on their page, clashes said and taken over, and listed as they are in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from window_driver import Driver, sweep

from bulletin_desktop.ui import actions, settings
from bulletin_desktop.ui.actions import RESERVED, Act
from bulletin_desktop.ui.dialogs.key_list_dialog import KeyListDialog
from bulletin_desktop.ui.dialogs.keys_page import KeysPage, native
from bulletin_desktop.ui.dialogs.settings_dialog import SettingsDialog

Open = Callable[..., Driver]


def portable(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


@pytest.fixture
def page(driver: Driver) -> Iterator[KeysPage]:
    """The keys' page of the settings, open over a window."""
    dialog = SettingsDialog(driver.context, driver.window, "keys")
    dialog.show()
    dialog.activateWindow()
    driver.until(dialog.isActiveWindow)
    yield dialog._made["keys"]
    dialog.close()
    dialog.deleteLater()
    sweep()


def rows(page: KeysPage) -> list[list[str]]:
    """The actions that are shown: name, keys, whether they are changed."""
    model = page.list.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, page)
    return [
        [model.index(row, column, head).data() or "" for column in range(3)]
        for head in (model.index(at, 0) for at in range(model.rowCount()))
        for row in range(model.rowCount(head))
    ]


def go(page: KeysPage, act: Act) -> None:
    """Choose an action."""
    index = next(found for found in every(page) if found.data(Qt.ItemDataRole.UserRole) == act.name)
    page.list.setCurrentIndex(index)


def every(page: KeysPage) -> list[QModelIndex]:
    model = page.list.model()
    heads = [model.index(at, 0) for at in range(model.rowCount())]
    return [model.index(row, 0, head) for head in heads for row in range(model.rowCount(head))]


def caps(page: KeysPage) -> list[QPushButton]:
    return [b for b in page.panel.findChildren(QPushButton, "cap") if b.isVisible()]


def press(driver: Driver, page: KeysPage, act: Act, key: str) -> None:
    """Add a key to an action by hand."""
    go(page, act)
    page.panel.await_key()
    driver.until(page.panel.field.hasFocus)
    QTest.keySequence(page.panel.field, QKeySequence(key))


def in_force(driver: Driver, act: Act) -> tuple[str, ...]:
    return actions.keys_of(act, driver.context.settings)


def test_no_two_actions_share_a_key_and_none_has_a_reserved_one() -> None:
    keys = [portable(key) for act in Act for key in act.value.keys]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {portable(key) for key in RESERVED}


def test_the_page_lists_every_action_by_group(driver: Driver, page: KeysPage) -> None:
    shown = rows(page)
    text = driver.context.text
    assert [name for name, *_ in shown] == [text(act.code).rstrip("…") for act in Act]
    assert [keys for _, keys, _ in shown] == [native(act.value.keys) for act in Act]
    heads = [page.list.model().index(at, 0).data() for at in range(len(actions.GROUPS))]
    assert heads == [text(f"menu.{group}") for group in actions.GROUPS]


@pytest.mark.parametrize(
    ("words", "found"), [("星标", 1), ("ctrl+k", 1), ("资料库", 7), ("无此", 0)]
)
def test_the_filter_looks_at_groups_names_and_keys(page: KeysPage, words: str, found: int) -> None:
    page.filter.setText(words)
    assert len(rows(page)) == found
    page.filter.clear()
    assert len(rows(page)) == len(Act)


def test_a_key_is_added_and_acts_in_the_window_at_once(driver: Driver, page: KeysPage) -> None:
    press(driver, page, Act.STAR, "Ctrl+B")
    assert in_force(driver, Act.STAR) == ("S", "Ctrl+B")
    assert [key.toString() for key in driver.window.acts[Act.STAR].shortcuts()] == ["S", "Ctrl+B"]
    _, keys, changed = rows(page)[list(Act).index(Act.STAR)]
    assert keys == "S / Ctrl+B"
    assert changed
    page.window().close()
    driver.window.activateWindow()
    driver.until(driver.window.isActiveWindow)
    article = driver.reading()
    driver.focus(driver.tree)
    driver.key("Ctrl+B")
    driver.settle()
    assert driver.record(article).starred


def test_a_single_letter_is_a_key_too(driver: Driver, page: KeysPage) -> None:
    press(driver, page, Act.EXPORT, "X")
    assert in_force(driver, Act.EXPORT) == ("Ctrl+E", "X")


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "taken"),
    [
        (Qt.Key.Key_X, "Shift", "X", "Shift+X"),
        (Qt.Key.Key_Question, "Shift", "?", "?"),
        (Qt.Key.Key_F5, "Shift", "", "Shift+F5"),
        (Qt.Key.Key_Plus, "Keypad", "+", "+"),
        (Qt.Key.Key_B, "Meta", "b", "Meta+B"),
        (Qt.Key.Key_Shift, "Shift", "", None),
        (Qt.Key.Key_Control, "Control", "", None),
    ],
)
def test_what_a_key_is_called(
    driver: Driver, page: KeysPage, key: Qt.Key, modifiers: str, text: str, taken: str | None
) -> None:
    seen: list[str] = []
    page.panel.field.pressed.connect(seen.append)
    held = getattr(Qt.KeyboardModifier, f"{modifiers}Modifier")
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(page.panel.field, QKeyEvent(kind, key, held, text))
    assert seen == ([taken] if taken else [])


def test_a_key_is_taken_off_and_all_are_and_the_default_comes_back(
    driver: Driver, page: KeysPage
) -> None:
    go(page, Act.REDO)
    driver.until(lambda: len(caps(page)) == 2)
    caps(page)[0].click()
    assert in_force(driver, Act.REDO) == ("Ctrl+Y",)
    driver.until(lambda: len(caps(page)) == 1)
    page.panel.clear.click()
    assert in_force(driver, Act.REDO) == ()
    assert not caps(page)
    assert not page.panel.clear.isVisible()
    page.panel.default.click()
    assert in_force(driver, Act.REDO) == Act.REDO.value.keys
    assert not page.panel.default.isVisible()
    assert rows(page)[list(Act).index(Act.REDO)][2] == ""


def test_a_clash_names_the_other_action_and_nothing_changes_until_it_is_taken(
    driver: Driver, page: KeysPage
) -> None:
    press(driver, page, Act.STAR, "J")
    assert "J" in page.panel.words.text()
    assert driver.context.text(Act.NEXT.code) in page.panel.words.text()
    assert in_force(driver, Act.STAR) == ("S",)
    driver.until(page.panel.take.hasFocus)
    QTest.keyClick(page.panel.take, Qt.Key.Key_Escape)
    assert not page.panel.words.isVisible()
    assert page.window().isVisible()
    assert in_force(driver, Act.STAR) == ("S",)
    press(driver, page, Act.STAR, "J")
    driver.until(page.panel.take.hasFocus)
    QTest.keyClick(page.panel.take, Qt.Key.Key_Return)
    assert in_force(driver, Act.STAR) == ("S", "J")
    assert in_force(driver, Act.NEXT) == ()


def test_a_default_that_another_action_has_now_is_a_clash_too(
    driver: Driver, page: KeysPage
) -> None:
    actions.give_keys(Act.STAR, ("J",), driver.context.settings)
    go(page, Act.NEXT)
    page.panel.default.click()
    assert driver.context.text(Act.STAR.code) in page.panel.words.text()
    assert in_force(driver, Act.NEXT) == ()
    page.panel.leave.click()
    assert in_force(driver, Act.NEXT) == ()
    page.panel.default.click()
    page.panel.take.click()
    assert in_force(driver, Act.NEXT) == ("J",)
    assert in_force(driver, Act.STAR) == ()


@pytest.mark.parametrize("key", ["1", "Space", "Return", "Up", "Ctrl+C"])
def test_a_reserved_key_is_refused(driver: Driver, page: KeysPage, key: str) -> None:
    press(driver, page, Act.STAR, key)
    assert page.panel.words.isVisible()
    assert not page.panel.take.isVisible()
    assert in_force(driver, Act.STAR) == ("S",)


def test_escape_leaves_the_field_and_not_the_dialog(driver: Driver, page: KeysPage) -> None:
    go(page, Act.STAR)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    driver.until(page.panel.field.hasFocus)
    QTest.keyClick(page.panel.field, Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    assert page.window().isVisible()
    assert in_force(driver, Act.STAR) == ("S",)


def test_all_keys_go_back_at_once(driver: Driver, page: KeysPage) -> None:
    kept = driver.context.settings
    actions.give_keys(Act.STAR, ("J", "Ctrl+B"), kept)
    actions.give_keys(Act.UNDO, (), kept)
    page.window()._restore.click()
    assert all(in_force(driver, act) == act.value.keys for act in Act)


def test_changed_keys_are_kept_for_the_next_run(driver: Driver) -> None:
    actions.give_keys(Act.STAR, ("Ctrl+B", '"'), driver.context.settings)
    actions.give_keys(Act.UNDO, (), driver.context.settings)
    again = settings.Settings()
    assert actions.keys_of(Act.STAR, again) == ("Ctrl+B", '"')
    assert actions.keys_of(Act.UNDO, again) == ()


# The list of keys


def listed(driver: Driver, context_of: Any = None) -> tuple[KeyListDialog, list[str]]:
    dialog = KeyListDialog(driver.context, driver.window.acts, driver.window)
    dialog.show()
    driver.until(dialog.isVisible)
    return dialog, [label.text() for label in dialog.findChildren(QLabel)]


def test_the_list_shows_the_keys_in_force(driver: Driver) -> None:
    actions.give_keys(Act.STAR, ("Ctrl+Alt+B",), driver.context.settings)
    actions.give_keys(Act.NOTE, (), driver.context.settings)
    dialog, words = listed(driver)
    assert native(["Ctrl+Alt+B"]) in words
    assert driver.context.text(Act.STAR.code) in words
    assert "S" not in words
    assert driver.context.text(Act.NOTE.code) not in words
    assert driver.context.text("keys.fixed.space") in words
    for act in Act:
        assert all(native([key]) in words for key in in_force(driver, act))
    dialog.close()
    dialog.deleteLater()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "columns"), [(980, 3), (780, 2), (400, 1)])
def test_the_list_fits_its_window(
    open_window: Open, language: str, width: int, columns: int
) -> None:
    driver = open_window(language=language)
    dialog, _ = listed(driver)
    dialog.resize(width, 400)
    driver.until(lambda: len(dialog._scroll._columns) == columns)
    sweep()
    assert dialog.width() == width
    assert dialog._scroll.widget().width() <= dialog._scroll.viewport().width()
    for label in dialog.findChildren(QLabel):
        assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()
    dialog.close()
    dialog.deleteLater()


def test_the_list_is_paged_by_keys(driver: Driver) -> None:
    dialog, _ = listed(driver)
    dialog.resize(400, 300)
    bar = dialog._scroll.verticalScrollBar()
    driver.until(lambda: bar.maximum() > 0)
    QTest.keyClick(dialog, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    dialog.close()
    dialog.deleteLater()


def test_the_list_leads_to_where_keys_are_changed(driver: Driver) -> None:
    dialog, _ = listed(driver)
    wanted: list[bool] = []
    dialog.change_wanted.connect(lambda: wanted.append(dialog.isVisible()))
    words = driver.context.text("keys.change")
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()
    assert wanted == [False]
    dialog.deleteLater()
