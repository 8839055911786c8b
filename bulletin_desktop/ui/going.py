"""Going from article to article, and with the keyboard from pane to pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from bulletin_desktop.services import reading

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.panes.tagging_pane import TaggingPane
    from bulletin_desktop.ui.reading_mode import ReadingMode
    from bulletin_desktop.ui.search import Search


class Going(QObject):
    """The ways through the library and the window."""

    def __init__(
        self, context: Context, outline: OutlinePane, reader: ReaderPane,
        tagging: TaggingPane, search: Search, mode: ReadingMode,
    ) -> None:  # fmt: skip
        super().__init__(outline)
        self._context = context
        self._outline = outline
        self._reader = reader
        self._tagging = tagging
        self._search = search
        self._mode = mode

    # Articles

    def step_on(self) -> None:
        """Go to the article after this one."""
        self._outline.step(1)

    def step_back(self) -> None:
        """Go to the article before this one."""
        self._outline.step(-1)

    def go_back(self) -> None:
        """Go to what was read before."""
        self._travel(-1)

    def go_forward(self) -> None:
        """Go to where one went back from."""
        self._travel(1)

    def _travel(self, step: int) -> None:
        article = self._reader.travel(step)
        if article is not None:
            self.go_to(article)

    def go_on_unread(self) -> None:
        """Go to the next article that was not read yet."""
        here = self._reader.article.id if self._reader.article else None
        found = reading.next_unread(self._context.library, here)
        if found is None:
            self._context.said.emit(self._context.text("reader.all_read"))
        else:
            self.go_to(found)

    def go_untagged(self, step: int) -> None:
        """Save what is being written and go to the next (1) or previous (−1) article without a
        theme.
        """
        self._tagging.note.save()
        here = self._reader.article.id if self._reader.article else None
        found = reading.next_untagged(self._context.library, here, step)
        if found is None:
            self._context.said.emit(self._context.text("themes.all_tagged"))
        else:
            self.go_to(found)

    def go_to(self, article: int) -> None:
        """Show an article, in the left pane too where that has it."""
        if not self._outline.show_article(article):
            self._reader.show_article(article)
            self._outline.clear_selection()

    # Panes; reading mode does not show the fields

    def focus_search(self) -> None:
        """Give the keyboard to the search box."""
        self._mode.leave()
        self._search.focus()

    def focus_themes(self) -> None:
        """Give the keyboard to the theme input."""
        self._mode.leave()
        self._tagging.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_note(self) -> None:
        """Give the keyboard to the note, where one article is meant."""
        self._mode.leave()
        if self._tagging.note.isVisible():
            self._tagging.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_mode(self) -> None:
        """Show nothing but the page, or the whole window again."""
        self._mode.toggle()
        if not self._mode.on:
            self._outline.focus_list()
