"""The block of lines above a body: kicker, title, subtitle and author."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.drafts import Draft, Stretch
from bulletin_desktop.parsing.lines import PROSE, Kind, Line

_TITLE_LINES = 4  # with the kicker; more short lines than that are a list
_KICKER_PART = 9
_BLOCK_LIMIT = 12
_BYLINE_LIMIT = 24
_DASH_WIDTH = 4  # columns
_ENDS = frozenset({Kind.SECTION, Kind.DISTRIBUTION, Kind.IMPRINT, Kind.BULLET})
_QUOTED = re.compile(r"^(?:“[^“”]+”|「[^「」]+」|『[^『』]+』)[！？]?$")
_DASHES = "-—―－─–﹣ \u3000"


def read_title(
    lines: Sequence[Line], at: int, skip: int, draft: Draft, body_indent: int
) -> tuple[int, list[Stretch]]:
    """Put the title block that begins at a line into the draft.

    ``skip`` characters of the first line are its mark. Gives the first line after the block and the
    stretches inside it that are no field: page numbers, and the post before an author's name.
    """
    block = _Block(lines, at, body_indent)
    after = block.read()
    titles = [(x.start, x.end) for x in block.titles]
    if titles:
        titles[0] = (titles[0][0] + skip, titles[0][1])
    if len(titles) > 1 and _is_above_title(block.titles[0].text):
        draft.kicker, titles = titles[:1], titles[1:]
    draft.title = titles
    draft.subtitle = [_without_dash(x) for x in block.subtitles]
    draft.body += block.dates
    draft.author = block.author
    draft.source = block.source or draft.source
    draft.end = max(x.end for x in lines[at:after]) if after > at else draft.end
    return after, block.apart


def is_kicker(words: str) -> bool:
    """Two to four phrases of like length with a gap between: 党委重视　政府主导."""
    parts = words.split()
    if not 2 <= len(parts) <= 4:
        return False
    lengths = [len(p) for p in parts]
    alike = max(lengths) - min(lengths) <= (len(parts) == 2 and min(lengths) > 4)
    return alike and 2 <= lengths[0] <= _KICKER_PART


def _is_above_title(words: str) -> bool:
    return is_kicker(words) or bool(_QUOTED.match(words))


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
        self.apart: list[Stretch] = []
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
            self.apart.append((line.start, line.end))
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
            if credit.author and not self.author:
                self.author = (line.start + credit.author[0], line.start + credit.author[1])
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
        if self._begins_list(line):
            return False
        if self._take_name(line):
            return True
        if self.subtitles and line.indent == self.subtitles[-1].indent + _DASH_WIDTH:
            return self._continue_subtitle(line)
        if self.subtitles and self.subtitles[-1].text[-1] in "，、":
            self.subtitles.append(line)
            return True
        if marks.LEAD_IN.match(line.text):
            return False
        if self._begins_body(line) or sources.trailing_credit(line.text, lenient=True):
            return False
        if self.subtitles:
            return self._continue_subtitle(line)
        self.titles.append(line)
        return True

    def _begins_list(self, line: Line) -> bool:
        """Names of people in a row, set in as the body is: 文山分会　蔡明哲（组员）."""
        after = self.lines[self.at + 1 : self.at + 2]
        if not after or after[0].kind is not Kind.TITLE or not self._begins_body(line):
            return False
        return bool(sources.byline(line.text) and sources.byline(after[0].text))

    def _take_name(self, line: Line) -> bool:
        names = sources.byline(line.text)
        if self.author or names is None or not self._anything_follows():
            return False
        self.author = (line.start + names[0], line.start + names[1])
        post = line.text[: names[0]].rstrip()
        if post:
            self.apart.append((line.start, line.start + len(post)))
        if names[1] < len(line.text):
            self.apart.append((line.start + names[1], line.end))
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
            return sources.byline(after[0].text) is not None
        below = (*PROSE, Kind.DATE, Kind.NUMBERED, Kind.CREDIT)
        return bool(after) and after[0].kind in below

    def _anything_follows(self) -> bool:
        after = self.lines[self.at + 1 : self.at + 2]
        return bool(after) and after[0].kind not in _ENDS

    def _byline_follows(self) -> bool:
        after = self.lines[self.at + 1 : self.at + 2]
        return bool(after) and sources.byline(after[0].text) is not None

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
        self.subtitles, self.dates, self.apart = [], [], []
        self.author = self.source = None
