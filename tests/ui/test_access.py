"""For those who hear the window, and those who have no mouse: names, keys, and where one is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QImage
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from room import wait_for_paint
from window_driver import Driver
from window_states import EMPTY_STATES, STATES, prepare, visit

from bulletin_desktop.ui.actions import Act

Open = Callable[..., Driver]
Role = QAccessible.Role
# They say nothing of what a widget does.
_NO_ROLE = (Role.NoRole, Role.Client, Role.Border, Role.Pane, Role.Window)
# Qt has no role for them; their names say what they are.
_WITHOUT_ROLE = (QKeySequenceEdit, QScrollArea)
_FIELD_OF_KEYS = "qt_keysequenceedit_lineedit"
# More steps than any window has controls.
_MOST_STEPS = 80


def controls(root: QWidget) -> list[QWidget]:
    """What the mouse or the keyboard can do something with, as far as it is shown."""
    return [
        w for w in root.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.window() is root.window()
        and (w.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(w, QAbstractButton))
        and not isinstance(w, QScrollBar) and w.focusProxy() is None
    ]  # fmt: skip


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _part_of_field(widget: QWidget) -> bool:
    """Qt's own part of a control, which stands for the whole."""
    return isinstance(widget.parent(), QLineEdit) or widget.objectName() == _FIELD_OF_KEYS


# Names


def _unnamed(root: QWidget) -> list[str]:
    if isinstance(root, QPrintPreviewDialog):
        return []  # Qt's own
    found = []
    for widget in controls(root):
        if _part_of_field(widget):
            continue
        if not spoken(widget).strip():
            found.append(f"{_called(widget)} has no name")
        if isinstance(widget, QAbstractButton) and not widget.text() and not widget.toolTip():
            found.append(f"{_called(widget)} has no words and no tooltip")
        plain = isinstance(widget, _WITHOUT_ROLE)
        if not plain and QAccessible.queryAccessibleInterface(widget).role() in _NO_ROLE:
            found.append(f"{_called(widget)} has no role")
        if isinstance(widget, QAbstractItemView):
            found += _unnamed_rows(widget)
    if isinstance(root, QMenu):
        found += [f"an entry of {_called(root)}" for a in root.actions() if not _says(a)]
    if root.isWindow() and not isinstance(root, QMenu) and not spoken(root).strip():
        found.append(f"{_called(root)} has no title")
    return found


def _says(action: object) -> bool:
    return action.isSeparator() or bool(action.text().strip())


def _unnamed_rows(view: QAbstractItemView) -> list[str]:
    model = view.model()
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    return [
        f"row {row} of {_called(view)} has no name"
        for row in range(model.rowCount())
        if not any(str(model.index(row, 0).data(role) or "").strip() for role in roles)
    ]


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} “{spoken(widget)}”"


# The keyboard


def _by_mouse_only(root: QWidget) -> list[str]:
    """Controls that Tab does not come to; lists below a field are gone through from the field."""
    return [
        f"{_called(widget)} takes the mouse only"
        for widget in controls(root)
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QLabel)  # words that can be copied
        and not _part_of_field(widget)
        and not isinstance(root, QMenu)
    ]


def _listed(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}: {wrong}" for name in found for wrong in found[name])


def _visit_all(
    open_window: Open, check: Callable[[QWidget], list[str]], language: str = "zh"
) -> str:
    """What a check says of every state."""
    found: dict[str, list[str]] = {}

    def go(driver: Driver, states: dict) -> None:
        for name, state in states.items():
            visit(driver, state, lambda root, name=name: found.update({name: check(root)}))

    driver = open_window(language=language)
    prepare(driver)
    go(driver, STATES)
    driver.window.close()
    new = open_window(driver.library.path.with_name("new.bdlib"), create=True, language=language)
    go(new, EMPTY_STATES)
    assert set(found) == {*STATES, *EMPTY_STATES}
    return _listed(found)


def test_every_control_has_a_name_a_role_and_the_keyboard(
    open_window: Open, real_dialogs: None
) -> None:
    assert _visit_all(open_window, lambda root: [*_unnamed(root), *_by_mouse_only(root)]) == ""


