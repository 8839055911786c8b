"""Selecting by sentence and by clause with the keyboard."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bulletin_desktop.services import reading
from bulletin_desktop.ui.reader.page_words import select_range, selected_range
from bulletin_desktop.ui.reader.positions import code_point

if TYPE_CHECKING:
    from bulletin_desktop.model.records import ArticleText
    from bulletin_desktop.ui.reader.page_view import PageView

_Range = tuple[int, int]


class SentenceWalk:
    """Selects sentences or clauses of the body; its ranges are code points of that."""

    def __init__(self, page: PageView) -> None:
        self._page = page
        self._text: ArticleText | None = None
        self._found: dict[bool, list[_Range]] = {}
        self._chosen: tuple[_Range, bool] | None = None  # and whether by clauses

    def ranges(self, *, clauses: bool) -> list[_Range]:
        """The sentences of what is shown, or its clauses."""
        text = self._page.sheet.text if self._page.sheet is not None else None
        if text is not self._text:
            self._text, self._found, self._chosen = text, {}, None
        if text is not None and clauses not in self._found:
            self._found[clauses] = reading.sentences(text.body, clauses=clauses)
        return self._found.get(clauses, [])

    def extend(self, *, clauses: bool) -> None:
        """Select the sentence or clause that is read, or with some selected the next one too."""
        ranges, selected = self.ranges(clauses=clauses), selected_range(self._page)
        if selected is not None:
            further = next((found for found in ranges if found[1] > selected[1]), None)
            if further is not None:
                self._choose((selected[0], further[1]), clauses)
        elif ranges:
            self._choose(self._first(ranges), clauses)

    def _first(self, ranges: list[_Range]) -> _Range:
        """The one at the cursor where that is in sight, else the first that begins in sight."""
        page = self._page
        position = page.textCursor().position()
        if position > page.body_at and page.sees(position):
            at = code_point(self._body, position - page.body_at)
            return next((found for found in ranges if found[1] > at), ranges[-1])
        starts = [start for start, _ in ranges]
        number = bisect_left(starts, page.top_place)
        if number < len(ranges) and page.sees(page.position_of(starts[number])):
            return ranges[number]
        return ranges[max(0, number - 1)]

    def step(self, step: int) -> bool:
        """Go to the next sentence or clause (1) or the one before (−1), where one was selected and
        still is; says whether.
        """
        chosen = self._chosen
        if chosen is None or chosen[0] != selected_range(self._page):
            return False
        (start, end), clauses = chosen
        ranges = self.ranges(clauses=clauses)
        if step > 0:
            found = next((each for each in ranges if each[0] >= end), None)
        else:
            found = next((each for each in reversed(ranges) if each[1] <= start), None)
        if found is not None:
            self._choose(found, clauses)
        return True

    def edge(self, at: int, step: int, *, ends: bool) -> int:
        """The end (or start) of a clause after a code point (1) or before it (−1), or that itself
        where there is none.
        """
        edges = [found[ends] for found in self.ranges(clauses=True)]
        beyond = [edge for edge in edges[::step] if (edge - at) * step > 0]
        return beyond[0] if beyond else at

    def _choose(self, chosen: _Range, clauses: bool) -> None:
        select_range(self._page, *chosen)
        self._chosen = (chosen, clauses)

    @property
    def _body(self) -> str:
        return self._page.sheet.text.body if self._page.sheet is not None else ""
