"""Every action of the window, one spec each; menu, shortcuts, tooltips, palette and the list of
keys are made from it.
"""

from __future__ import annotations

import re
import sys
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.ui.settings import Settings

Group = Literal["library", "file", "edit", "go", "article", "correct", "view", "help"]
GROUPS: tuple[Group, ...] = (
    "library", "file", "edit", "go", "article", "correct", "view", "help",
)  # fmt: skip


class Spec(NamedTuple):
    """An action's menu, the part of it between two lines, and its keys unless the user has others.

    ``order`` keeps actions with the same words here and there apart: two equal values in an Enum
    would be one action.
    """

    group: Group
    part: int
    order: int
    keys: tuple[str, ...] = ()


class Act(Enum):
    """The actions; the catalogue has the words of each under ``action.<name>``."""

    NEW_LIBRARY = Spec("library", 0, 0, ("Ctrl+Shift+N",))
    OPEN_LIBRARY = Spec("library", 0, 1, ("Ctrl+L",))
    RENAME_LIBRARY = Spec("library", 1, 0)
    MOVE_LIBRARY = Spec("library", 1, 1)
    COPY_LIBRARY = Spec("library", 1, 2)
    SHOW_LIBRARY = Spec("library", 1, 3)
    CLOSE_LIBRARY = Spec("library", 2, 0, ("Ctrl+W",))

    IMPORT_FILES = Spec("file", 0, 0, ("Ctrl+O",))
    IMPORT_FOLDER = Spec("file", 0, 1, ("Ctrl+Shift+O",))
    IMPORT_CLIPBOARD = Spec("file", 0, 2, ("Ctrl+Shift+V",))
    WATCH = Spec("file", 0, 3)
    REVIEW = Spec("file", 0, 4, ("Ctrl+R",))
    MERGE = Spec("file", 0, 5)
    EXPORT = Spec("file", 1, 0, ("Ctrl+E",))
    EXPORT_BUNDLE = Spec("file", 1, 2)
    PRINT = Spec("file", 1, 1, ("Ctrl+P",))
    SETTINGS = Spec("file", 2, 0, ("Ctrl+,",))
    QUIT = Spec("file", 3, 0, ("Ctrl+Q",))

    UNDO = Spec("edit", 0, 0, ("Ctrl+Z",))
    REDO = Spec("edit", 0, 1, ("Ctrl+Shift+Z", "Ctrl+Y"))
    HISTORY = Spec("edit", 0, 2, ("Ctrl+Shift+Y",))
    TRASH = Spec("edit", 0, 3)
    COPY_CITED = Spec("edit", 1, 0, ("Ctrl+Shift+C",))
    NEW_COLLECTION = Spec("edit", 2, 0, ("Ctrl+N",))
    STARTER_THEMES = Spec("edit", 2, 1)
    THEMES = Spec("edit", 2, 3, ("Ctrl+T",))
    RULES = Spec("edit", 2, 4)
    WORDS = Spec("edit", 2, 5)
    AGREEMENT = Spec("edit", 2, 6)
    EDIT_COLLECTION = Spec("edit", 2, 7, ("Shift+C",))
    SAVE_SEARCH = Spec("edit", 2, 2, ("Ctrl+Shift+S",))
    MOVE_UP = Spec("edit", 3, 0, ("Alt+Up",))
    MOVE_DOWN = Spec("edit", 3, 1, ("Alt+Down",))
    RENAME = Spec("edit", 4, 0, ("F2",))
    MERGE_UNIT = Spec("edit", 4, 1)
    MOVE_UNIT = Spec("edit", 4, 2)
    UNIT_NAMES = Spec("edit", 4, 3)
    SOURCES = Spec("edit", 4, 4, ("Ctrl+Shift+U",))

    NEXT = Spec("go", 0, 0, ("J",))
    PREVIOUS = Spec("go", 0, 1, ("K",))
    NEXT_UNREAD = Spec("go", 0, 2, ("U",))
    NEXT_UNTAGGED = Spec("go", 0, 3, ("]",))
    PREVIOUS_UNTAGGED = Spec("go", 0, 4, ("[",))
    BACK = Spec("go", 1, 0, ("Alt+Left",))
    FORWARD = Spec("go", 1, 1, ("Alt+Right",))
    SEARCH = Spec("go", 2, 0, ("/", "Ctrl+Shift+F"))
    OUTLINE = Spec("go", 2, 1, ("O",))
    PALETTE = Spec("go", 2, 2, ("Ctrl+K",))
    FIND = Spec("go", 3, 0, ("Ctrl+F",))
    NEXT_HIT = Spec("go", 3, 1, ("F3", "Ctrl+G"))
    PREVIOUS_HIT = Spec("go", 3, 2, ("Shift+F3", "Ctrl+Shift+G"))
    CONCORDANCE = Spec("go", 3, 3, ("Ctrl+Shift+K",))
    NEXT_MARK = Spec("go", 4, 0, ("Ctrl+Down",))
    PREVIOUS_MARK = Spec("go", 4, 1, ("Ctrl+Up",))
    HIGHLIGHTS = Spec("go", 4, 2, ("Ctrl+Shift+H",))
    NOTES = Spec("go", 4, 3)

    THEME = Spec("article", 0, 0, ("T",))
    NOTE = Spec("article", 0, 1, ("N",))
    REPEAT = Spec("article", 0, 4, (".",))
    ACCEPT_SUGGESTION = Spec("article", 0, 5, ("Y",))
    STAR = Spec("article", 0, 2, ("S",))
    COLLECT = Spec("article", 0, 3, ("C",))
    SENTENCE = Spec("article", 4, 0, ("V",))
    CLAUSE = Spec("article", 4, 1, ("Shift+V",))
    MARK = Spec("article", 4, 2, ("H",))
    UNMARK = Spec("article", 4, 3, ("Shift+H",))
    MARK_NOTE = Spec("article", 4, 4, ("Shift+N",))
    ISSUE_NOTE = Spec("article", 5, 0)
    ARTICLE_HISTORY = Spec("article", 5, 1)
    TRASH_ARTICLE = Spec("article", 5, 2, ("Ctrl+Del",))
    READ = Spec("article", 1, 0, ("M",))
    ORIGINAL = Spec("article", 2, 0, ("Ctrl+U",))
    FOLDER = Spec("article", 2, 1)
    REPRINTS = Spec("article", 3, 0, ("R",))
    NEXT_DIFFERENCE = Spec("article", 3, 1, ("Alt+]",))
    PREVIOUS_DIFFERENCE = Spec("article", 3, 2, ("Alt+[",))
    LIKE_THIS = Spec("article", 3, 3, ("L",))

    SPLIT = Spec("correct", 0, 0)
    JOIN = Spec("correct", 0, 1)
    AS_KICKER = Spec("correct", 1, 0)
    AS_TITLE = Spec("correct", 1, 1)
    AS_SUBTITLE = Spec("correct", 1, 2)
    AS_AUTHOR = Spec("correct", 1, 3)
    AS_BODY = Spec("correct", 1, 4)
    AS_SOURCE = Spec("correct", 1, 5)
    AS_SECTION = Spec("correct", 1, 6)
    AS_ISSUE = Spec("correct", 1, 7)
    DISCARD = Spec("correct", 2, 0)
    SWITCH_KIND = Spec("correct", 2, 1)
    TO_SECTION = Spec("correct", 2, 2)
    TO_ISSUE = Spec("correct", 2, 3)
    FACTS = Spec("correct", 3, 0)
    AMEND = Spec("correct", 3, 1, ("F4",))

    READING_MODE = Spec("view", 0, 0, ("F11",))
    BESIDE = Spec("view", 0, 1, ("B",))
    LARGER = Spec("view", 1, 0, ("Ctrl++", "Ctrl+="))
    SMALLER = Spec("view", 1, 1, ("Ctrl+-",))
    USUAL_SIZE = Spec("view", 1, 2, ("Ctrl+0",))
    TYPOGRAPHY = Spec("view", 1, 3)
    FOLLOW_SYSTEM = Spec("view", 2, 0)
    LIGHT = Spec("view", 2, 1)
    SEPIA = Spec("view", 2, 2)
    DARK = Spec("view", 2, 3)

    KEY_LIST = Spec("help", 0, 0, ("F1",))
    ABOUT = Spec("help", 1, 0)

    @property
    def code(self) -> str:
        """The code of its words in the catalogue."""
        return f"action.{self.name.lower()}"


