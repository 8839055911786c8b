"""The command palette: every action by its characters, pinyin or initials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

    from bulletin_desktop.services.completing import Found
    from bulletin_desktop.ui.context import Context

_WIDTH = 580
_EDGE = 20  # what stays free at both sides in a narrow window
_TOP = 0.12  # of the window's height
_MOST_ROWS = 11
_NONE_HEIGHT = 84
_REMEMBERED = 6
_PAGE = 8
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_PAGE,
    Qt.Key.Key_PageDown: _PAGE,
}
# The keyboard comes back from these by itself.
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def nothing() -> Sequence[Entry]:
    """No entries but the actions."""
    return ()


class Palette(QFrame):
    """A field and a list over the window's upper middle; a part of the window, so that it moves
    with it. ``more`` gives what can be run besides the actions, asked for at each opening.
    """

    def __init__(
        self,
        context: Context,
        window: QWidget,
        acts: Mapping[Act, QAction],
        more: Callable[[], Sequence[Entry]] = nothing,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._acts = acts
        self._more = more
        self._entries: list[Entry] = []
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
        self._entries = [*_action_entries(self._context, self._acts), *self._more()]
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
        labels = [entry.words for entry in self._entries]
        wanted = self._asked
        self._context.runner.think(
            "palette", lambda _: (wanted, completing.find(wanted, labels)), self._show_found
        )

    def _show_all(self) -> None:
        kept = self._context.settings.get(settings.RUN)
        order = {name: place for place, name in enumerate(kept)}
        self._show(
            [Row(e) for e in sorted(self._entries, key=lambda e: order.get(e.name, len(order)))]
        )

    def _show_found(self, answer: tuple[str, Sequence[Found]]) -> None:
        wanted, found = answer
        if wanted == self._asked and self.isVisible():
            self._show([Row(self._entries[one.index], one.ranges) for one in found])

    def _show(self, rows: list[Row]) -> None:
        """Show rows, those that cannot be run now last."""
        self._answered = True
        self.list.rows.show(sorted(rows, key=lambda row: not row.entry.enabled))
        self.list.go(0)
        self._place()
        if self._wanted_enter:
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
