"""What can be done in the review, with its keys; menu, legend and shortcuts are made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from bulletin_desktop.ui.actions import Act, key_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from bulletin_desktop.ui.context import Context

NEXT, PREVIOUS, CONFIRM = "review.next", "review.previous", "review.confirm"
NEXT_CUT, PREVIOUS_CUT = "review.next_cut", "review.previous_cut"


class Command(NamedTuple):
    """A command's part of the menu, the code of its words, its keys; ``act`` where the reader
    has it too.
    """

    part: int
    code: str
    keys: tuple[str, ...]
    act: Act | None = None


def _of(part: int, act: Act, *keys: str) -> Command:
    return Command(part, act.code, keys, act)


COMMANDS = (
    Command(0, NEXT, ("Space", "N")),
    Command(0, PREVIOUS, ("Shift+Space", "P")),
    Command(0, CONFIRM, ("Enter", "Return")),
    Command(0, NEXT_CUT, ("Ctrl+Down",)),
    Command(0, PREVIOUS_CUT, ("Ctrl+Up",)),
    _of(1, Act.SPLIT, "S"),
    _of(1, Act.JOIN, "J", "Backspace"),
    _of(2, Act.AS_KICKER, "K"),
    _of(2, Act.AS_TITLE, "T"),
    _of(2, Act.AS_SUBTITLE, "U"),
    _of(2, Act.AS_AUTHOR, "A"),
    _of(2, Act.AS_BODY, "B"),
    _of(2, Act.AS_SOURCE, "Y"),
    _of(2, Act.AS_SECTION, "E"),
    _of(2, Act.AS_ISSUE, "I"),
    _of(3, Act.DISCARD, "X", "Delete"),
    _of(3, Act.SWITCH_KIND, "R"),
    _of(3, Act.TO_SECTION, "M"),
    _of(3, Act.TO_ISSUE, "Shift+M"),
    _of(4, Act.FACTS, "G", "F2"),
    _of(4, Act.AMEND, "C", "F4"),
    _of(5, Act.UNDO, "Ctrl+Z"),
    _of(5, Act.REDO, "Ctrl+Shift+Z", "Ctrl+Y"),
)
# Where it is called by another name than in print: Return and Enter are one key to people.
_TWINS = {"Return"}


def make(context: Context, over: QWidget) -> dict[str, QAction]:
    """An action for each command by its code; their keys act in a widget and in what it holds."""
    made = {}
    for command in COMMANDS:
        action = QAction(context.text(command.code), over)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setData(command)
        over.addAction(action)
        made[command.code] = action
    return made


def fill_menu(menu: QMenu, actions: dict[str, QAction]) -> None:
    """All commands, a line between their parts."""
    last = 0
    for action in actions.values():
        command: Command = action.data()
        if command.part != last:
            menu.addSeparator()
        menu.addAction(action)
        last = command.part


def with_key(words: str, action: QAction, context: Context) -> str:
    """Words on a button with the first key of a command."""
    return f"{words}  {_keys(action, context)[0]}"


def hint(action: QAction, context: Context) -> str:
    """A command's words with all its keys, for a tooltip."""
    return f"{action.text().rstrip('…')} ({' / '.join(_keys(action, context))})"


def _keys(action: QAction, context: Context) -> list[str]:
    command: Command = action.data()
    shown = [key_text(QKeySequence(key)) for key in command.keys if key not in _TWINS]
    return [key.replace("Space", context.text("keys.fixed.space_key")) for key in shown]