# Actions that are on or off, with the setting and its value that they stand for.
CHOICES = {
    Act.FOLLOW_SYSTEM: (settings.THEME, "system"),
    Act.LIGHT: (settings.THEME, "light"),
    Act.SEPIA: (settings.THEME, "sepia"),
    Act.DARK: (settings.THEME, "dark"),
}
# What puts right how the bulletins were cut, at the line at hand.
CORRECTIONS = tuple(act for act in Act if act.value.group == "correct")
# What can be done with a unit, the last one with any source.
OF_UNITS = (Act.RENAME, Act.MERGE_UNIT, Act.MOVE_UNIT, Act.UNIT_NAMES, Act.SOURCES)
DIGITS = tuple("123456789")
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
_ARROW = re.compile(r"\b(?:Left|Right|Up|Down)\b")
# Keys that are no action's and cannot be given to one: themes, paging, leaving, moving in lists,
# and what every text field does with them.
RESERVED = (
    *DIGITS, "Space", "Shift+Space", "Esc", "Return", "Enter", "Backspace", "Tab", "Shift+Tab",
    "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown",
    "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X",
)  # fmt: skip


def keys_of(act: Act, kept: Settings) -> tuple[str, ...]:
    """The keys that are in force for an action, in the words of a portable QKeySequence."""
    changed = kept.get(settings.KEYS, act.name)
    return act.value.keys if changed is None else changed


