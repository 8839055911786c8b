"""A Chinese input method that is switched on: it has text fields, and single keys have the rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QShortcut,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from test_access import controls
from window_driver import Driver, close
from window_states import STATES, prepare, visit

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.desk import Desk
from bulletin_desktop.ui.settings import Settings

_ENABLED = Qt.WidgetAttribute.WA_InputMethodEnabled
# Between them they show every kind of control.
_WITHOUT_WORDS = (
    "several", "beside", "hits", "typography", "settings_appearance", "settings_keys",
    "settings_reading", "settings_folders", "original", "key_list", "about", "export", "report",
    "report_undecodable", "review", "review_encoding",
)  # fmt: skip
_SINGLE_KEYS = "jkutnscobmyhv123456789/.[] "
_LEAVING_KEYS = (
    Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab,
    Qt.Key.Key_Up, Qt.Key.Key_Down,
)  # fmt: skip
# Each field, and the state in which it is shown.
_FIELDS: dict[str, tuple[str, Callable[[QWidget], QWidget]]] = {
    "search": ("article", lambda root: root.top.search),
    "filter": ("article", lambda root: root.outline._filter),
    "themes": ("completions", lambda root: root.tagging.input),
    "note": ("article", lambda root: root.tagging.note),
    "margin note": ("margin_note", lambda root: root.marking.desk._editor.edit),
    "palette": ("palette", lambda root: QApplication.focusWidget()),
    "subheads": ("subheads", lambda root: root.findChild(QLineEdit)),
    "key filter": ("settings_keys", lambda root: root._made["keys"].filter),
    "annotator": ("settings_person", lambda root: root._made["person"].findChild(QLineEdit)),
    "folder": ("settings_folders", lambda root: root._made["folders"].findChild(QLineEdit)),
    "title": ("export", lambda root: root._title),
    "file": ("export", lambda root: root._file),
    "number": ("facts", lambda root: root.fields["number"]),
    "note filter": ("notes", lambda root: root.filter),
    "issue note": ("issue_note", lambda root: root.field.edit),
    "collection": ("new_collection", lambda root: root.findChild(QLineEdit)),
}


@pytest.fixture
def driver(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, themed_file: Path
) -> Iterator[Driver]:
    """A window as the program opens it."""
    desk = Desk(Settings(), "zh", "light")
    window = desk.open(Path(shutil.copy(themed_file, tmp_path / "desk.bdlib")))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Driver(window, qtbot)
    close(window)
    desk.deleteLater()
    theme.apply(theme.Tokens("light"))


@pytest.fixture
def fired(driver: Driver) -> list[str]:
    """The words of every action, and the keys of every shortcut, that has acted."""
    done: list[str] = []
    for action in driver.window.findChildren(QAction):
        action.triggered.connect(partial(done.append, action.text()))
    for shortcut in driver.window.findChildren(QShortcut):
        shortcut.activated.connect(partial(done.append, shortcut.key().toString()))
    return done


def _compose(field: QWidget, word: str, commit: str = "") -> None:
    event = QInputMethodEvent(word, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def _text(field: QWidget) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def _compose_and_press(
    driver: Driver, find: Callable[[QWidget], QWidget], fired: list[str], wrong: list[str],
    root: QWidget,
) -> None:  # fmt: skip
    """Press every key while a word is composed; what acts or leaves the field is wrong."""
    field = find(root)
    driver.focus(field)
    fired.clear()
    for key in (*_SINGLE_KEYS, *_LEAVING_KEYS):
        _compose(field, "zhu")
        QTest.keyClick(field, key)
        if not field.hasFocus() or not root.isVisible():
            wrong.append(f"{key} leaves the field")
            return
    _compose(field, "zhu")
    _compose(field, "", "主")
    wrong += [f"{words} acts" for words in fired]
    if not _text(field).endswith("主"):
        wrong.append("the word does not come in")
    field.clear()


def test_no_key_acts_or_leaves_while_a_word_is_composed(
    driver: Driver, real_dialogs: None, fired: list[str]
) -> None:
    wrong: dict[str, list[str]] = {name: [] for name in _FIELDS}
    for name, (state, find) in _FIELDS.items():
        look = partial(_compose_and_press, driver, find, fired, wrong[name])
        visit(driver, STATES[state], look)
    assert wrong == {name: [] for name in _FIELDS}


def test_enter_takes_no_theme_for_a_word_that_is_composed(driver: Driver) -> None:
    driver.tree.go_first()
    driver.window.acts[Act.THEME].trigger()
    driver.completions()
    _compose(driver.tagging.input, "zhu")
    driver.key("Return")
    driver.thought()
    driver.settle()
    assert driver.chips() == []
    _compose(driver.tagging.input, "", "民主")
    driver.thought()
    driver.key("Return")
    driver.until(lambda: driver.chips() == ["民主管理"])


def test_keys_act_again_once_the_word_is_there(driver: Driver) -> None:
    field = driver.window.top.search
    driver.focus(field)
    _compose(field, "zhu")
    driver.key("Escape")
    assert field.hasFocus()
    _compose(field, "", "主")
    driver.key("Escape")
    assert driver.tree.hasFocus()
    assert field.text() == ""


# Everything else


def _takes_words(widget: QWidget) -> bool:
    kinds = (QLineEdit, QAbstractSpinBox)
    return isinstance(widget, kinds) or (
        isinstance(widget, QPlainTextEdit) and not widget.isReadOnly()
    )


def _asks_for_method(widget: QWidget) -> bool:
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(widget, query)
    return bool(query.value(Qt.InputMethodQuery.ImEnabled))


def _composing(root: QWidget) -> list[str]:
    found = []
    for widget in controls(root):
        if isinstance(root, QMenu) or _takes_words(widget):
            continue
        widget.setFocus()
        now = QGuiApplication.focusObject()
        if now is widget and (_asks_for_method(now) or widget.testAttribute(_ENABLED)):
            found.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return found


def test_only_text_fields_take_an_input_method(driver: Driver, real_dialogs: None) -> None:
    prepare(driver)
    found: dict[str, list[str]] = {}
    for name in _WITHOUT_WORDS:
        visit(driver, STATES[name], lambda root, name=name: found.update({name: _composing(root)}))
    assert found == {name: [] for name in _WITHOUT_WORDS}


def test_single_keys_act_in_lists_and_pages(driver: Driver) -> None:
    prepare(driver)
    driver.window.acts[Act.BESIDE].trigger()
    assert driver.reader.pages.beside is not None
    places = [driver.tree, driver.reader.page, driver.reader.pages.beside.page]
    for place in places:
        _goes_on(driver, place)
    driver.window.top.search.setText("集体协商")
    driver.until(lambda: driver.outline.searching)
    driver.outline.hit_list.go(0)
    _goes_on(driver, driver.outline.hit_list)


def _goes_on(driver: Driver, place: QWidget) -> None:
    driver.focus(place)
    before = driver.reading()
    driver.key("J")
    driver.until(lambda: driver.reading() != before)
    article = driver.reading()
    driver.key("S")
    driver.until(lambda: driver.record(article).starred)
    assert place.hasFocus()
