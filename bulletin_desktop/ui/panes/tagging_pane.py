"""The right pane: themes, suggestions, highlights, the note, and articles like this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, tagging
from bulletin_desktop.ui.panes.tagging_facts import Facts
from bulletin_desktop.ui.panes.tagging_parts import Head, Section, label
from bulletin_desktop.ui.recent_themes import RecentThemes
from bulletin_desktop.ui.widgets.chip import Chip
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout
from bulletin_desktop.ui.widgets.note_field import NoteField
from bulletin_desktop.ui.widgets.tab_order import tab_before
from bulletin_desktop.ui.widgets.theme_input import ThemeInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.tagging_passage import PassageLine

# What is found out for an article waits until the reader stays with it.
_PAUSE_MILLISECONDS = 250


class TaggingPane(QWidget):
    """Acts on all articles that are selected, or on the passage that is shown; what it shows is
    what Enter acts on.
    """

    left = Signal()
    starter_wanted = Signal()
    passage_picked = Signal(int)  # a theme for the passage
    passage_created = Signal(str)  # the name or path of a new theme for it
    passage_left = Signal()  # the articles are meant again
    highlight_wanted = Signal(int, int)  # article, highlight
    article_wanted = Signal(int)
    history_wanted = Signal()  # that of the article that is shown

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("taggingPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._recent = RecentThemes(context)
        self._ids: tuple[int, ...] = ()
        self._records: list[Article] = []
        self._passage = ""
        self._passage_line: PassageLine | None = None
        self.facts = Facts(context, self)
        self._count = label("", "hint")
        self._chips = FlowLayout()
        self.input = ThemeInput(context)
        self._starter = QPushButton(context.text("themes.starter"))
        self._note_section = Section(context.text("note.title"), "N")
        self._field = NoteField(context, "article")
        self.note = self._field.edit
        self.history = QPushButton(context.text("note.history"))
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        # Sections that are made when they have something to show: below the input, below the note.
        self.above_note, self.below_note = QVBoxLayout(), QVBoxLayout()
        self._body = QWidget()
        self._nothing = label(context.text("themes.nothing"), "hint")
        self._dress()
        self._lay_out()
        self._connect()
        self.show_articles(())

    def _dress(self) -> None:
        text = self._context.text
        self.input.setPlaceholderText(text("themes.input"))
        self.input.setAccessibleName(text("themes.input"))
        self.note.set_hint(text("note.hint"))
        self.note.setFixedHeight(110)
        self._starter.setObjectName("link")
        self.history.setObjectName("link")
        self.history.setToolTip(text("note.history.help"))
        self._note_section.head.add(self.history)
        self._note_section.head.add(self._field.private)
        self._note_section.body.addWidget(self._field)
        self._count.setWordWrap(True)
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setContentsMargins(24, 44, 24, 0)

    def _lay_out(self) -> None:
        self._body.setObjectName("taggingBody")
        self._layout = QVBoxLayout(self._body)
        self._layout.setContentsMargins(14, 14, 14, 14)
        self._layout.setSpacing(8)
        self._layout.addWidget(Head(self._context.text("themes.title"), "T"))
        self._layout.addWidget(self._count)
        self._layout.addLayout(self._chips)
        self._layout.addWidget(self.input)
        self._layout.addWidget(self._starter, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addLayout(self.above_note)
        self._layout.addWidget(self._note_section)
        self._layout.addLayout(self.below_note)
        self._layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.input.picked.connect(self.put)
        self.input.created.connect(self._create)
        self.input.left.connect(self._leave_input)
        self.note.left.connect(self.left)
        self._field.article_wanted.connect(self.article_wanted)
        self.history.clicked.connect(self.history_wanted)
        self._starter.clicked.connect(self.starter_wanted)
        self._timer.timeout.connect(self._find_facts)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self.input.restyle)
        self._context.restyled.connect(self._show_chips)

    def showEvent(self, event: QShowEvent) -> None:
        """Chips that were there first get their place among all controls after the first paint."""
        super().showEvent(event)
        QTimer.singleShot(_PAUSE_MILLISECONDS, self, self._order_chips)
        self._timer.start()

    @property
    def articles(self) -> tuple[int, ...]:
        """The articles that it acts on."""
        return self._ids

    def show_articles(self, ids: Sequence[int]) -> None:
        """Act on these articles from now on."""
        self._ids = tuple(ids)
        self._load()
        self._show_note()
        self.facts.clear()
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
        self.facts.leave_out(self._carried_by_all())

    def _carried_by_all(self) -> set[int]:
        themes = [set(record.themes) for record in self._records]
        return set.intersection(*themes) if themes else set()

    def _find_facts(self) -> None:
        """Find out what can be said of the articles, where somebody sees it."""
        if self._records and self.isVisible():
            self.facts.find(self._ids)

    # Themes

    def _show_chips(self) -> None:
        focused = any(chip.hasFocus() for chip in self._chips.widgets())
        self._chips.clear()
        for theme in self._context.themes().values():
            carrying = sum(theme.id in record.themes for record in self._records)
            if carrying:
                self._chips.addWidget(self._chip(theme.id, carrying))
        if self.isVisible():
            self._order_chips()
        self._chips.invalidate()
        if focused:  # the keyboard stays here though its chip has gone
            first = next(iter(self._chips.widgets()), self.input)
            first.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

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
            made.activated.connect(lambda: self.put_on_articles(theme_id))
        return made

    def put(self, theme: int) -> None:
        """Put a theme on the passage that is shown, or else on the articles."""
        if self._passage:
            self._recent.add(theme)
            self.passage_picked.emit(theme)
        else:
            self.put_on_articles(theme)

    def put_on_articles(self, theme: int) -> None:
        """Put a theme on the articles, whether a passage is shown or not."""
        ids = self._ids
        if ids:
            self._context.act(
                lambda library: tagging.tag(library, ids, [theme]),
                lambda: self._recent.add(theme),
            )

    def _take_off(self, theme: int) -> None:
        ids = self._ids
        self._context.act(lambda library: tagging.untag(library, ids, [theme]))

    def toggle(self, theme: int) -> None:
        """Put a theme on the articles, or take it off where all have it."""
        ids = self._ids
        if ids:
            taken = theme in self._carried_by_all()
            done = None if taken else lambda: self._recent.add(theme)
            self._context.act(lambda library: tagging.toggle(library, ids, theme), done)

    def repeat(self) -> None:
        """Put the theme that was applied last on what is shown."""
        last = self._recent.ids()
        if last:
            self.put(last[0])
        else:
            self._context.said.emit(self._context.text("themes.none_applied"))

    def accept_suggestion(self) -> None:
        """Put the theme that is suggested first on the articles."""
        first = self.facts.first_suggestion
        if first is None:
            self._context.said.emit(self._context.text("suggest.none"))
        else:
            self.put_on_articles(first)

    def refuse(self, theme: int) -> None:
        """Suggest a theme for these articles no more."""
        from bulletin_desktop.services import suggesting

        ids = self._ids
        self._context.act(lambda library: suggesting.refuse(library, ids, theme))

    def _create(self, name: str, parent: int | None) -> None:
        ids = self._ids
        if self._passage:
            above = f"{self._context.themes()[parent].name}/" if parent is not None else ""
            self.passage_created.emit(above + name)
        elif ids:
            self._context.act(
                lambda library: tagging.tag_new(library, ids, name, parent),
                lambda: self._remember_made(name),
            )

    def _remember_made(self, name: str) -> None:
        last = tagging.path_of(name)[-1]
        for theme in self._context.themes().values():
            if theme.name in (name, last):
                self._recent.add(theme.id)

    # The passage

    def show_passage(self, words: str) -> None:
        """Act on the passage with these words from now on, or with "" on the articles again."""
        self._passage = words.strip()
        if self._passage_line is None:
            if not self._passage:
                return
            from bulletin_desktop.ui.panes.tagging_passage import PassageLine

            self._passage_line = PassageLine(self._context)
            self._passage_line.closed.connect(self.leave_passage)
            self._layout.insertWidget(self._layout.indexOf(self.input), self._passage_line)
        self._passage_line.show_words(self._passage)

    def leave_passage(self) -> None:
        """Go back from the passage to the articles."""
        self.show_passage("")
        self.passage_left.emit()

    def _leave_input(self) -> None:
        """Escape leaves the passage first, then the input."""
        if self._passage:
            self.leave_passage()
        else:
            self.left.emit()

    # The note, and changes

    def _show_note(self) -> None:
        single = len(self._records) == 1
        self._note_section.setVisible(single)
        self._field.show_note(self._records[0].id if single else None)

    def _on_change(self, change: Change) -> None:
        if change.topics & {"tags", "themes", "documents"}:
            self._load()
        if change.topics & {"notes", "documents"} and self._records:
            self._show_note()
        if change.topics & {"tags", "themes", "documents", "highlights", "notes", "words"}:
            self._timer.start()
