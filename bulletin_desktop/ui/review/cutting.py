"""What a layout says of a line: its roles, its article and issue, the cuts at it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from bulletin_desktop.model.text import DOUBT
from bulletin_desktop.ui.review.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_desktop.model.records import LaidArticle, Layout
    from bulletin_desktop.model.text import Cut

Certainty = Literal["yours", "sure", "likely", "unsure"]
# The roles that have a colour, in the order of the legend; what has none is body or blank.
ROLES = (
    "section", "kicker", "title", "subtitle", "author", "source",
    "masthead", "contents", "distribution", "remainder",
)  # fmt: skip
_SURE = 0.9
_YOURS = "rule.yours"


class Segment(NamedTuple):
    """A stretch of the text with one role, in code points."""

    start: int
    end: int
    role: str


class Cutting:
    """A layout, prepared so that any line of it is painted at once. Made off the GUI thread."""

    def __init__(self, layout: Layout, lines: Lines | None = None) -> None:
        """``lines`` are those of the same text, where they are known."""
        self.layout = layout
        self.lines = lines if lines is not None else Lines(layout.text)
        self._segments = sorted(_segments(layout))
        self._starts = [segment.start for segment in self._segments]
        self._marks: dict[int, list[Cut]] = {}
        for cut in layout.cuts:
            self._marks.setdefault(self.lines.line_of(cut.start), []).append(cut)
        marked = self._marks.items()
        self.doubts = sorted(line for line, cuts in marked if any(map(is_doubt, cuts)))
        begun = {line for line, cuts in marked if any(cut.role != "body" for cut in cuts)}
        begun |= {self.lines.line_of(article.start) for article in layout.articles}
        self._begun = sorted(begun)

    def segments(self, line: int) -> list[Segment]:
        """The segments that a line has something of, in their order."""
        start, end = self.lines.start(line), self.lines.end(line)
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_right(self._starts, end)
        return [s for s in self._segments[first:last] if s.start < end and s.end > start]

    def cuts(self, line: int) -> list[Cut]:
        """The cuts at a line, the least sure first."""
        return sorted(self._marks.get(line, ()), key=lambda cut: cut.certainty)

    def next_doubt(self, line: int, step: int) -> int | None:
        """The nearest line with a doubt after (1) or before (−1) a line."""
        return _nearest(self.doubts, line, step)

    def next_cut(self, line: int, step: int) -> int | None:
        """The nearest line at which something begins after (1) or before (−1) a line."""
        return _nearest(self._begun, line, step)

    def next_words(self, line: int, step: int) -> int | None:
        """The nearest line that is not blank after (1) or before (−1) a line."""
        stop = len(self.lines) if step > 0 else -1
        found = (at for at in range(line + step, stop, step) if not self.lines.is_blank(at))
        return next(found, None)


def _nearest(lines: list[int], line: int, step: int) -> int | None:
    if step > 0:
        return next((found for found in lines if found > line), None)
    return next((found for found in reversed(lines) if found < line), None)


def is_doubt(cut: Cut) -> bool:
    """Whether a cut is to be looked at."""
    return cut.certainty < DOUBT


def certainty_of(cut: Cut) -> Certainty:
    """How sure a cut is, in words."""
    if cut.rule == _YOURS:
        return "yours"
    if is_doubt(cut):
        return "unsure"
    return "sure" if cut.certainty >= _SURE else "likely"


def article_at(layout: Layout, at: int) -> LaidArticle | None:
    """The article of a layout that a code point lies in."""
    return next((a for a in layout.articles if a.start <= at < a.end), None)


def issue_at(layout: Layout, at: int) -> int | None:
    """The issue of a layout that a code point lies in; None where there is none."""
    role = next((s.role for s in layout.spans if s.start <= at < s.end), None)
    articles = sorted(layout.articles, key=lambda article: article.start)
    before = [article.issue for article in articles if article.start <= at]
    after = [article.issue for article in articles if article.start > at]
    if role in ("masthead", "contents"):  # they stand before what they belong to
        return next(iter(after), before[-1] if before else None)
    return before[-1] if before else next(iter(after), None)


def _segments(layout: Layout) -> Iterator[Segment]:
    for span in layout.spans:
        if span.role in ROLES:
            yield Segment(span.start, span.end, span.role)
    for article in layout.articles:
        for part in article.parts:
            yield Segment(part.start, part.end, part.role)
