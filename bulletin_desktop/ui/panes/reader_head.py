"""The line over the page: whether it was read, where one stands, star, and the page's buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from bulletin_desktop.ui import actions, icons, settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.widgets.elided import ElidedLabel
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.settings import Setting

HEIGHT = 36


class ReaderHead(QWidget):
    """Shows the state of the shown article, and has a button for each of its actions."""

    reprints_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("readerHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._context = context
        self.crumbs = ElidedLabel()
        self.crumbs.setObjectName("crumbs")
        self.read = head_button()
        self.star = head_button()
        self.typography = head_button()
        self.outline = head_button()
        self.mode = head_button()
        self._acts = {
            Act.READ: self.read,
            Act.STAR: self.star,
            Act.TYPOGRAPHY: self.typography,
            Act.OUTLINE: self.outline,
            Act.READING_MODE: self.mode,
        }
        self.reprints: QToolButton | None = None
        self._unread = self._starred = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 12, 0)
        layout.setSpacing(2)
        layout.addWidget(self.read)
        layout.addWidget(self.crumbs, 1)
        for button in (self.star, self.typography, self.outline, self.mode):
            layout.addWidget(button)
        self._name()
        self.restyle()
        context.settings.changed.connect(self._on_setting)

    def _on_setting(self, setting: Setting) -> None:
        if setting is settings.KEYS:
            self._name()

    def _name(self) -> None:
        """Say what the buttons do, and their keys."""
        for act, button in self._acts.items():
            words = self._words(act)
            sequences = [QKeySequence(key) for key in actions.keys_of(act, self._context.settings)]
            keys = actions.keys_text(sequences)
            button.setToolTip(f"{words} ({keys})" if keys else words)
            button.setAccessibleName(words)

    def _words(self, act: Act) -> str:
        text = self._context.text
        if act is Act.READ:
            return text("reader.unread" if self._unread else "reader.read")
        if act is Act.STAR:
            return text("reader.starred" if self._starred else "action.star")
        return text(act.code).rstrip("…")

    def show_state(self, article: Article, crumbs: str) -> None:
        """Show what is known of an article."""
        self.crumbs.setText(crumbs)
        if (article.unread, article.starred) != (self._unread, self._starred):
            self._unread, self._starred = article.unread, article.starred
            self._name()
            self._draw_state()

    def show_reprints(self, count: int) -> None:
        """Say that there are so many other articles of the same text; of none nothing is said."""
        if self.reprints is None:
            if not count:
                return
            self.reprints = self._add_reprints()
        self.reprints.setText(self._context.text("reader.reprints", n=count))
        self.reprints.setVisible(count > 0)

    def _add_reprints(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName("reprints")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self.reprints_wanted)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(2, made)
        tab_through([self.read, made, self.star])
        self._acts[Act.REPRINTS] = made
        self._name()
        return made

    def restyle(self) -> None:
        """Draw the buttons in the window's colours."""
        colour = self._context.tokens.colour("muted")
        for button, name in (
            (self.typography, "letters"),
            (self.outline, "lines"),
            (self.mode, "expand"),
        ):
            button.setIcon(icons.icon(name, colour))
        self._draw_state()

    def _draw_state(self) -> None:
        tokens = self._context.tokens
        dot = ("dot", "accent") if self._unread else ("ring", "faint")
        star = ("star", "accent") if self._starred else ("star_line", "muted")
        for button, (name, token) in ((self.read, dot), (self.star, star)):
            button.setIcon(icons.icon(name, tokens.colour(token)))


def head_button() -> QToolButton:
    """A small button without a frame."""
    button = QToolButton()
    button.setObjectName("headButton")
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
