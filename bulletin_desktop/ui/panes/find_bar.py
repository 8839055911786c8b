"""The line under the reader's head in which one types what is to be found in the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from bulletin_desktop.ui import actions, icons
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.panes.reader_head import head_button

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction, QKeyEvent

    from bulletin_desktop.ui.context import Context

_HEIGHT = 40
_WIDTHS = (90, 320)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROUND = "↻ "


class _Field(QLineEdit):
    """Takes words; Enter goes on, with Shift back."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the hits."""
        if event.key() in _ENTER:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)


class FindBar(QWidget):
    """Says what is wanted and how much of it there is."""

    typed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, context: Context, acts: Mapping[Act, QAction]) -> None:
        super().__init__()
        self._context = context
        self._acts = acts
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self.field = _Field()
        self.count = QLabel()
        self.back, self.on, self.shut = head_button(), head_button(), head_button()
        self._lay_out()
        self._connect()
        self._name()
        self._draw()

    def _lay_out(self) -> None:
        words = self._context.text("action.find")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.setMinimumWidth(_WIDTHS[0])
        self.field.setMaximumWidth(_WIDTHS[1])
        self.count.setObjectName("findCount")
        self.count.ensurePolished()
        # The buttons stand still while one clicks through the hits.
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance(f"{_ROUND}000/000"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addSpacing(6)
        row.addWidget(self.count)
        row.addSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.on)
        row.addStretch()
        row.addWidget(self.shut)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.typed)
        self.field.stepped.connect(self.stepped)
        for button, act in self._steps():
            button.clicked.connect(self._acts[act].trigger)
            self._acts[act].changed.connect(self._name)
        self.shut.clicked.connect(self.closed)
        self._context.restyled.connect(self._draw)

    def _steps(self) -> tuple[tuple[QToolButton, Act], ...]:
        return (self.back, Act.PREVIOUS_HIT), (self.on, Act.NEXT_HIT)

    def _name(self) -> None:
        """Say what the buttons do, and their keys."""
        for button, act in self._steps():
            button.setToolTip(actions.hint(self._acts[act]))
            button.setAccessibleName(actions.words(self._acts[act]))
        words = self._context.text("find.close")
        self.shut.setToolTip(f"{words} (Esc)")
        self.shut.setAccessibleName(words)

    def _draw(self) -> None:
        tokens = self._context.tokens
        colours = tokens.colour("muted"), tokens.colour("scroll")
        for button, name in ((self.back, "up"), (self.on, "down"), (self.shut, "close")):
            button.setIcon(icons.icon(name, *colours))

    def controls(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return self.field, self.back, self.on, self.shut

    def ask(self, words: str) -> None:
        """Take words, or else those of the last time, and the keyboard."""
        if words:
            blocker = QSignalBlocker(self.field)  # they are taken, not typed
            self.field.setText(words)
            blocker.unblock()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, total: int, current: int | None, *, said: str = "") -> None:
        """Say how many hits there are and which is at hand, counted from 0.

        ``said`` is the sentence that one went round the end of the article.
        """
        text, asked = self._context.text, bool(self.field.text().strip())
        none = asked and not total
        words = f"{_ROUND if said else ''}{'–' if current is None else current + 1}/{total}"
        spoken = text("hits.count", n=total)
        if current is not None:
            spoken = said or text("hits.at", n=current + 1, total=total)
        if none:
            words = text("find.none")
            spoken = text("find.none_spoken", words=self.field.text().strip())
        self.count.setText(words if asked else "")
        self.count.setToolTip(spoken if asked else "")
        self._warn(none)
        if asked:
            self._speak(spoken)
        for button, _ in self._steps():
            button.setEnabled(total > 0)

    def _warn(self, none: bool) -> None:
        if self.count.property("none") != none:
            self.count.setProperty("none", none)
            self.count.style().polish(self.count)

    def _speak(self, sentence: str) -> None:
        """Have a screen reader say what is to be seen beside the field."""
        self.count.setAccessibleName(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, sentence))