def clashes(act: Act, keys: Sequence[str], kept: Settings) -> list[Act]:
    """The other actions that have one of these keys in force."""
    wanted = {_portable(key) for key in keys}
    return [
        other
        for other in Act
        if other is not act and wanted & {_portable(key) for key in keys_of(other, kept)}
    ]


def give_keys(act: Act, keys: Sequence[str], kept: Settings) -> None:
    """Keep keys for an action, and take them from the others that have them in force."""
    given = {_portable(key) for key in keys}
    for other in clashes(act, keys, kept):
        rest = [key for key in keys_of(other, kept) if _portable(key) not in given]
        _keep(other, rest, kept)
    _keep(act, keys, kept)


def usual_keys(kept: Settings) -> None:
    """Give every action its own keys again."""
    for act in Act:
        kept.forget(settings.KEYS, act.name)


def _keep(act: Act, keys: Sequence[str], kept: Settings) -> None:
    if tuple(keys) == act.value.keys:
        kept.forget(settings.KEYS, act.name)
    else:
        kept.put(settings.KEYS, tuple(keys), act.name)


def _portable(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def make(window: QWidget, catalogue: Catalogue, kept: Settings) -> dict[Act, QAction]:
    """The actions with their words and keys, added to the window; their deeds are connected later,
    since buttons that show them come first.
    """
    actions = {}
    for act in Act:
        action = QAction(catalogue.text(act.code), window)
        action.setIconVisibleInMenu(False)
        action.setShortcuts([QKeySequence(key) for key in keys_of(act, kept)])
        window.addAction(action)
        actions[act] = action
    only_one = QActionGroup(window)
    for act in CHOICES:
        actions[act].setCheckable(True)
        only_one.addAction(actions[act])
    follow_choices(actions, kept)
    return actions


def follow_choices(actions: Mapping[Act, QAction], kept: Settings) -> None:
    """Check the actions whose setting holds now."""
    for act, (setting, value) in CHOICES.items():
        actions[act].setChecked(kept.get(setting) == value)


def follow_keys(actions: Mapping[Act, QAction], kept: Settings) -> None:
    """Give the actions the keys that are in force now."""
    for act, action in actions.items():
        action.setShortcuts([QKeySequence(key) for key in keys_of(act, kept)])


def fill_menu(menu: QMenu, actions: Mapping[Act, QAction], group: Group) -> None:
    """Put the actions of a group into a menu, a line between its parts."""
    last: int | None = None
    for act, action in actions.items():
        if act.value.group != group:
            continue
        if last is not None and act.value.part != last:
            menu.addSeparator()
        menu.addAction(action)
        last = act.value.part


def menu(parent: QWidget, catalogue: Catalogue, actions: Mapping[Act, QAction]) -> QMenu:
    """The program's menu: one below it for each group but the library's, which has its own."""
    made = QMenu(parent)

    def fill() -> None:
        """When it is first wanted: a start does not pay for it."""
        if made.isEmpty():
            for group in GROUPS[1:]:
                fill_menu(made.addMenu(catalogue.text(f"menu.{group}")), actions, group)

    made.aboutToShow.connect(fill)
    return made


def words(action: QAction) -> str:
    """An action's words without what says that a question follows."""
    return action.text().rstrip("…")


def key_text(key: QKeySequence) -> str:
    """A key as it is called on this system, for people; arrows are drawn in every language."""
    if sys.platform == "darwin":
        return key.toString(QKeySequence.SequenceFormat.NativeText)
    words = key.toString(QKeySequence.SequenceFormat.PortableText)
    return _ARROW.sub(lambda found: _ARROWS[found[0]], words)


def keys_text(keys: Sequence[QKeySequence]) -> str:
    """Several keys for the same, for people."""
    return " / ".join(key_text(key) for key in keys)


def hint(action: QAction) -> str:
    """An action's words with its keys, for a tooltip."""
    keys = keys_text(action.shortcuts())
    return f"{words(action)} ({keys})" if keys else words(action)
