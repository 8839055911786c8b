"""Finding words in the article that is read: those of a search, or of a bar over the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout

from bulletin_desktop.services import reading
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction, QKeyEvent

    from bulletin_desktop.ui.actions import Act
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.find_bar import FindBar
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.reader.hits import Find, HitMarks

# A text that is longer is looked through off the GUI thread.
_LONG = 20_000
# Selected words that are longer, or several lines, are none that one looks for.
_MOST_WORDS = 100


class Finding(QObject):
    """Marks hits on the page and goes from hit to hit, in a result list on to other articles.

    The words of the open bar come before those of a search.
    """

    def __init__(
        self, context: Context, reader: ReaderPane, outline: OutlinePane,
        acts: Mapping[Act, QAction],
    ) -> None:  # fmt: skip
        super().__init__(reader)
        self._context = context
        self._reader = reader
        self._outline = outline
        self._acts = acts
        self._bar: FindBar | None = None
        self._made_marks: HitMarks | None = None
        self._search: Find | None = None
        self._searched = ""
        self._typed = ""
        self._asked = 0  # the newest look through the article
        self._looking = False
        self._landed: int | None = None  # the article whose hits one went to last
        self._entrance = 1
        reader.shown.connect(self._on_shown)
        reader.emptied.connect(self.close)

    @property
    def marks(self) -> HitMarks:
        """The hits on the page, made when the first are wanted."""
        if self._made_marks is None:
            from bulletin_desktop.ui.reader.hits import HitMarks

            self._made_marks = HitMarks(self._reader.page)
        return self._made_marks

    @property
    def bar(self) -> FindBar:
        """The bar under the reader's head, made when it is first wanted."""
        if self._bar is None:
            from bulletin_desktop.ui.panes.find_bar import FindBar

            self._bar = FindBar(self._context, self._acts)
            self._bar.hide()
            layout = self._reader.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(1, self._bar)
            tab_through([self._reader.head.mode, *self._bar.controls(), self._reader.page])
            self._bar.typed.connect(self._on_typed)
            self._bar.stepped.connect(self.step)
            self._bar.closed.connect(self.close)
        return self._bar

    # A search

    def set_finder(self, find: Find | None, words: str = "") -> None:
        """Mark what a search finds in whatever article is read, until None ends that.

        ``find`` is called on other threads too; ``words`` are the search's own.
        """
        self._search, self._searched = find, words
        self._landed = None
        if not self._typed:
            self._look()

    # The bar

    def open(self) -> None:
        """Ask what is to be found; words that are selected on the page are taken over."""
        if self._reader.article is None:
            return
        bar = self.bar
        if bar.isHidden():
            self._reader.installEventFilter(self)
        words = self._selected()
        was_open = bar.isVisible()
        bar.ask(words)
        self._typed = bar.field.text().strip()
        if words:
            self._look(partial(self._go_near, self._unselect()))
        elif not was_open:
            self._look()

    def _selected(self) -> str:
        """The words that are selected on the page, if they are some that one looks for."""
        words = self._reader.page.selected.strip()
        return "" if "\n" in words or len(words) > _MOST_WORDS else words

    def _unselect(self) -> int:
        """Let the mark of the selected words be seen; gives the position where they begin."""
        cursor = self._reader.page.textCursor()
        position = cursor.selectionStart()
        cursor.clearSelection()
        self._reader.page.setTextCursor(cursor)
        return position

    def close(self) -> None:
        """Put the bar away; the search's hits are marked again, and one reads on."""
        if self._bar is None or self._bar.isHidden():
            return
        self._reader.removeEventFilter(self)
        if self._bar.isAncestorOf(self._bar.window().focusWidget() or self._bar):
            self._reader.page.setFocus()
        self._bar.hide()
        self._typed = ""
        self._look()

    def _on_typed(self, words: str) -> None:
        self._typed = words.strip()
        self._look(partial(self._go_near, self.marks.place) if self._typed else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape closes the bar from anywhere in the reader, before it would do anything else."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        key: QKeyEvent = event  # type: ignore[assignment]
        if key.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.close()
        return True

    # Looking through the article

    def _on_shown(self, article: int) -> None:
        if self._search is None and not self._typed:
            return
        entrance, self._entrance = self._entrance, 1
        self.marks.show(())
        landing = not self._typed and article != self._landed
        self._landed = article
        self._look(partial(self._land, entrance) if landing else None)

    def _look(self, then: Callable[[], None] | None = None) -> None:
        """Find the hits of the article anew, and do something once they are marked."""
        self._asked += 1
        self._looking = False
        find = partial(reading.find_words, self._typed) if self._typed else self._search
        page = self._reader.page
        if find is None or page.sheet is None:
            self._take(self._asked, then, [])
            return
        from bulletin_desktop.ui.reader.hits import hits_in, parts_of

        parts = parts_of(page)
        if sum(len(part.words) for part in parts) <= _LONG:
            self._take(self._asked, then, hits_in(parts, find))
            return
        self._looking = True
        take = partial(self._take, self._asked, then)
        self._context.runner.think("hits", lambda _: hits_in(parts, find), take)

    def _take(
        self, asked: int, then: Callable[[], None] | None, hits: list[tuple[int, int]]
    ) -> None:
        if asked != self._asked:
            return
        self._looking = False
        self.marks.show(hits)
        if then is not None and hits:
            then()
        self._tell()

    # Going to hits

    def _land(self, entrance: int) -> None:
        """Go to the first hit of an article that was opened, or coming from below to its last."""
        self.marks.go(0 if entrance > 0 else len(self.marks) - 1)

    def _go_near(self, position: int) -> None:
        """Go to the first hit from a position on, or else from the top."""
        number = self.marks.from_place(position)
        self.marks.go(number if number < len(self.marks) else 0)

    def step(self, step: int) -> None:
        """Go to the next hit (1) or the one before (−1); without any words ask for some."""
        if self._search is None and not self._typed:
            self.open()
        elif not self._looking:
            number = self.marks.beyond(step)
            if number is not None:
                self.marks.go(number)
                self._tell()
            elif self._typed:
                self._go_round(step)
            else:
                self._go_on(step)

    def _go_round(self, step: int) -> None:
        """Words of the bar are found in this article only."""
        if len(self.marks):
            self._land(step)
            self._tell(self._context.text("find.from_top" if step > 0 else "find.from_end"))

    def _go_on(self, step: int) -> None:
        """From the end of an article's hits to the next article of the result list."""
        outline = self._outline
        here = self._reader.article.id if self._reader.article else None
        if outline.searching and here is not None and outline.hit_list.current_article() != here:
            self._landed = here
            outline.show_article(here)  # it may be in the list without being the current one
        if outline.searching and outline.neighbour(step) is not None:
            self._entrance = step
            outline.step(step)
        else:
            said = "hits.no_next" if step > 0 else "hits.no_previous"
            self._context.said.emit(self._context.text(said))

    def _tell(self, said: str = "") -> None:
        """Say which hit is at hand: the bar for its own words, else the reader's foot."""
        total, current = len(self.marks), self.marks.current
        if self._bar is not None and not self._bar.isHidden():
            self._bar.show_count(total, current, said=said)
        text = self._context.text
        words = text("hits.count", n=total)
        if current is not None:
            words = text("hits.at", n=current + 1, total=total)
        shown = total and not self._typed
        self._reader.foot.show_hits(words if shown else "", self._searched)
