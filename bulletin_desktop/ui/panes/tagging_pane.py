"""The right pane: themes on the selected articles, suggestions with their reason, and the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, noting, tagging
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.widgets.chip import Chip
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout
from bulletin_desktop.ui.widgets.note_edit import NoteEdit
from bulletin_desktop.ui.widgets.tab_order import tab_before
from bulletin_desktop.ui.widgets.theme_input import ThemeInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.services.suggesting import Suggestion
    from bulletin_desktop.ui.context import Context

# The first look must not wait for jieba's dictionary; so many articles are suggested for at once.
_SUGGEST_MILLISECONDS = 250
_SUGGEST_MOST = 50


class TaggingPane(QWidget):
    """Acts on all articles that are selected; what it shows is what Enter acts on."""

    left = Signal()
    starter_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("taggingPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._ids: tuple[int, ...] = ()
        self._records: list[Article] = []
        self._count = _label("", "hint")
        self._chips = FlowLayout()
        self.input = ThemeInput(context)
        self._suggestions = FlowLayout()
        self._suggest_head = _head(context.text("suggest.title"), context.text("suggest.basis"))
        self._starter = QPushButton(context.text("themes.starter"))
        self.note = NoteEdit()
        self._note_head = _head(context.text("note.title"), "N")
        self._timer = QTimer(self, singleShot=True, interval=_SUGGEST_MILLISECONDS)
        self._body = QWidget()
        self._nothing = _label(context.text("themes.nothing"), "hint")
        self._lay_out()
        self._connect()
        self.show_articles(())

    def _lay_out(self) -> None:
        text = self._context.text
        self.input.setPlaceholderText(text("themes.input"))
        self.input.setAccessibleName(text("themes.input"))
        self.note.set_hint(text("note.hint"))
        self.note.setAccessibleName(text("note.title"))
        self.note.setFixedHeight(110)
        self._starter.setObjectName("link")
        self._body.setObjectName("taggingBody")
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(_head(text("themes.title"), "T"))
        layout.addWidget(self._count)
        layout.addLayout(self._chips)
        layout.addWidget(self.input)
        layout.addWidget(self._starter, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(6)
        layout.addWidget(self._suggest_head)
        layout.addLayout(self._suggestions)
        layout.addSpacing(6)
        layout.addWidget(self._note_head)
        layout.addWidget(self.note)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self._body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        self._count.setWordWrap(True)
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setContentsMargins(24, 44, 24, 0)
        outer.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = scroll
        outer.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.input.picked.connect(self._put)
        self.input.created.connect(self._create)
        self.input.left.connect(self.left)
        self.note.written.connect(self._write_note)
        self.note.left.connect(self.left)
        self._starter.clicked.connect(self.starter_wanted)
        self._timer.timeout.connect(self._ask_suggestions)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self.input.restyle)
        self._context.restyled.connect(self._show_chips)

    def showEvent(self, event: QShowEvent) -> None:
        """Chips that were there first get their place among all controls after the first paint."""
        super().showEvent(event)
        QTimer.singleShot(_SUGGEST_MILLISECONDS, self, self._order_chips)

    @property
    def articles(self) -> tuple[int, ...]:
        """The articles that it acts on."""
        return self._ids

    def show_articles(self, ids: Sequence[int]) -> None:
        """Act on these articles from now on."""
        self._ids = tuple(ids)
        self._load()
        self._show_note()
        self._show_suggestions([])
        self._timer.start()

    def _load(self) -> None:
        library = self._context.library
        self._records = browsing.in_scope(library, Scope(ids=self._ids)) if self._ids else []
        self._scroll.setVisible(bool(self._records))
        self._nothing.setVisible(not self._records)
        self._count.setVisible(len(self._records) > 1)
        self._count.setText(self._context.text("themes.selected", n=len(self._records)))
        self._starter.setVisible(not self._context.themes())
        self._show_chips()

    # Themes

    def _show_chips(self) -> None:
        self._chips.clear()
        for theme in self._context.themes().values():
            carrying = sum(theme.id in record.themes for record in self._records)
            if carrying:
                self._chips.addWidget(self._chip(theme.id, carrying))
        if self.isVisible():
            self._order_chips()
        self._chips.invalidate()

    def _order_chips(self) -> None:
        tab_before(self.input, self._chips.widgets())

    def _chip(self, theme_id: int, carrying: int) -> Chip:
        theme = self._context.themes()[theme_id]
        partly = carrying < len(self._records)
        word = f"{theme.name} {carrying}/{len(self._records)}" if partly else theme.name
        made = Chip(self._context, word, theme.colour, partly=partly, removable=True)
        code = "themes.partly" if partly else "themes.remove"
        made.setToolTip(self._context.text(code, name=theme.name))
        made.removed.connect(lambda: self._take_off(theme_id))
        if partly:
            made.activated.connect(lambda: self._put(theme_id))
        return made

    def _put(self, theme: int) -> None:
        ids = self._ids
        if ids:
            self._context.act(lambda library: tagging.tag(library, ids, [theme]))

    def _take_off(self, theme: int) -> None:
        ids = self._ids
        self._context.act(lambda library: tagging.untag(library, ids, [theme]))

    def toggle(self, theme: int) -> None:
        """Put a theme on the articles, or take it off where all have it."""
        ids = self._ids
        if ids:
            self._context.act(lambda library: tagging.toggle(library, ids, theme))

    def _create(self, name: str) -> None:
        ids = self._ids
        if ids:
            self._context.act(lambda library: tagging.tag_new(library, ids, name))

    # Suggestions

    def _ask_suggestions(self) -> None:
        ids = self._ids[:_SUGGEST_MOST]
        if not ids or not self._context.themes():
            return
        suggester = self._context.suggester
        self._context.runner.think(
            "suggest",
            lambda library: (ids, suggester.suggest(library, ids)),
            self._on_suggestions,
            ignore,  # an article may be gone by now, its import undone
        )

    def _on_suggestions(self, answer: tuple[tuple[int, ...], Sequence[Suggestion]]) -> None:
        ids, found = answer
        if ids == self._ids[:_SUGGEST_MOST]:
            self._show_suggestions(found)

    def _show_suggestions(self, found: Sequence[Suggestion]) -> None:
        self._suggestions.clear()
        themes = self._context.themes()
        shown = [suggestion for suggestion in found if suggestion.theme_id in themes]
        self._suggest_head.setVisible(bool(shown))
        for suggestion in shown:
            self._suggestions.addWidget(self._suggestion_chip(suggestion))
        tab_before(self.note, self._suggestions.widgets())
        self._suggestions.invalidate()

    def _suggestion_chip(self, suggestion: Suggestion) -> Chip:
        theme = self._context.themes()[suggestion.theme_id]
        times = sum(count for _, count in suggestion.evidence)
        word = f"{theme.name} ×{times}" if times > 1 else theme.name
        made = Chip(self._context, word, dashed=True)
        words = "、".join(
            f"{found} ×{count}" if count > 1 else found for found, count in suggestion.evidence
        )
        made.setToolTip(self._context.text("suggest.reason", words=words))
        made.setAccessibleDescription(made.toolTip())
        made.activated.connect(lambda: self._put(suggestion.theme_id))
        return made

    # Note

    def _show_note(self) -> None:
        single = len(self._records) == 1
        self._note_head.setVisible(single)
        self.note.setVisible(single)
        if single:
            article = self._records[0].id
            self.note.show_note(article, browsing.note_of(self._context.library, article))
        else:
            self.note.show_note(None, "")

    def _write_note(self, article: int, text: str) -> None:
        self._context.act(
            lambda library: noting.set_note(library, "article", article, text),
            lambda: self.note.kept(article),
            lambda: self.note.failed(article, text),
        )

    # Changes

    def _on_change(self, change: Change) -> None:
        if change.topics & {"tags", "themes", "documents"}:
            self._load()
            self._timer.start()
        if change.topics & {"notes", "documents"} and self._records:
            self._show_note()


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label


def _head(words: str, right: str) -> QWidget:
    head = QWidget()
    layout = QHBoxLayout(head)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(_label(words, "heading"))
    layout.addStretch(1)
    layout.addWidget(_label(right, "heading"))
    return head
