"""Every action of the window, one spec each; menu, shortcuts and tooltips are made from it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.catalogue import Catalogue


class Spec(NamedTuple):
    """An action's keys and, where it stands in the menu, the group there (None: keys only)."""

    keys: tuple[str, ...]
    group: int | None = None


class Act(Enum):
    """The actions; the catalogue has the words of each under ``action.<name>``."""

    IMPORT_FILES = Spec(("Ctrl+O",), 0)
    IMPORT_FOLDER = Spec(("Ctrl+Shift+O",), 0)
    EXPORT = Spec(("Ctrl+E",), 0)
    UNDO = Spec(("Ctrl+Z",), 1)
    REDO = Spec(("Ctrl+Shift+Z", "Ctrl+Y"), 1)
    SEARCH = Spec(("/", "Ctrl+Shift+F"), 2)
    NEXT = Spec(("J",), 2)
    PREVIOUS = Spec(("K",), 2)
    BACK = Spec(("Alt+Left",), 2)
    FORWARD = Spec(("Alt+Right",), 2)
    THEME = Spec(("T",), 3)
    NOTE = Spec(("N",), 3)
    STAR = Spec(("S",), 3)
    COLLECT = Spec(("C",), 4)
    NEW_COLLECTION = Spec(("Ctrl+N",), 4)
    STARTER_THEMES = Spec((), 5)
    QUIT = Spec(("Ctrl+Q",), 6)


DIGITS = tuple("123456789")


def make(
    window: QWidget, catalogue: Catalogue, slots: Mapping[Act, Callable[[], object]]
) -> dict[Act, QAction]:
    """The actions with their words, keys and slots, added to the window."""
    actions = {}
    for act in Act:
        action = QAction(catalogue.text(f"action.{act.name.lower()}"), window)
        action.setIconVisibleInMenu(False)
        action.setShortcuts([QKeySequence(key) for key in act.value.keys])
        action.triggered.connect(slots[act])
        window.addAction(action)
        actions[act] = action
    return actions


def menu(parent: QWidget, actions: Mapping[Act, QAction]) -> QMenu:
    """The program's menu: all actions that have a group, separated by group."""
    made = QMenu(parent)
    last: int | None = None
    for act, action in actions.items():
        if act.value.group is None:
            continue
        if last is not None and act.value.group != last:
            made.addSeparator()
        made.addAction(action)
        last = act.value.group
    return made


def hint(action: QAction) -> str:
    """An action's words with its keys, for a tooltip."""
    keys = " / ".join(
        key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()
    )
    words = action.text().rstrip("…")
    return f"{words} ({keys})" if keys else words
