"""Whether a line begins an article: the evidence for it, weighed, and the rule that it follows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.drafts import Draft
from bulletin_desktop.parsing.lines import PROSE, Kind, Line, ordinal
from bulletin_desktop.parsing.style import CENTRED, Style
from bulletin_desktop.parsing.titles import is_kicker

_HEADING_LIMIT = 45  # an unmarked title inside an open article is no longer than this
_SUBHEAD_LIMIT = 12
_WORD_LIMIT = 7
_TELLING = "“「《："  # marks that titles have more often than subheads
_NEIGHBOURHOOD = 40
_TITLE_REACH = 5
_BROKEN_LIMIT = 16
_GOES_ON = re.compile(
    r"^(?:[一二三四五六七八九十]是|同时|此外|另外|据悉|其中|会议|活动|会上|目前|截至|下一步)"
)
_OWN_WORDS = re.compile("工会|总工|市|县|区|局|公司|街道|镇|乡|集团|厂|学校|医院|中学|我")
# What papers of a kind of their own are called: no subhead is.
_GENRE = re.compile(
    r"(?:通知|启事|公告|预告|更正|声明|讣告|倡议书|公开信|感谢信|表扬信|慰问信|一封信|贺信|唁电)$"
)
_MOTTO_HALF = 8
_SHORT_PARAGRAPH = 25
_NO_BODY = frozenset({Kind.SECTION, Kind.DISTRIBUTION, Kind.IMPRINT, Kind.DATE})
_INNER_END = re.compile("[。？！].*[^”」』）]$")
_BELOW = {Kind.NUMBERED: -1, Kind.DATE: -6}  # what other lines below a title make of it
_BLOCK = frozenset({Kind.TITLE, Kind.DASH, Kind.PAGE, Kind.CREDIT})


class Opening(NamedTuple):
    """The rule by which a line begins an article, and how sure it is.

    Below an even chance the line begins none, though it looks a little as if it did.
    """

    rule: str
    certainty: float

    @property
    def begins(self) -> bool:
        """Whether an article begins."""
        return self.certainty >= 0.5


class Evidence(NamedTuple):
    """What speaks for a title (or against it), and how much, as a logarithm of odds."""

    rule: str
    weight: float


def title_opening(lines: Sequence[Line], at: int, draft: Draft | None, style: Style) -> Opening:
    """How a line without any mark, or in brackets, begins an article."""
    found = list(_evidence(lines, at, draft, style))
    best = max(found, key=lambda e: e.weight, default=Evidence("rule.maybe_title", 0))
    total = sum(e.weight for e in found)
    certainty = 1 / (1 + math.exp(-total))
    return Opening(best.rule if best.weight > 0 else "rule.title_by_words", round(certainty, 2))


def _evidence(
    lines: Sequence[Line], at: int, draft: Draft | None, style: Style
) -> Iterator[Evidence]:
    line = lines[at]
    if style.entries and line.bare in style.entries:
        yield Evidence("rule.title_in_contents", 6)
    if draft is None:
        before = lines[at - 1] if at else None
        opened = before is not None and before.kind not in PROSE
        yield Evidence("rule.title_after_section" if opened else "rule.title_first", 3)
    elif draft.closed:
        yield Evidence("rule.title_after_source", 3)
    else:
        yield from _in_open_article(lines, at, draft, style)
    if _byline_follows(lines, at):
        yield Evidence("rule.title_above_byline", 3)
    else:
        yield _text_below(lines, at, draft)


def _text_below(lines: Sequence[Line], at: int, draft: Draft | None) -> Evidence:
    settled = draft is None or draft.closed
    for line in lines[at + 1 : at + _TITLE_REACH]:
        if line.kind not in _BLOCK:
            if line.kind is Kind.ROW:
                return Evidence("", 0.5 if settled else -1.5)
            if line.kind is Kind.TEXT:
                return Evidence("rule.title_above_text", 0.5)
            return Evidence("", _BELOW.get(line.kind, -2))
    return Evidence("", -2 if settled else -4)


def _byline_follows(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line names an author, with a text below."""
    after = lines[at + 1 : at + 3]
    if len(after) < 2 or after[1].kind in _NO_BODY:
        return False
    if after[0].kind is Kind.CREDIT:
        credit = sources.credit_of_line(after[0].text)
        return credit is not None and credit.role == "author"
    return after[0].kind is Kind.TITLE and sources.byline(after[0].text) is not None


