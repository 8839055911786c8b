"""Two pages of the same article beside each other: marked where they differ, scrolled together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bulletin_desktop.ui.reader.marks import Mark, with_current

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.model.comparison import Comparison, Difference
    from bulletin_desktop.model.records import Reprint
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.beside_pane import BesidePane
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.reader.page_view import PageView

# A difference that one goes to has so many characters above it.
_BEFORE = 60


class Comparing(QObject):
    """Keeps the reader's page and the one beside it together."""

    def __init__(self, context: Context, reader: ReaderPane) -> None:
        super().__init__(reader)
        self._context = context
        self._reader = reader
        self._beside: BesidePane | None = None
        self._pair: tuple[int, int] = (0, 0)
        self._share = 0.0
        self._comparison: Comparison | None = None
        self._at: int | None = None
        self._scrolling = False
        reader.page.verticalScrollBar().valueChanged.connect(partial(self._follow, False))
        context.restyled.connect(self._mark)

    @property
    def on(self) -> bool:
        """Whether the page beside is compared with this one."""
        return self._beside is not None

    def begin(self, reprint: Reprint) -> None:
        """Compare the page with a reprint that stands beside it."""
        assert self._reader.article is not None
        self._pair = (self._reader.article.id, reprint.article.id)
        self._share = reprint.share
        self._start()

    def _start(self) -> None:
        beside, sheet = self._reader.pages.beside, self._reader.page.sheet
        assert beside is not None
        assert beside.sheet is not None
        assert sheet is not None
        if self._beside is not beside:
            self._beside = beside
            beside.page.verticalScrollBar().valueChanged.connect(partial(self._follow, True))
            beside.bar.stepped.connect(self.step)
            beside.bar.denied.connect(self._deny)
        beside.bar.show()
        self._comparison, self._at = None, None
        bodies = sheet.text.body, beside.sheet.text.body

        def compare(_: Library) -> Comparison:
            from bulletin_desktop.services import reprints

            return reprints.compare(*bodies)

        self._context.runner.think("compare", compare, partial(self._on_compared, self._pair))

    def _on_compared(self, pair: tuple[int, int], comparison: Comparison) -> None:
        if self._beside is not None and pair == self._pair:
            self._comparison = comparison
            self._mark()

    def on_shown(self, article: int) -> None:
        """An article is set: another ends the comparison, one of the two begins it anew."""
        if self._beside is None:
            return
        shown = (article, self._beside.article)
        if shown in (self._pair, self._pair[::-1]):
            self._pair = shown
            self._start()
        else:
            self._beside.end_comparison()
            self.end()

    def end(self) -> None:
        """Take the marks off the page."""
        if self._beside is not None:
            self._beside = self._comparison = None
            self._reader.page.set_marks((), self._context.paper)

    # Marks

    def _mark(self) -> None:
        found = self._comparison
        if found is None or self._beside is None:
            return
        for page, marks, side in (
            (self._reader.page, found.one, 0),
            (self._beside.page, found.other, 1),
        ):
            page.set_marks(self._marks(marks, side), self._context.paper)
        self._beside.bar.show_comparison(self._share, len(found.stops), self._at)

    def _marks(self, differences: Iterable[Difference], side: int) -> list[Mark]:
        marks = [Mark(each.kind, each.start, each.end) for each in differences]
        assert self._comparison is not None
        if self._at is None:
            return marks
        stops = self._comparison.stops
        last = self._at + 1 == len(stops)
        end = float("inf") if last else stops[self._at + 1][side]
        return with_current(marks, stops[self._at][side], end)

    # Going through

    def step(self, step: int) -> None:
        """Go to the next difference (1) or the one before (−1), round at the ends."""
        found = self._comparison
        if found is None or not found.stops or self._beside is None:
            return
        first = 0 if step > 0 else len(found.stops) - 1
        self._at = first if self._at is None else (self._at + step) % len(found.stops)
        self._scrolling = True
        for page, place in zip(
            (self._reader.page, self._beside.page), found.stops[self._at], strict=True
        ):
            page.go_to(max(0, place - _BEFORE))
        self._scrolling = False
        self._mark()

    def _follow(self, back: bool, _value: int) -> None:
        """Scroll the other page to what belongs to this one's top."""
        if self._scrolling or self._comparison is None or self._beside is None:
            return
        pages: list[PageView] = [self._reader.page, self._beside.page]
        here, there = reversed(pages) if back else pages
        bar, other = here.verticalScrollBar(), there.verticalScrollBar()
        self._scrolling = True
        if bar.value() in (bar.minimum(), bar.maximum()):
            other.setValue(other.minimum() if bar.value() == bar.minimum() else other.maximum())
        else:
            there.go_to(self._comparison.opposite(here.top_place, back=back))
        self._scrolling = False

    def _deny(self) -> None:
        """Keep that the two are not the same, and close the page beside."""
        from bulletin_desktop.services import reprints

        one, other = self._pair
        self._reader.pages.unpin()
        self._context.act(lambda library: reprints.deny(library, other, one))
