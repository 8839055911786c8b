"""The middle of an issue cut into sections and articles, line by line with its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.drafts import Draft
from bulletin_desktop.parsing.lines import Kind, Line, lead, ordinal, strip_number
from bulletin_desktop.parsing.sections import SectionStyle, section_at
from bulletin_desktop.parsing.sentences import first_sentence
from bulletin_desktop.parsing.titles import is_kicker, read_title

_PARAGRAPH = 30  # a line this long shows how the body is indented
_HEADING_LIMIT = 45  # an unmarked title inside an open article is no longer than this
_SUBHEAD_LIMIT = 12
_BROKEN_LIMIT = 16
_NEIGHBOURHOOD = 40
_TITLE_REACH = 5
_GOES_ON = re.compile(
    r"^(?:[一二三四五六七八九十]是|同时|此外|另外|据悉|其中|会议|活动|会上|目前|截至|下一步)"
)
_OWN_WORDS = re.compile("工会|总工|市|县|区|局|公司|街道|镇|乡|集团|厂|学校|医院|中学|我")


@dataclass(frozen=True, slots=True)
class Style:
    """How an issue is set: indents in columns, and how often gaps and credits occur."""

    body_indent: int
    title_indent: int
    spaced: bool  # blank lines stand between paragraphs too
    credited: bool
    entries: frozenset[str]


def read_style(lines: Sequence[Line], entries: frozenset[str]) -> Style:
    """The style that most lines of an issue follow."""
    indents: Counter[int] = Counter()
    titles: Counter[int] = Counter()
    gaps = pairs = credits = 0
    before: Line | None = None
    for line in lines:
        text = line.kind is Kind.TEXT
        if text and len(line.text) >= _PARAGRAPH:
            indents[line.indent] += 1
        if text and before is not None and before.kind is Kind.TEXT:
            pairs += 1
            gaps += bool(line.gap)
        if line.kind is Kind.TITLE and (before is None or before.kind is Kind.SECTION):
            titles[line.indent] += 1
        if line.kind is Kind.CREDIT or (text and sources.trailing_credit(line.text)):
            credits += 1
        before = line
    return Style(_commonest(indents), _commonest(titles), gaps * 3 > pairs, credits > 1, entries)


def _commonest(counts: Counter[int]) -> int:
    return counts.most_common(1)[0][0] if counts else 0


@dataclass(slots=True)
class Cut:
    """What the middle of an issue holds: section lines, articles, and lines in neither."""

    sections: list[tuple[str, Line]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)


def cut_articles(
    lines: Sequence[Line], entries: frozenset[str], listed: frozenset[str] = frozenset()
) -> Cut:
    """Sections and articles of an issue's middle, in order.

    ``entries`` are the bare words of its contents, ``listed`` those that name sections.
    """
    cutter = _Cutter(lines, read_style(lines, entries), listed)
    return cutter.cut_all()


class _Cutter:
    """Walks over the lines; ``draft`` is the article under way."""

    def __init__(self, lines: Sequence[Line], style: Style, listed: frozenset[str]) -> None:
        self.lines = lines
        self.style = style
        bracketed = any(line.kind is Kind.SECTION for line in lines)
        self.sections = SectionStyle(style.entries, listed, bracketed)
        self.result = Cut()
        self.draft: Draft | None = None
        self.brief = False

    def cut_all(self) -> Cut:
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        self._close()
        return self.result

    def _step(self, at: int) -> int:
        line = self.lines[at]
        settled = self.draft is None or self.draft.closed
        name = section_at(self.lines, at, self.sections, settled)
        if name is not None:
            self._open_section(name, line)
            return at + 1
        if self._is_apart(line) or (settled and self._is_slogan(at)):
            self._set_apart(line)
            return at + 1
        if self._starts(at):
            return self._start(at)
        self._continue(at)
        return at + 1

    def _open_section(self, name: str, line: Line) -> None:
        self._close()
        self.result.sections.append((name, line))
        self.brief = bool(marks.BRIEF_SECTION.search(name))

    def _close(self) -> None:
        """Finish the article under way; what was omitted after its end stands apart."""
        if self.draft is None:
            return
        end = self.draft.end
        self.result.loose += [s for s in self.draft.omitted if s[0] >= end]
        self.result.drafts.append(self.draft)
        self.draft = None

    def _is_apart(self, line: Line) -> bool:
        """Pages, rules and running heads; and an imprint where no article is open."""
        if line.kind in (Kind.PAGE, Kind.RULE, Kind.NUMBER):
            return True
        settled = self.draft is None or self.draft.closed
        return line.kind in (Kind.IMPRINT, Kind.CONTENTS) and settled

    def _is_slogan(self, at: int) -> bool:
        """劳动光荣　创造伟大 at the foot of a section, where no article can begin."""
        after = self.lines[at + 1 : at + 2]
        ends = not after or after[0].kind is Kind.SECTION
        return (
            ends and at > 0 and self.lines[at].kind is Kind.TITLE and is_kicker(self.lines[at].text)
        )

    def _set_apart(self, line: Line) -> None:
        if self.draft is None:
            self.result.loose.append((line.start, line.end))
        else:
            self.draft.omitted.append((line.start, line.end))

    # Does this line start an article?

    def _starts(self, at: int) -> bool:
        line, draft = self.lines[at], self.draft
        if draft is None:
            return True
        if line.kind is Kind.BULLET:
            return self.brief or draft.closed or draft.marked == "bullet"
        if line.kind is Kind.TITLE or line.kind is Kind.SECTION:
            return self._title_starts(at, draft)
        if line.kind is Kind.NUMBERED:
            return self._number_starts(at, draft)
        if draft.closed and self._is_broken_title(at):
            return True
        return line.kind is Kind.TEXT and self.brief and self._paragraph_starts(line, draft)

    def _paragraph_starts(self, line: Line, draft: Draft) -> bool:
        """In a section of briefs a paragraph is a brief, where items have no marks."""
        if draft.closed:
            return True
        if draft.ordinal is not None:
            return ordinal(line.text) is not None
        return draft.led and not draft.marked and not _GOES_ON.match(line.text)

    def _number_starts(self, at: int, draft: Draft) -> bool:
        """The next number after a numbered title; or the first number where nothing is open."""
        count = ordinal(self.lines[at].text)
        if draft.ordinal is not None:
            return count == (draft.ordinal[0], draft.ordinal[1] + 1)
        return draft.closed and (self.brief or (count is not None and count[1] == 1))

    def _title_starts(self, at: int, draft: Draft) -> bool:
        if self.style.entries and self.lines[at].bare in self.style.entries:
            return True
        if draft.closed:
            return True
        return self._can_head(at) and self._looks_apart(at)

    def _can_head(self, at: int) -> bool:
        """Whether a short line in an open article stands between an end and a paragraph."""
        line, before = self.lines[at], self.lines[at - 1]
        if len(line.text) > _HEADING_LIMIT or line.ended or line.kind is not Kind.TITLE:
            return False
        if before.kind is Kind.TEXT and (not before.ended or before.text[-1] in "：:"):
            return False
        if before.kind in (Kind.TITLE, Kind.NUMBERED) and not line.gap:
            return False
        return self._text_follows(at) and not self._is_motto(at)

    def _is_motto(self, at: int) -> bool:
        return is_kicker(self.lines[at].text) and self.lines[at + 1].kind is Kind.TEXT

    def _text_follows(self, at: int) -> bool:
        for line in self.lines[at + 1 : at + _TITLE_REACH]:
            if line.kind not in (Kind.TITLE, Kind.DASH, Kind.PAGE, Kind.CREDIT):
                return line.kind is Kind.TEXT
        return False

    def _looks_apart(self, at: int) -> bool:
        """Whether indent, gap or words tell a title from a subhead or a slogan."""
        line, style = self.lines[at], self.style
        if style.title_indent != style.body_indent:
            return line.indent != style.body_indent and _near(line.indent, style.title_indent)
        if line.indent != style.body_indent:
            return False
        if not style.spaced and _has_gaps(self.lines[max(0, at - _NEIGHBOURHOOD) : at]):
            return line.gap > 0
        named = bool(_OWN_WORDS.search(line.text))
        long = len(line.text) > _SUBHEAD_LIMIT
        return (named and long) if style.credited else (named or long or is_kicker(line.text))

    # An article begins

    def _start(self, at: int) -> int:
        self._close()
        line = self.lines[at]
        number = len(self.result.sections) - 1 if self.result.sections else None
        self.draft = Draft(number, "brief" if self.brief else "article", line.start, line.end)
        if line.kind is Kind.TEXT and self._opens_briefs(at):
            self.brief = True
            self.draft.kind = "brief"
        if self._is_note(at):
            self._add_line(line, 0)
            return self._start_with_title(at + 1, 0)
        skip = self._skip_mark(line, self.draft)
        if self._is_broken_title(at):
            return self._start_with_title(at, skip)
        if line.kind is Kind.TEXT or self._is_item(at, skip):
            return self._start_with_text(at, skip)
        return self._start_with_title(at, skip)

    def _is_note(self, at: int) -> bool:
        """An editor's note above a title belongs to the article below."""
        noted = self.lines[at].kind is Kind.TEXT and marks.EDITORS_NOTE.match(self.lines[at].text)
        after = self.lines[at + 1 : at + 2]
        return bool(noted and after) and after[0].kind is Kind.TITLE

    def _is_broken_title(self, at: int) -> bool:
        """A title that goes on after a colon: 城东街道： above “三个一”办实事."""
        line, after = self.lines[at], self.lines[at + 1 : at + 3]
        if (
            line.kind is not Kind.TEXT
            or len(line.text) > _BROKEN_LIMIT
            or line.text[-1] not in "：:"
        ):
            return False
        return [x.kind for x in after] == [Kind.TITLE, Kind.TEXT]

    def _skip_mark(self, line: Line, draft: Draft) -> int:
        """How much of the line its bullet or number takes, in a place where that is a mark."""
        if line.kind is Kind.BULLET:
            draft.marked = "bullet"
            words = line.text.lstrip("".join(marks.BULLETS) + " \t\xa0\u3000").lstrip()
            return len(line.text) - len(words) if words else 0
        number = strip_number(line.text)
        if 0 < number < len(line.text) and (line.kind is Kind.NUMBERED or self.brief):
            draft.marked = "number"
            draft.ordinal = ordinal(line.text)
            return number
        return 0

    def _is_item(self, at: int, skip: int) -> bool:
        """A marked line that is a whole brief: a paragraph, or a title with nothing below."""
        line = self.lines[at]
        words = line.text[skip:]
        if line.kind not in (Kind.BULLET, Kind.NUMBERED):
            return self.brief and sources.trailing_credit(words, lenient=True) is not None
        if line.ended or len(words) > 2 * _HEADING_LIMIT or "。" in words:
            return True
        if sources.trailing_credit(words, lenient=True):
            return True
        after = self.lines[at + 1 : at + 2]
        return not after or after[0].kind not in (Kind.TEXT, Kind.TITLE, Kind.DASH, Kind.NUMBERED)

    def _start_with_text(self, at: int, skip: int) -> int:
        assert self.draft is not None
        line = self.lines[at]
        if self.draft.marked:
            self.draft.kind = "brief"
        self._add_line(line, skip)
        if self.draft.kind == "brief":
            _lead_with_sentence(self.draft, line)
        return at + 1

    def _opens_briefs(self, at: int) -> bool:
        """Untitled paragraphs, each with a source, are briefs whatever their section is called."""
        if self._is_broken_title(at):
            return False
        here = self.lines[at : at + 3]
        if sources.trailing_credit(here[0].text):
            return len(here) > 1 and here[1].kind is Kind.TEXT
        credited = len(here) > 1 and here[1].kind is Kind.CREDIT
        return credited and len(here) > 2 and here[2].kind is Kind.TEXT

    def _start_with_title(self, at: int, skip: int) -> int:
        assert self.draft is not None
        after, pages = read_title(self.lines, at, skip, self.draft, self.style.body_indent)
        self.draft.omitted += pages
        if not self.draft.title:
            self._add_line(self.lines[at], 0)
            return at + 1
        return after

    # An article goes on

    def _continue(self, at: int) -> None:
        assert self.draft is not None
        line = self.lines[at]
        if line.kind is Kind.CREDIT and (credit := sources.credit_of_line(line.text)):
            self.draft.reopen(credit.role)
            self.draft.close(credit, (line.start, line.end), None)
            return
        if self.draft.closed and line.kind is not Kind.DATE:
            self.draft.reopen()
        self._add_line(line, 0)

    def _add_line(self, line: Line, skip: int) -> None:
        """The line as a paragraph of the body, without the credit that closes it."""
        assert self.draft is not None
        words = line.text[skip:].lstrip()
        start = line.end - len(words)
        brief = self.draft.kind == "brief"
        lenient = brief or line.kind is Kind.TITLE or len(words) > _HEADING_LIMIT
        credit = sources.trailing_credit(words, lenient)
        if credit is None:
            self.draft.add_paragraph(start, line.end)
            return
        self.draft.add_paragraph(start, start + credit.cut)
        self.draft.close(credit, (start, line.end), len(self.draft.body) - 1)


def _lead_with_sentence(draft: Draft, line: Line) -> None:
    """Make the words before a gap, or the first sentence, a brief's title; the rest is its body."""
    start, end = draft.body[0]
    words = line.text[start - line.start : end - line.start]
    stop = lead(words) or first_sentence(words)
    title = words[:stop].removesuffix("。").rstrip() or words
    draft.title.append((start, start + len(title)))
    rest = words[stop:]
    if rest.strip():
        draft.body[0] = (start + stop + len(rest) - len(rest.lstrip()), end)
    draft.led = True


def _near(indent: int, other: int) -> bool:
    """Centred titles differ in indent: anything above two characters counts as centred."""
    return indent == other or (indent > 4 and other > 4)


def _has_gaps(lines: Iterable[Line]) -> bool:
    return any(line.gap for line in lines)