def _in_open_article(
    lines: Sequence[Line], at: int, draft: Draft, style: Style
) -> Iterator[Evidence]:
    """What a short line between two paragraphs looks like: a title, a subhead or a slogan."""
    if style.credited:
        yield from _by_source(lines, at, draft, style)
    else:
        yield Evidence("", -0.3)
    if not draft.body:
        yield Evidence("", -6)
    if draft.marked:
        yield Evidence("", -2.5)
    yield from _by_form(lines, at, style)
    yield from _by_line_before(lines[at - 1], lines[at])
    yield from _by_look(lines, at, style)
    yield from _by_words(lines[at].text)


def _by_source(lines: Sequence[Line], at: int, draft: Draft, style: Style) -> Iterator[Evidence]:
    """What speaks against a title where articles have sources, and the open one has none.

    It is not complete without, unless none comes before the next section either. One line alone
    is less of a subhead than several.
    """
    count, sourced = _ahead(lines, at, style)
    count += draft.heads
    if sourced and draft.author is None:
        yield Evidence("", -1.3 if count else -0.9)
    else:
        yield Evidence("", -0.3)
    yield Evidence("", (-0.7 if sourced else -0.35) * count)


def _by_form(lines: Sequence[Line], at: int, style: Style) -> Iterator[Evidence]:
    """What speaks against a title in the line itself."""
    line = lines[at]
    if line.kind is not Kind.TITLE or len(line.text) > _HEADING_LIMIT:
        yield Evidence("", -6)
    if line.ended:
        yield Evidence("", -1 if line.text[-1] in "？?" else -2)
    if style.repeated and line.bare in style.repeated:
        yield Evidence("", -4)
    if _INNER_END.search(line.text[:-1]):
        yield Evidence("", -3)
    if line.text.count("，") > 1 or marks.LEAD_IN.match(line.text):
        yield Evidence("", -3)
    if is_broken(line.text):
        yield Evidence("", -3)
    if is_motto(line.text) and at + 1 < len(lines) and lines[at + 1].kind is Kind.TEXT:
        yield Evidence("", -5 if line.indent > style.body_indent else -1)


def _by_line_before(before: Line, line: Line) -> Iterator[Evidence]:
    if before.kind is Kind.TEXT:
        if not before.ended or is_broken(before.text):
            long = is_broken(before.text) or len(before.text) > _SHORT_PARAGRAPH
            yield Evidence("", -5 if long else -2)
    elif before.kind is Kind.DATE:
        yield Evidence("rule.title_after_signature", 2)
    elif before.kind in (Kind.TITLE, Kind.NUMBERED) and not line.gap:
        yield Evidence("", -5)


def _ahead(lines: Sequence[Line], at: int, style: Style) -> tuple[int, bool]:
    """How many lines like this one stand below, up to a source or section, and whether a source.

    Subheads come in rows, and have the source of their article below.
    """
    line, count = lines[at], 0
    for before, other in pairwise(lines[at + 1 : at + _NEIGHBOURHOOD]):
        if before.kind is Kind.CREDIT or (before.kind is Kind.TEXT and before.credited):
            return count, True
        if (
            other.kind is Kind.SECTION
            or other.start in style.numbered
            or other.start in style.plain
        ):
            return count, False
        alike = other.kind is Kind.TITLE and other.indent == line.indent and not other.ended
        count += alike and before.kind is Kind.TEXT and before.ended
    last = lines[min(len(lines), at + _NEIGHBOURHOOD) - 1]
    return count, len(lines) > at + _NEIGHBOURHOOD or last.kind is Kind.CREDIT or last.credited