def _walk(driver: Driver, start: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where a key leads from a control until it comes back to it."""
    driver.focus(start)
    found: list[QWidget] = []
    while not found or driver.focused() is not start:
        assert len(found) < _MOST_STEPS
        found.append(driver.focused())
        QTest.keyClick(driver.focused(), key)
    return found


def _pane(driver: Driver, widget: QWidget) -> str:
    window = driver.window
    panes = (window.top, window.outline, window.notice, window.reader, window.tagging)
    return next(type(pane).__name__ for pane in panes if pane.isAncestorOf(widget))


def test_tab_goes_through_all_controls_of_the_window_and_comes_back(driver: Driver) -> None:
    prepare(driver)
    driver.window.acts[Act.BESIDE].trigger()
    driver.window.notice.show_words("words", "Act", lambda: None)
    wait_for_paint()
    tabbed = _walk(driver, driver.window.top.switcher, Qt.Key.Key_Tab)
    tab = Qt.FocusPolicy.TabFocus
    assert set(tabbed) == {w for w in controls(driver.window) if w.focusPolicy() & tab}
    back = _walk(driver, tabbed[0], Qt.Key.Key_Backtab)
    assert back == [tabbed[0], *reversed(tabbed[1:])]
    panes = [_pane(driver, widget) for widget in tabbed]
    passed = [pane for number, pane in enumerate(panes) if panes[number - 1] != pane]
    assert passed == ["TopBar", "OutlinePane", "Notice", "ReaderPane", "TaggingPane"]
    assert _places(driver, tabbed, "TopBar", QPoint.x) == "in order"
    for pane in ("OutlinePane", "TaggingPane"):
        assert _places(driver, tabbed, pane, QPoint.y) == "in order"


def _places(
    driver: Driver, tabbed: list[QWidget], pane: str, along: Callable[[QPoint], int]
) -> str:
    """Whether Tab goes on along a side of a pane, and never back."""
    there = [w for w in tabbed if _pane(driver, w) == pane]
    places = [along(w.mapTo(driver.window, QPoint(0, 0))) for w in there]
    return "in order" if places == sorted(places) else str([_called(w) for w in there])


def test_the_context_menu_opens_by_its_key_at_the_current_row(
    driver: Driver, pick: Callable[..., list[str]]
) -> None:
    prepare(driver)
    driver.focus(driver.tab("themes"))
    menu_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    for press in (
        lambda: driver.key("Shift+F10"),
        lambda: QApplication.sendEvent(driver.window.windowHandle(), menu_key),
    ):
        driver.tree.go(driver.tree.outline.index(2, 0))
        offered = pick()
        press()
        driver.until(lambda offered=offered: offered)
        assert offered[0] == driver.context.text("menu.rename")


# Dialogs by keys

_LEFT_BY_ESCAPE = (
    *(name for name in STATES if name.startswith("settings_")),
    "original", "key_list", "about", "export", "new_collection", "report", "sure",
    "subheads", "typography", "menu", "switcher",
    "report_undecodable", "review", "review_menu", "facts", "page_menu",
)  # fmt: skip
_LEFT_BY_ENTER = ("original", "key_list", "about", "export", "report", "sure", "facts")
_NOT_LEFT_BY_ENTER = ("settings_person", "settings_folders", "settings_keys")


def _press(key: Qt.Key, open_: list[str], name: str, root: QWidget) -> None:
    """Press a key where the keyboard is in what has just opened; note what stays open."""
    QTest.keyClick(root.focusWidget() or root, key)
    wait_for_paint()
    if shiboken6.isValid(root) and root.isVisible():
        open_.append(name)


def _pressed(driver: Driver, key: Qt.Key, names: tuple[str, ...]) -> list[str]:
    open_: list[str] = []
    for name in names:
        visit(driver, STATES[name], partial(_press, key, open_, name))
    return open_


def test_escape_leaves_what_has_opened(driver: Driver, real_dialogs: None) -> None:
    prepare(driver)
    assert _pressed(driver, Qt.Key.Key_Escape, _LEFT_BY_ESCAPE) == []


def test_enter_presses_the_button_that_is_meant(
    driver: Driver, real_dialogs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(driver)
    exported: list[object] = []
    monkeypatch.setattr(driver.window.jobs, "export", exported.append)
    assert _pressed(driver, Qt.Key.Key_Return, _LEFT_BY_ENTER) == []
    assert len(exported) == 1
    assert _pressed(driver, Qt.Key.Key_Return, _NOT_LEFT_BY_ENTER) == list(_NOT_LEFT_BY_ENTER)


# Where one is


# Between them they show every kind of control.
_EVERY_KIND = (
    "compared",
    "several", "hits", "notice", "beside", "palette", "subheads", "typography",
    "settings_appearance", "settings_reading", "settings_keys", "settings_folders",
    "original", "key_list", "about", "export", "report", "report_undecodable", "review",
    "review_encoding", "facts",
)  # fmt: skip


def _looks(widget: QWidget) -> bytes:
    """The picture of a control with its nearest surroundings."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)
    picture = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(picture.constBits())


def _kind(widget: QWidget) -> tuple[str, str]:
    return type(widget).__name__, widget.objectName()


def _unseen_focus(root: QWidget, seen: set[tuple[str, str]]) -> list[str]:
    """Kinds of controls that look the same with the keyboard and without."""
    if isinstance(root, QPrintPreviewDialog):
        return []  # Qt's own
    found = []
    for widget in controls(root):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(root, QMenu)
        if not reached or _kind(widget) in seen:
            continue
        seen.add(_kind(widget))
        if root.focusWidget() is not None:
            root.focusWidget().clearFocus()
        if not widget.isVisible():
            continue  # what closes when the keyboard leaves it shows by itself where that is
        without = _looks(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.hasFocus() and _looks(widget) == without:
            found.append(f"{_called(widget)} looks the same with the keyboard")
    return found


@pytest.mark.parametrize("style", ["light", "dark", "sepia"])
def test_one_sees_where_the_keyboard_is(open_window: Open, real_dialogs: None, style: str) -> None:
    seen: set[tuple[str, str]] = set()
    driver = open_window(style=style)
    prepare(driver)
    found: dict[str, list[str]] = {}
    for name in _EVERY_KIND:
        visit(
            driver,
            STATES[name],
            lambda root, name=name: found.update({name: _unseen_focus(root, seen)}),
        )
    assert len(seen) > 20
    assert _listed(found) == ""
