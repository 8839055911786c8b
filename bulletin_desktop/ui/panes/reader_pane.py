"""The middle pane: where one stands, the page, and the way to the neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing
from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui.panes.welcome import Welcome
from bulletin_desktop.ui.reader.page import FACT_GAP, PageStyle
from bulletin_desktop.ui.reader.page_view import PageView
from bulletin_desktop.ui.widgets.elided import ElidedButton, ElidedLabel

if TYPE_CHECKING:
    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Article, ArticleText
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node

# An article counts as read when it has stood before the eyes for so long.
_READ_MILLISECONDS = 1200
_CHARACTERS_A_MINUTE = 450


class ReaderPane(QWidget):
    """Reads one article; remembers the way through the library for back and forward."""

    stepped = Signal(int)
    shown = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("readerPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self.article: Article | None = None
        self._text: ArticleText | None = None
        self.page = PageView(PageStyle())
        self.welcome = Welcome(context)
        self._crumbs = ElidedLabel()
        self._previous = ElidedButton()
        self._next = ElidedButton()
        self._read = QTimer(self, singleShot=True, interval=_READ_MILLISECONDS)
        self._visited: list[int] = []
        self._at = -1
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._crumbs.setObjectName("crumbs")
        self._head, head = _bar("readerHead", 36)
        head.addWidget(self._crumbs)
        self._foot, foot = _bar("readerFoot", 38)
        for button in (self._previous, self._next):
            button.setObjectName("neighbour")
            foot.addWidget(button)
        foot.insertStretch(1)
        self.page.setAccessibleName(self._context.text("reader.name"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.welcome)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        self._previous.clicked.connect(self._step_back)
        self._next.clicked.connect(self._step_on)
        self._read.timeout.connect(self._mark_read)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self._show_text)
        for widget in (self, self.page):
            space = QShortcut(QKeySequence("Space"), widget)
            space.setContext(Qt.ShortcutContext.WidgetShortcut)
            space.activated.connect(self.page_or_step)

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_on(self) -> None:
        self.stepped.emit(1)

    def page_or_step(self) -> None:
        """Scroll a page; at the end go to the next article."""
        if self.article is not None and not self.page.page_down():
            self.stepped.emit(1)

    def show_welcome(self) -> None:
        """Say what can be done with an empty library."""
        self.article = self._text = None
        self._turn_to(self.welcome)
        self._head.hide()
        self._foot.hide()

    def _turn_to(self, shown: QWidget) -> None:
        """Show the page or the welcome; a welcome that is hidden asks for no room."""
        policy = QSizePolicy.Policy
        wanted = policy.Preferred if shown is self.welcome else policy.Ignored
        self.welcome.setSizePolicy(wanted, wanted)
        self._stack.setCurrentWidget(shown)

    def show_article(self, article: int, *, remember: bool = True) -> None:
        """Read an article from its top."""
        try:
            self._text = browsing.text_of(self._context.library, article)
        except KnownError as error:
            self._context.failed.emit(error)
            return
        self.article = self._text.article
        if remember and (self._at < 0 or self._visited[self._at] != article):
            self._visited = [*self._visited[: self._at + 1], article]
            self._at = len(self._visited) - 1
        self._head.show()
        self._foot.show()
        self._turn_to(self.page)
        self._show_text()
        self._read.start()
        self.shown.emit(article)

    def _show_text(self) -> None:
        if self._text is None:
            return
        facts = self._facts(self._text.article)
        self.page.show_article(self._text, facts, self._context.tokens)
        self._show_crumbs(self._text.article, self._text.issue_number)

    def _facts(self, article: Article) -> str:
        date = date_label(article.date, article.date_basis, self._context.catalogue)
        inferred = self._context.text("date.inferred") if date.inferred else ""
        when = self._context.text("reader.inferred", date=date.text) if inferred else date.text
        minutes = max(1, round(article.characters / _CHARACTERS_A_MINUTE))
        parts = [
            article.source,
            article.author,
            when,
            self._context.text("reader.minutes", n=minutes),
        ]
        return FACT_GAP.join(part for part in parts if part)

    def _show_crumbs(self, article: Article, number: str | None) -> None:
        date = date_label(article.date, article.date_basis, self._context.catalogue)
        parts = [
            date.text,
            self._context.text("reader.number", number=number) if number else "",
            article.section or "",
            self._context.text("reader.position", n=article.position + 1),
        ]
        star = "  ★" if article.starred else ""
        self._crumbs.setText(" › ".join(part for part in parts if part) + star)

    def show_neighbours(self, previous: Node | None, following: Node | None) -> None:
        """Name the articles before and after."""
        for button, node, form in (
            (self._previous, previous, "◀  {}"),
            (self._next, following, "{}  ▶"),
        ):
            button.setEnabled(node is not None)
            button.set_words(node.label if node else "", form)

    # Back and forward

    @property
    def can_go_back(self) -> bool:
        """Whether an article was read before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back before."""
        return self._at + 1 < len(self._visited)

    def travel(self, step: int) -> int | None:
        """The article one step back (−1) or forward (1), which becomes the place in the way."""
        if not 0 <= self._at + step < len(self._visited):
            return None
        self._at += step
        return self._visited[self._at]

    # Reading

    def _mark_read(self) -> None:
        article = self.article
        if article is None or not article.unread:
            return
        self._context.runner.write(
            lambda library: browsing.mark_read(library, [article.id], read=True),
            self._context.changed.emit,
            self._context.failed.emit,
        )

    def _on_change(self, change: Change) -> None:
        if self.article is None or not change.topics & {"documents", "tags", "reading"}:
            return
        try:
            self.article = browsing.by_id(self._context.library, self.article.id)
        except KnownError:
            self.article = self._text = None  # its import was undone; the window finds another
            return
        self._show_crumbs(self.article, self._text.issue_number if self._text else None)


def _bar(name: str, height: int) -> tuple[QWidget, QHBoxLayout]:
    bar = QWidget()
    bar.setObjectName(name)
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    bar.setFixedHeight(height)
    layout = QHBoxLayout(bar)
    layout.setContentsMargins(20, 0, 20, 0)
    layout.setSpacing(12)
    return bar, layout
