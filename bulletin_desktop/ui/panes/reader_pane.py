"""The middle pane: where one stands, the page, and the way to the neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, reading, tagging
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.panes.pages import Pages
from bulletin_desktop.ui.panes.reader_foot import ReaderFoot
from bulletin_desktop.ui.panes.reader_head import ReaderHead
from bulletin_desktop.ui.reader.facts import crumbs, sheet_of
from bulletin_desktop.ui.reader.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Article, ArticleText, Subhead
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node
    from bulletin_desktop.ui.panes.article_deeds import ArticleDeeds
    from bulletin_desktop.ui.panes.welcome import Welcome
    from bulletin_desktop.ui.reader.page import Sheet
    from bulletin_desktop.ui.reader.way import Way
    from bulletin_desktop.ui.settings import Setting

# An article counts as read when it has stood before the eyes for so long.
_READ_MILLISECONDS = 1200
# The subheads of an article with more characters are found off the GUI thread.
_LONG = 20_000
# The first paint comes first.
_SETTLED_MILLISECONDS = 50


class ReaderPane(QWidget):
    """Reads one article; remembers the way through the library for back and forward."""

    stepped = Signal(int)
    welcome_made = Signal(object)  # Welcome
    shown = Signal(int)
    emptied = Signal()  # there is no article any more
    wanted = Signal(int)  # an article that another part of the window shall lead to
    mode_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("readerPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self.article: Article | None = None
        self._sheet: Sheet | None = None
        self.pages = Pages(context)
        self.page = self.pages.page
        self._welcome: Welcome | None = None
        self.head = ReaderHead(context)
        self.foot = ReaderFoot()
        self._trail = Trail(context)
        self.way: Way = self._trail.way
        self._made_deeds: ArticleDeeds | None = None
        self._alone = False
        self._read = QTimer(self, singleShot=True, interval=_READ_MILLISECONDS)
        self._restyling = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.page.setAccessibleName(self._context.text("reader.name"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.foot)

    def _connect(self) -> None:
        self.foot.stepped.connect(self.stepped)
        self.head.read.clicked.connect(self.toggle_read)
        self.head.star.clicked.connect(self._toggle_star)
        self.head.typography.clicked.connect(self.typography)
        self.head.outline.clicked.connect(self.show_outline)
        self.head.mode.clicked.connect(self.mode_wanted)
        self.pages.swapped.connect(self._swap)
        self._read.timeout.connect(self._mark_read)
        self._restyling.timeout.connect(self.pages.restyle)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self._on_restyled)
        self._context.settings.changed.connect(self._on_setting)
        for widget in (self, self.page):
            space = QShortcut(QKeySequence("Space"), widget)
            space.setContext(Qt.ShortcutContext.WidgetShortcut)
            space.activated.connect(self.page_or_step)

    def page_or_step(self) -> None:
        """Scroll a page; at the end go to the next article."""
        if self.article is not None and not self.page.page_down():
            self.stepped.emit(1)

    def show_welcome(self) -> None:
        """Say what can be done with an empty library."""
        self._leave()
        self.article = self._sheet = None
        self.pages.unpin()
        self._turn_to(self.welcome)
        self.head.hide()
        self.foot.hide()
        self.emptied.emit()

    @property
    def welcome(self) -> Welcome:
        """The invitation of an empty library, made when one is shown."""
        if self._welcome is None:
            from bulletin_desktop.ui.panes.welcome import Welcome

            self._welcome = Welcome(self._context)
            self._stack.addWidget(self._welcome)
            self.welcome_made.emit(self._welcome)
        return self._welcome

    @property
    def invites(self) -> bool:
        """Whether the invitation is shown."""
        return self._welcome is not None and self._welcome.isVisible()

    def _turn_to(self, shown: QWidget) -> None:
        """Show the page or the welcome; a welcome that is hidden asks for no room."""
        policy = QSizePolicy.Policy
        if self._welcome is not None:
            wanted = policy.Preferred if shown is self._welcome else policy.Ignored
            self._welcome.setSizePolicy(wanted, wanted)
        self._stack.setCurrentWidget(shown)

    def show_article(self, article: int) -> None:
        """Read an article from where reading of it stopped."""
        try:
            text = browsing.text_of(self._context.library, article)
        except KnownError as error:
            self._context.failed.emit(error)
            return
        self._leave()
        self.article = text.article
        # The first article of a start, and a long one, get their subheads after the first paint.
        at_once = self.isVisible() and text.article.characters <= _LONG
        self._sheet = sheet_of(text, reading.subheads(text) if at_once else (), self._context)
        self._trail.way.add(article)
        self._show_around()
        self._turn_to(self.pages)
        self.page.show_sheet(self._sheet, self._context.paper, self._trail.place_of(article))
        self._show_state()
        self._read.start()
        self.shown.emit(article)
        if self.isVisible() and not at_once:
            QTimer.singleShot(_SETTLED_MILLISECONDS, self, self._seek_subheads)

    def showEvent(self, event: QShowEvent) -> None:
        """Now is the time for what a start did without."""
        super().showEvent(event)
        QTimer.singleShot(_SETTLED_MILLISECONDS, self, self._seek_subheads)

    def _seek_subheads(self) -> None:
        if self._sheet is not None and not self._sheet.subheads:
            text = self._sheet.text
            self._context.runner.think(
                "subheads", lambda _: (text, reading.subheads(text)), self._add_subheads, ignore
            )

    def _add_subheads(self, found: tuple[ArticleText, Sequence[Subhead]]) -> None:
        text, heads = found
        if heads and self._sheet is not None and self._sheet.text is text:
            self._sheet = self._sheet._replace(subheads=heads)
            self.page.add_subheads(self._sheet)

    def _show_around(self) -> None:
        for bar in (self.head, self.foot):
            bar.setVisible(not self._alone)

    def _show_state(self) -> None:
        """Say where the article stands, and whether it was read and has a star."""
        if self.article is None or self._sheet is None:
            return
        number = self._sheet.text.issue_number
        self.head.show_state(self.article, crumbs(self.article, number, self._context))

    def show_neighbours(self, previous: Node | None, following: Node | None) -> None:
        """Name the articles before and after."""
        self.foot.show_neighbours(previous, following)

    # Back and forward, places

    def travel(self, step: int) -> int | None:
        """The article one step back (−1) or forward (1), which becomes the place in the way."""
        return self._trail.way.travel(step)

    def _leave(self) -> None:
        if self.article is not None:
            self._trail.keep_place(self.article.id, self.page.reading_place)

    def keep_place(self) -> None:
        """Keep where one is and how one came there, before the window closes."""
        self._leave()
        self._trail.save()

    # Style

    def _on_setting(self, setting: Setting) -> None:
        if setting.page == "reading":
            self._restyling.start()  # several at once are one

    def _on_restyled(self) -> None:
        self.head.restyle()
        self.pages.restyle()

    def typography(self) -> None:
        """Open the settings of the page, which take effect while one moves them."""
        from bulletin_desktop.ui.panes.typography import Typography

        Typography(self._context, self).open_under(self.head.typography)

    def set_reading_mode(self, on: bool) -> None:
        """Leave nothing but the page, or show again what stands around it."""
        self._alone = on
        if self.article is not None:
            self._show_around()
        self.pages.set_airy(on)

    # Reading

    def _mark_read(self) -> None:
        if self.article is not None and self.article.unread:
            self._set_read(self.article.id, read=True)

    def _set_read(self, article: int, *, read: bool) -> None:
        self._context.runner.write(
            lambda library: browsing.mark_read(library, [article], read=read),
            self._context.changed.emit,
            self._context.failed.emit,
        )

    def toggle_read(self) -> None:
        """Mark the article as read, or as unread again."""
        if self.article is not None:
            self._read.stop()
            self._set_read(self.article.id, read=self.article.unread)

    def _toggle_star(self) -> None:
        if self.article is not None:
            article, starred = self.article.id, not self.article.starred
            self._context.act(lambda library: tagging.star(library, [article], starred=starred))

    def show_outline(self) -> None:
        """Offer the article's subheads to go to."""
        if self._sheet is None:
            return
        from bulletin_desktop.ui.panes.subhead_list import SubheadList, entries_of

        if entries := entries_of(self._sheet):
            found = SubheadList(self._context, entries, self)
            found.chosen.connect(self.page.go_to)
            found.open_under(self.head.outline)
        else:  # an empty panel would only take the next key
            self._context.said.emit(self._context.text("reader.no_subheads"))

    def toggle_beside(self) -> None:
        """Keep the article on a second page beside the first, or close that page."""
        if self.pages.beside is not None:
            self.pages.unpin()
        elif self._sheet is not None:
            self.pages.pin(self._sheet, self.page.place)

    def _swap(self) -> None:
        """The article beside comes to the first page, and this one goes beside, places and all."""
        beside = self.pages.beside
        if beside is None or self._sheet is None:
            return
        sheet, place = self._sheet, self.page.place
        article, there = beside.article, beside.page.place
        self.pages.pin(sheet, place)
        self._leave()
        if article == sheet.text.article.id:
            self.page.go_to(there)
            return
        self._trail.keep_place(article, there)
        self.wanted.emit(article)

    def _on_change(self, change: Change) -> None:
        if not change.topics & {"documents", "tags", "reading"}:
            return
        if "documents" in change.topics:
            self._trail.forget_gone()
            self.pages.look_beside()
        if self.article is None:
            return
        try:
            self.article = browsing.by_id(self._context.library, self.article.id)
        except KnownError:
            self.article = self._sheet = None  # its import was undone; the window finds another
            return
        self._show_state()

    # What is done with the article

    @property
    def _deeds(self) -> ArticleDeeds:
        if self._made_deeds is None:
            from bulletin_desktop.ui.panes.article_deeds import ArticleDeeds

            self._made_deeds = ArticleDeeds(self._context, self)
        return self._made_deeds

    def show_original(self) -> None:
        """Show the article in the text of the file that it came from."""
        if self._sheet is not None:
            self._deeds.show_original(self._sheet.text.article.id)

    def open_folder(self) -> None:
        """Open the folder of the file that the article came from."""
        if self._sheet is not None:
            self._deeds.open_folder(self._sheet.text.article.id)

    def copy_cited(self) -> None:
        """Copy the selected words, or else the highlight at hand or the whole article, with where
        they are from.
        """
        if self._sheet is not None:
            self._deeds.copy_cited(self._sheet.text, self.page.selected or self.page.marked)

    def print_article(self) -> None:
        """Show what the article will be in print, and print it from there."""
        if self._sheet is not None:
            self._deeds.print_article(self._sheet)
