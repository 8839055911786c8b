"""The command palette: every action by its characters, pinyin or initials, and places to go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from bulletin_desktop.services import completing
from bulletin_desktop.ui import actions, settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.models.palette_model import ROW, Entry, PaletteModel, Row
from bulletin_desktop.ui.widgets.palette_painter import HEIGHT, PalettePainter
from bulletin_desktop.ui.widgets.row_painter import paint_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPaintEvent

    from bulletin_desktop.ui.context import Context

_WIDTH = 580
_EDGE = 20  # what stays free at both sides in a narrow window
_TOP = 0.12  # of the window's height
_MOST_ROWS = 11
_NONE_HEIGHT = 84
_REMEMBERED = 6
_MOST_OTHERS = 8
_PAGE = 8
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_PAGE,
    Qt.Key.Key_PageDown: _PAGE,
}
# The keyboard comes back from these by itself.
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class _Found(NamedTuple):
    """What fits what is typed: actions, other entries, and what came later."""

    typed: str = ""
    actions: Sequence[Row] = ()
    others: Sequence[Row] = ()
    sought: Sequence[Row] = ()


class More(Protocol):
    """What can be run besides the actions."""

    def entries(self) -> Sequence[Entry]:
        """What is at hand; asked for at each opening."""

    def seek(self, typed: str, found: Callable[[Sequence[Row]], None]) -> None:
        """Hand over what has to be looked for, sooner or later; the newest question counts."""

    def last(self, typed: str) -> Entry:
        """What can always be done with what is typed."""


class Palette(QFrame):
    """A field and a list over the window's upper middle; a part of the window, so that it moves
    with it. The actions come first; ``more`` gives what follows once something is typed.
    """

    def __init__(
        self,
        context: Context,
        window: QWidget,
        acts: Mapping[Act, QAction],
        more: More | None = None,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._acts = acts
        self._more = more
        self._entries: list[Entry] = []
        self._others: Sequence[Entry] = ()
        self._found = _Found()
        self._back: QWidget | None = None  # what had the keyboard before
        self._asked = ""
        self._answered = False
        self._wanted_enter = False
        self.setObjectName("palette")
        self.setAccessibleName(context.text("palette.name"))
        self.field = _Field(context)
        self.list = _List(context)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 6)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self.field.textChanged.connect(self._ask)
        self.field.moved.connect(self.list.move_by)
        self.field.entered.connect(self._enter)
        self.field.escaped.connect(self.close_and_return)
        self.field.left.connect(self.hide)
        self.list.clicked.connect(self._run)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show all actions, those that were used last first; close where it is open already."""
        if self.isVisible():
            self.close_and_return()
            return
        self._back = QApplication.focusWidget()
        self._entries = _action_entries(self._context, self._acts)
        self._others = self._more.entries() if self._more else ()
        self.field.clear()
        self._wanted_enter = False
        self._ask("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_and_return(self) -> None:
        """Close, and give the keyboard back to where it was."""
        back, self._back = self._back, None
        self.hide()
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    # Finding

    def _ask(self, typed: str) -> None:
        """Find off the GUI thread, where dictionaries may have to be loaded first."""
        self._asked = typed.strip()
        self._answered = False
        if not self._asked:
            self._show_all()
            return
        self._found = _Found(self._asked)
        find = self._finder()
        self._context.runner.think("palette", lambda _: find(), self._show_found)
        if self._more:
            self._more.seek(self._asked, partial(self._show_sought, self._asked))

    def _finder(self) -> Callable[[], _Found]:
        """What finds the entries that fit what is typed, on whatever thread."""
        asked, entries, others = self._asked, self._entries, self._others

        def find() -> _Found:
            first = completing.find(asked, [entry.words for entry in entries])
            then = completing.find(asked, [entry.words for entry in others], _MOST_OTHERS)
            return _Found(
                asked,
                [Row(entries[one.index], one.ranges) for one in first],
                [Row(others[one.index], one.ranges) for one in then],
            )

        return find

    def _show_all(self) -> None:
        kept = self._context.settings.get(settings.RUN)
        order = {name: place for place, name in enumerate(kept)}
        entries = sorted(self._entries, key=lambda e: order.get(e.name, len(order)))
        self._answered = True
        self._show([Row(entry) for entry in sorted(entries, key=lambda entry: not entry.enabled)])

    def _show_found(self, found: _Found) -> None:
        if found.typed == self._asked and self.isVisible():
            self._found = found._replace(sought=self._found.sought)
            self._answered = True
            self._show(self._rows())

    def _show_sought(self, typed: str, sought: Sequence[Row]) -> None:
        """What is found later joins the others; the row that is current stays so."""
        if typed != self._asked or not self.isVisible():
            return
        self._found = self._found._replace(sought=sought)
        if self._answered and sought:
            current: Row | None = self.list.currentIndex().data(ROW)
            rows = self._rows()
            names = [row.entry.name for row in rows]
            moved = current is not None and self.list.currentIndex().row() > 0
            self._show(rows, names.index(current.entry.name) if moved and current else 0)

    def _rows(self) -> list[Row]:
        """Actions, other places, articles; then what cannot be run now, and the last resort."""
        found = self._found
        able = [row for row in found.actions if row.entry.enabled]
        rest = [row for row in found.actions if not row.entry.enabled]
        rows = [*able, *found.others, *found.sought, *rest]
        return [*rows, Row(self._more.last(self._asked))] if self._more else rows

    def _show(self, rows: list[Row], at: int = 0) -> None:
        self.list.rows.show(rows)
        self.list.go(at)
        self._place()
        if self._wanted_enter and self._answered:
            self._wanted_enter = False
            self._run(self.list.currentIndex())

    def _place(self) -> None:
        rows = min(self.list.rows.rowCount(), _MOST_ROWS)
        top = round(self._window.height() * _TOP)
        wanted = self.field.sizeHint().height() + (rows * HEIGHT if rows else _NONE_HEIGHT) + 14
        width = min(_WIDTH, self._window.width() - 2 * _EDGE)
        height = min(wanted, self._window.height() - top - _EDGE)
        self.setGeometry((self._window.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the window's middle."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    # Running

    def _enter(self) -> None:
        """Enter may come before the answer to what was typed last; then it waits for it."""
        if self._answered:
            self._run(self.list.currentIndex())
        else:
            self._wanted_enter = True

    def _run(self, index: QModelIndex) -> None:
        row: Row | None = index.data(ROW)
        if row is None or not row.entry.enabled:
            return
        kept = self._context.settings
        if row.entry in self._entries:  # where one goes is no habit, and another library has others
            names = [name for name in kept.get(settings.RUN) if name != row.entry.name]
            kept.put(settings.RUN, (row.entry.name, *names)[:_REMEMBERED])
        self.close_and_return()
        row.entry.run()


def _action_entries(context: Context, acts: Mapping[Act, QAction]) -> list[Entry]:
    return [
        Entry(
            act.name,
            actions.words(action),
            context.text(f"menu.{act.value.group}"),
            actions.keys_text(action.shortcuts()),
            action.isEnabled(),
            action.trigger,
        )
        for act, action in acts.items()
        if act is not Act.PALETTE
    ]


class _Field(QLineEdit):
    """What is looked for; the list's keys are pressed here."""

    moved = Signal(int)
    entered = Signal()
    escaped = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setPlaceholderText(context.text("palette.hint"))
        self.setAccessibleName(context.text("palette.name"))

    def event(self, event: QEvent) -> bool:
        """Escape closes the palette, whatever else it would do in the window."""
        given: Any = event
        if event.type() == QEvent.Type.ShortcutOverride and given.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, run, leave; all else is typing."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell of the keyboard going elsewhere in the window."""
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.left.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab has nowhere to go from here."""
        return True


class _List(QListView):
    """The rows; the keyboard stays in the field."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows = PaletteModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(PalettePainter(context, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(context.text("palette.list"))

    def go(self, row: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(row, 0))

    def move_by(self, step: int) -> None:
        """Up and down go round at the ends; a page stops there."""
        count = self.rows.rowCount()
        if count:
            row = self.currentIndex().row() + step
            self.go(row % count if abs(step) == 1 else max(0, min(row, count - 1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says so."""
        super().paintEvent(event)
        if not self.rows.rowCount():
            words = self._context.text("palette.none")
            paint_hint(self.viewport(), self._context.tokens, words)
