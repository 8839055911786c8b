"""What one theme is: colour, digit key, other names, words and description, each kept at once."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services import themes
from bulletin_desktop.ui.widgets.elided import ElidedLabel
from bulletin_desktop.ui.widgets.leaving_edit import LeavingEdit
from bulletin_desktop.ui.widgets.swatches import Swatches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import SignalInstance

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context

_JOIN = "、"
_APART = re.compile(r"[、,，;；\n]")  # what stands between two names or words
_WIDTH = 300


class ThemeDetails(QScrollArea):
    """The fields of the theme that is chosen; with several or none there are none."""

    articles_wanted = Signal(int)
    note_wanted = Signal(int)
    left = Signal()  # Escape: back to the list

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._theme: Theme | None = None
        text = context.text
        self.name = ElidedLabel()
        self.name.setObjectName("reviewName")
        self.place = ElidedLabel()
        self.place.setObjectName("hint")
        self.articles = QPushButton(autoDefault=False)
        self.note = QPushButton(text("themes.note"), autoDefault=False)
        self.swatches = Swatches(context)
        self.key = QComboBox()
        self.key.addItem(text("menu.no_key"), None)
        for digit in "123456789":
            self.key.addItem(digit, digit)
        self.aliases, self.words, self.description = LeavingEdit(2), LeavingEdit(3), LeavingEdit(3)
        self._body, self._fields = QWidget(), QWidget()
        self._lay_out()
        self._connect()
        self.show_theme(None)

    def _lay_out(self) -> None:
        text = self._context.text
        links = QHBoxLayout()
        links.setSpacing(14)
        for link in (self.articles, self.note):
            link.setObjectName("link")
            links.addWidget(link)
        links.addStretch(1)
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(2, 0, 10, 2)
        for part in (self.name, self._fields):
            whole.addWidget(part)
        whole.addStretch(1)
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.place)
        column.addLayout(links)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("description", self.description), ("colour", self.swatches), ("key", self.key),
            ("aliases", self.aliases), ("words", self.words),
        )  # fmt: skip
        for name, field in fields:
            label = QLabel(text(f"themes.{name}"))
            label.setObjectName("heading")
            label.setBuddy(field)
            column.addSpacing(5)
            column.addWidget(label)
            column.addWidget(field)
            if field is not self.swatches:
                field.setAccessibleName(label.text())
        for name, edit in (("aliases", self.aliases), ("words", self.words)):
            edit.setPlaceholderText(text(f"themes.{name}_hint"))
        self.description.setPlaceholderText(text("themes.description_hint"))
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(_WIDTH)

    def _connect(self) -> None:
        self.articles.clicked.connect(lambda: self._want(self.articles_wanted))
        self.note.clicked.connect(lambda: self._want(self.note_wanted))
        self.swatches.picked.connect(self._set_colour)
        self.key.activated.connect(self._set_key)
        self.description.written.connect(
            lambda theme, text: self._act(partial(themes.describe, theme=theme, text=text))
        )
        self.aliases.written.connect(
            lambda theme, text: self._act(
                partial(themes.set_aliases, theme=theme, aliases=_parted(text))
            )
        )
        self.words.written.connect(
            lambda theme, text: self._act(
                partial(themes.set_words, theme=theme, words=_parted(text))
            )
        )
        for edit in (self.aliases, self.words, self.description):
            edit.left.connect(self.left)

    def _want(self, signal: SignalInstance) -> None:
        if self._theme is not None:
            signal.emit(self._theme.id)

    def _act(self, verb: Callable[[Library], Change]) -> None:
        self._context.act(verb)

    # What is shown

    def show_theme(self, theme: Theme | None, chosen: int = 1) -> None:
        """Show a theme; none where ``chosen`` says that there are several."""
        shown = theme if chosen == 1 else None
        self._theme = shown
        self._fields.setVisible(shown is not None)
        several = self._context.text("themes.chosen", n=chosen) if chosen > 1 else ""
        self.name.setText(shown.name if shown else several)
        self.name.setToolTip(self.name.text())
        self.place.setText(self._path(shown) if shown else "")
        self._show_counts(shown)
        self.swatches.show_colour(shown.colour if shown else "")
        self._show_keys(shown)
        owner = shown.id if shown else None
        self.aliases.show_text(owner, _JOIN.join(shown.aliases) if shown else "")
        self.words.show_text(owner, _JOIN.join(shown.words) if shown else "")
        self.description.show_text(owner, shown.description if shown else "")

    def save(self) -> None:
        """Keep what is being typed."""
        for edit in (self.aliases, self.words, self.description):
            edit.save()

    def _path(self, theme: Theme) -> str:
        """The names above a theme."""
        known = self._context.themes()
        names: list[str] = []
        at = theme.parent
        while at in known and len(names) < len(known):
            names.append(known[at].name)
            at = known[at].parent
        return " › ".join(reversed(names)) or self._context.text("themes.at_top")

    def _show_counts(self, theme: Theme | None) -> None:
        counts = (theme.articles, theme.highlights) if theme else (0, 0)
        words = self._context.text("themes.counts", articles=counts[0], highlights=counts[1])
        self.articles.setText(words if any(counts) else self._context.text("themes.unused"))
        self.articles.setEnabled(any(counts))
        self.articles.setToolTip(self._context.text("themes.show_articles") if any(counts) else "")

    def _show_keys(self, theme: Theme | None) -> None:
        """Each digit with the theme that has it."""
        holders = {t.key: t.name for t in self._context.themes().values() if t.key}
        for row in range(1, self.key.count()):
            digit = self.key.itemData(row)
            holder = holders.get(digit) if theme is None or digit != theme.key else None
            self.key.setItemText(row, f"{digit} · {holder}" if holder else digit)
        self.key.setCurrentIndex(self.key.findData(theme.key) if theme else 0)

    # What is changed

    def _set_colour(self, colour: str) -> None:
        if self._theme is not None:
            self._act(partial(themes.set_colour, theme=self._theme.id, colour=colour))

    def _set_key(self) -> None:
        if self._theme is not None:
            key = self.key.currentData()
            self._act(partial(themes.set_key, theme=self._theme.id, key=key))


def _parted(text: str) -> Sequence[str]:
    return [part for part in _APART.split(text) if part.strip()]
