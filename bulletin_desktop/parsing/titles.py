"""The block of lines above a body: kicker, title, subtitle and author."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_desktop.parsing import sources
from bulletin_desktop.parsing.drafts import Draft, Stretch
from bulletin_desktop.parsing.lines import Kind, Line

_TITLE_LINES = 4  # with the kicker; more short lines than that are a list
_KICKER_PART = 9
_BLOCK_LIMIT = 12
_BYLINE_LIMIT = 24
_DASHES = "-—―－─–﹣ \u3000"


def read_title(
    lines: Sequence[Line], at: int, skip: int, draft: Draft, body_indent: int
) -> tuple[int, list[Stretch]]:
    """Put the title block that begins at a line into the draft.

    ``skip`` characters of the first line are its mark. Gives the first line after the block and the
    stretches of page numbers inside it.
    """
    block = _Block(lines, at, body_indent)
    after = block.read()
    titles = [(x.start, x.end) for x in block.titles]
    if titles:
        titles[0] = (titles[0][0] + skip, titles[0][1])
    if len(titles) > 1 and is_kicker(block.titles[0].text):
        draft.kicker, titles = titles[:1], titles[1:]
    draft.title = titles
    draft.subtitle = [_without_dash(x) for x in block.subtitles]
    draft.body += block.dates
    draft.author, draft.source = block.author, block.source
    draft.end = max(x.end for x in lines[at:after]) if after > at else draft.end
    return after, block.pages


def is_kicker(words: str) -> bool:
    """Two to four phrases of like length with a gap between: 党委重视　政府主导."""
    parts = words.split()
    same = len({len(p) for p in parts}) == 1
    return 2 <= len(parts) <= 4 and same and 2 <= len(parts[0]) <= _KICKER_PART


def _without_dash(line: Line) -> Stretch:
    words = line.text.lstrip(_DASHES).lstrip()
    return (line.end - len(words), line.end)


class _Block:
    """Reads lines into title, subtitle, author and date as long as they look like one block."""

    def __init__(self, lines: Sequence[Line], at: int, body_indent: int) -> None:
        self.lines = lines
        self.first = self.at = at
        self.body_indent = body_indent
        self.titles: list[Line] = []
        self.subtitles: list[Line] = []
        self.dates: list[Stretch] = []
        self.pages: list[Stretch] = []
        self.author: Stretch | None = None
        self.source: Stretch | None = None

    def read(self) -> int:
        limit = min(len(self.lines), self.first + _BLOCK_LIMIT)
        while self.at < limit and self._take(self.lines[self.at]):
            self.at += 1
        if len(self.titles) > _TITLE_LINES or self._ends_with_list():
            self._keep_first()
        return self.at

    def _take(self, line: Line) -> bool:
        if self.at == self.first:
            self.titles.append(line)
            return True
        if line.kind is Kind.DASH:
            return self._take_subtitle(line)
        if line.kind is Kind.CREDIT:
            return self._take_credit(line)
        if line.kind is Kind.BULLET:
            return self._take_marked(line)
        if line.kind is Kind.DATE and self._byline_follows():
            self.dates.append((line.start, line.end))
            return True
        if line.kind is Kind.PAGE:
            self.pages.append((line.start, line.end))
            return True
        return line.kind is Kind.TITLE and self._take_words(line)

    def _take_subtitle(self, line: Line) -> bool:
        if len(line.text.strip(_DASHES)) < 2 or self.author:
            return False
        self.subtitles.append(line)
        return True

    def _take_credit(self, line: Line) -> bool:
        """An author below the title, or a source there (来源：工人日报) with the text below."""
        credit = sources.credit_of_line(line.text)
        if credit is None:
            return False
        place = (line.start + credit.start, line.start + credit.end)
        if credit.role == "author" and not self.author:
            self.author = place
            return True
        if credit.role == "source" and not self.source and self._text_follows():
            self.source = place
            return True
        return False

    def _take_marked(self, line: Line) -> bool:
        """A name behind a bullet: ■李小明."""
        at = sources.marked_byline(line.text) if len(line.text) <= _BYLINE_LIMIT else None
        if at is None or self.author or not self._text_follows():
            return False
        self.author = (line.start + at, line.end)
        return True

    def _take_words(self, line: Line) -> bool:
        if self.author or self.dates:
            return self._take_name(line)
        if self._take_name(line):
            return True
        if self._begins_body(line) or sources.trailing_credit(line.text, lenient=True):
            return False
        if self.subtitles:
            return self._continue_subtitle(line)
        self.titles.append(line)
        return True

    def _take_name(self, line: Line) -> bool:
        if self.author or not sources.is_byline(line.text) or not self._text_follows():
            return False
        self.author = (line.start, line.end)
        return True

    def _continue_subtitle(self, line: Line) -> bool:
        if len(self.subtitles) > 1 or not self._text_follows():
            return False
        self.subtitles.append(line)
        return True

    def _begins_body(self, line: Line) -> bool:
        """A short first paragraph, set in as the body is and the title is not."""
        indent = self.titles[0].indent
        return line.indent == self.body_indent > 0 and indent != line.indent

    def _text_follows(self) -> bool:
        after = self.lines[self.at + 1 : self.at + 3]
        if after and after[0].kind is Kind.TITLE:
            return sources.is_byline(after[0].text)
        return bool(after) and after[0].kind in (Kind.TEXT, Kind.DATE, Kind.NUMBERED, Kind.CREDIT)

    def _byline_follows(self) -> bool:
        after = self.lines[self.at + 1 : self.at + 2]
        return bool(after) and sources.is_byline(after[0].text)

    def _ends_with_list(self) -> bool:
        """More than two short lines with no paragraph below are no title."""
        following = self.lines[self.at].kind if self.at < len(self.lines) else None
        return len(self.titles) > 2 and following is None

    def _keep_first(self) -> None:
        """Keep the lines up to the first gap, or the first line where that is far."""
        limit = min(_TITLE_LINES, len(self.titles))
        gaps = (i for i in range(1, limit) if self.titles[i].gap)
        count = next(gaps, 1)
        last = self.titles[count - 1]
        self.titles = self.titles[:count]
        self.at = next(i for i in range(self.first, self.at) if self.lines[i] is last) + 1
        self.subtitles, self.dates, self.pages = [], [], []
        self.author = self.source = None