def _by_look(lines: Sequence[Line], at: int, style: Style) -> Iterator[Evidence]:
    line = lines[at]
    indented = style.title_indent != style.body_indent
    if indented:
        alike = min(line.indent, CENTRED) == style.title_indent
        yield Evidence("rule.title_above_indent", 3 if alike else -5)
    elif line.indent != style.body_indent:
        yield Evidence("", -5)
    if not style.spaced:
        if line.gap:
            yield Evidence("rule.title_after_gap", 2.5)
        elif style.gapped or _has_gaps(lines[max(0, at - _NEIGHBOURHOOD) : at]):
            yield Evidence("", -1 if indented else -3)


def _by_words(words: str) -> Iterator[Evidence]:
    if _GENRE.search(words):
        yield Evidence("rule.title_by_words", 1.5)
    named = bool(_OWN_WORDS.search(words))
    if named or is_kicker(words):
        yield Evidence("rule.title_by_words", 1)
    if len(words) > _SUBHEAD_LIMIT:
        yield Evidence("rule.title_by_words", 0.8)
    elif len(words) < _WORD_LIMIT:
        yield Evidence("", -1)
    if any(c in words for c in _TELLING):
        yield Evidence("rule.title_by_words", 0.6)


def _has_gaps(lines: Sequence[Line]) -> bool:
    return any(line.gap for line in lines)


# Lines that no weighing is needed for


def paragraph_opening(line: Line, draft: Draft) -> Opening | None:
    """In a section of briefs a paragraph is a brief, where items have no marks."""
    if draft.closed:
        return Opening("rule.brief_after_source", 0.9)
    if draft.ordinal is not None:
        count = ordinal(line.text)
        return Opening("rule.brief_numbered", 0.85) if count else None
    if draft.led and not draft.marked and not line.wrapped and not _GOES_ON.match(line.text):
        return Opening("rule.brief_paragraph", 0.76)
    return None


def number_opening(line: Line, draft: Draft, brief: bool) -> Opening | None:
    """The next number after a numbered title; or the first number where nothing is open."""
    count = ordinal(line.text)
    if draft.ordinal is not None:
        following = count == (draft.ordinal[0], draft.ordinal[1] + 1)
        return Opening("rule.title_numbered", 0.9) if following else None
    if draft.closed and (brief or (count is not None and count[1] == 1)):
        return Opening("rule.title_numbered", 0.85)
    return None


def is_motto(words: str) -> bool:
    """Phrases of like length: 事事有回音　件件有着落, or 宁停三天，不险一时."""
    halves = words.split("，")
    alike = len(halves) == 2 and len(halves[0]) == len(halves[1]) <= _MOTTO_HALF
    return alike or is_kicker(words)


def is_broken(words: str) -> bool:
    """Whether the words stop where no sentence does."""
    return words[-1] in "，、：:"


def is_broken_title(lines: Sequence[Line], at: int) -> bool:
    """A title that goes on after a colon: 城东街道： above “三个一”办实事."""
    line, after = lines[at], lines[at + 1 : at + 3]
    if line.kind is not Kind.TEXT or not is_broken(line.text):
        return False
    if len(line.text) > (_BROKEN_LIMIT if line.text[-1] in "：:" else _HEADING_LIMIT):
        return False
    return [x.kind for x in after] == [Kind.TITLE, Kind.TEXT]


def is_note(lines: Sequence[Line], at: int) -> bool:
    """An editor's note above a title belongs to the article below."""
    noted = lines[at].kind is Kind.TEXT and marks.EDITORS_NOTE.match(lines[at].text)
    after = lines[at + 1 : at + 2]
    return bool(noted and after) and after[0].kind is Kind.TITLE
