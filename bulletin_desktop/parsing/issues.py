"""Where one issue ends and the next begins, and the zones of an issue: head, middle, tail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import NamedTuple

from bulletin_desktop.parsing import marks
from bulletin_desktop.parsing.contents import contents_end, listed_sections
from bulletin_desktop.parsing.lines import PROSE, Kind, Line, columns
from bulletin_desktop.parsing.masthead import (
    day_of_year,
    is_evidence,
    is_name,
    issue_number,
    printed_date,
    total_number,
)

_BACK_MATTER = frozenset({Kind.DISTRIBUTION, Kind.IMPRINT, Kind.PAGE, Kind.RULE, Kind.DATE})
_CONTENT = frozenset({Kind.TEXT, Kind.BULLET, Kind.NUMBERED})
_TITLE_LIKE = frozenset({Kind.TITLE, Kind.NUMBERED, Kind.DASH, Kind.CREDIT, Kind.DATE, Kind.RULE})
_HEAD_KINDS = frozenset(
    {Kind.TITLE, Kind.NUMBER, Kind.DATE, Kind.RULE, Kind.IMPRINT, Kind.CREDIT, Kind.ROW}
)
_MASTHEAD_KINDS = frozenset({Kind.NUMBER, Kind.DATE, Kind.DISTRIBUTION})
_HEAD_LIMIT = 25
_SECTION_NAME = 6
_FOOT_LINES = 6
_LABELLED = re.compile(r"\S{2,5}[:：]")
_FOOT_WIDTH = 70
_TITLE_REACH = 6
_MASTHEAD_REACH = 8
_ENTRY_LIMIT = 120


class IssueLines(NamedTuple):
    """The lines of an issue, the rule by which it begins and how sure that is."""

    lines: list[Line]
    rule: str
    certainty: float


def split_issues(lines: Sequence[Line]) -> list[IssueLines]:
    """The lines of each issue.

    An issue begins at a masthead with another number, or where articles begin anew after a
    distribution. Running heads, which repeat the number, become pages on the way, and what only
    looks like a distribution becomes text.
    """
    splitter = _Splitter(lines)
    starts = [*splitter.starts(), len(lines)]
    return [
        IssueLines(list(lines[a:b]), *splitter.rules.get(a, ("rule.issue_start", 0.9)))
        for a, b in pairwise(starts)
    ]


@dataclass
class _Splitter:
    lines: Sequence[Line]
    identity: tuple[str | None, ...] | None = None
    names: set[str] = field(default_factory=set)
    seen: bool = False  # whether the present issue has had any content
    last: bool = False  # whether nothing begins any more
    rules: dict[int, tuple[str, float]] = field(default_factory=dict)

    def starts(self) -> list[int]:
        found, at = [0], 0
        while at < len(self.lines) and not self.last:
            start = self._start_at(at)
            if start is not None and start > found[-1]:
                found.append(start)
                self.seen, self.identity = False, None
                at = max(start, at)
                self._note(at)
            at += 1
        return found

    def _start_at(self, at: int) -> int | None:
        """The first line of an issue that is known to begin by the line at hand."""
        line = self.lines[at]
        if line.kind is Kind.DISTRIBUTION and self.seen:
            return self._ruled(self._after_distribution(at), "rule.issue_after_distribution", 0.85)
        if line.kind is Kind.NUMBER and self.seen and not self._is_running_head(line):
            return self._ruled(self._walk_back(at), "rule.issue_number", 0.95)
        if self.seen and line.kind is Kind.TITLE and line.bare.endswith(tuple(self.names)):
            numbered = any(x.kind is Kind.NUMBER for x in self.lines[at + 1 : at + 4])
            rule = ("rule.issue_number", 0.95) if numbered else ("rule.issue_name", 0.8)
            return self._ruled(self._renamed(at), *rule)
        self._note(at)
        return None

    def _ruled(self, start: int | None, rule: str, certainty: float) -> int | None:
        if start is not None:
            self.rules[start] = (rule, certainty)
        return start

    def _note(self, at: int) -> None:
        line = self.lines[at]
        if line.kind is Kind.NUMBER and not self.seen:
            self.identity = self.identity or _identity(line)
            self.names |= {p.bare for p in self.lines[max(0, at - 3) : at] if is_name(p.text)}
        self.seen = self.seen or line.kind in _CONTENT

    def _is_running_head(self, line: Line) -> bool:
        if self.identity is None:
            return False
        pairs = zip(self.identity, _identity(line), strict=True)
        if any(a != b for a, b in pairs if a and b):
            return False
        line.kind = Kind.PAGE
        return True

    def _walk_back(self, at: int) -> int:
        limit = max(0, at - _MASTHEAD_REACH)
        while at > limit and _opens_masthead(self.lines[at - 1]):
            at -= 1
        return at

    def _renamed(self, at: int) -> int | None:
        """A line that repeats the name: a running head beside a page, or a masthead anew."""
        after = list(takewhile(lambda x: x.kind is not Kind.TEXT, self.lines[at + 1 : at + 4]))
        numbers = [x for x in after if x.kind is Kind.NUMBER]
        if numbers:
            return None if _identity(numbers[0]) == self.identity else self._walk_back(at)
        if any(x.kind is Kind.PAGE for x in self.lines[max(0, at - 1) : at + 2]):
            self.lines[at].kind = Kind.PAGE
            return None
        dated = any(x.kind is Kind.DATE or is_evidence(x.text) for x in after)
        return self._walk_back(at) if dated else None

    def _after_distribution(self, at: int) -> int | None:
        end, is_block = _block_end(self.lines, at)
        if not is_block:
            for line in self.lines[at:end]:
                line.kind = Kind.TEXT
            return None
        start = next((i for i in range(end, len(self.lines)) if _begins(self.lines, i)), None)
        self.last = start is None
        return start


def _identity(line: Line) -> tuple[str | None, ...]:
    date = printed_date(line.text)
    year = date.value[:4] if date else None
    return issue_number(line.text), total_number(line.text), year


def _opens_masthead(line: Line) -> bool:
    if line.kind in (Kind.RULE, Kind.NUMBER):
        return True
    return line.kind is Kind.TITLE and (is_name(line.text) or is_evidence(line.text))


def _block_end(lines: Sequence[Line], at: int) -> tuple[int, bool]:
    """Where the back matter from a distribution line on ends, and whether it is any."""
    sure = bool(marks.ISSUED_TO.match(lines[at].text))
    while at < len(lines) and (lines[at].kind in _BACK_MATTER or lines[at - 1].text[-1] in "、，,"):
        at += 1
    return at, at == len(lines) or sure or lines[at].kind is not Kind.TEXT


def _begins(lines: Sequence[Line], at: int) -> bool:
    """Whether a new issue can begin here: a section, a masthead, or a title with its text."""
    kind = lines[at].kind
    if kind in (Kind.SECTION, Kind.CONTENTS, Kind.NUMBER):
        return True
    if kind is not Kind.TITLE:
        return False
    for line in lines[at + 1 : at + _TITLE_REACH]:
        if line.kind not in _TITLE_LIKE:
            return line.kind in (*PROSE, Kind.SECTION, Kind.CONTENTS, Kind.NUMBER)
    return False


@dataclass(frozen=True, slots=True)
class Zones:
    """Line numbers that part an issue; ``entries`` are the bare titles of its contents.

    ``listed`` are those of the entries that name sections.
    """

    masthead: int
    contents: int
    tail: int
    entries: frozenset[str]
    listed: frozenset[str]


def find_zones(lines: Sequence[Line]) -> Zones:
    """Masthead, contents and tail of one issue; what lies between are sections and articles."""
    head = _masthead_end(lines)
    contents, entries = contents_end(lines, head)
    listed = listed_sections(lines[head:contents])
    return Zones(head, contents, _tail_start(lines, contents), entries, listed)


def _masthead_end(lines: Sequence[Line]) -> int:
    end, sure = 0, False
    for at, line in enumerate(lines[:_HEAD_LIMIT]):
        if sure and line.kind is Kind.SECTION and _is_special(lines, at):
            return at + 1
        if at == 0 and line.kind is Kind.SECTION and _is_head(lines[1:2]):
            end, sure = 1, True  # the name between marks: ★ 赛 会 快 报 ★
            continue
        if line.kind in (Kind.CONTENTS, Kind.SECTION):
            return at if sure else 0
        named = line.kind is Kind.CREDIT and line.text[0] not in marks.ROUND
        evidence = not named and (is_evidence(line.text) or _is_dated(line))
        if not evidence and line.kind not in _HEAD_KINDS and line.kind is not Kind.DISTRIBUTION:
            break
        bare = _is_bare_name(lines, at)
        dated = at == 0 and line.kind is Kind.DATE
        sure = sure or bare or dated or line.kind is Kind.NUMBER or evidence
        certain = evidence or bare or line.kind in _MASTHEAD_KINDS
        if certain or (line.kind in (Kind.RULE, Kind.IMPRINT) and end == at):
            end = at + 1
    return end if sure else 0


def _is_special(lines: Sequence[Line], at: int) -> bool:
    """Whether a line in marks that mark no section below says what the issue is devoted to."""
    line = lines[at]
    alike = any(x.kind is Kind.SECTION and x.text[0] == line.text[0] for x in lines[at + 1 :])
    return bool(marks.SPECIAL_ISSUE.search(line.bare)) and not alike


def _is_head(below: Sequence[Line]) -> bool:
    """Whether the line below a name in marks has a number or a date, as mastheads do."""
    return any(x.kind is Kind.NUMBER or _is_dated(x) for x in below)


def _is_dated(line: Line) -> bool:
    """Whether a line has a date in one of several columns."""
    if line.kind is not Kind.TITLE and line.kind is not Kind.ROW:
        return False
    dated = printed_date(line.text) or day_of_year(line.text, "")
    return dated is not None and columns(line.text) > 1


def _is_bare_name(lines: Sequence[Line], at: int) -> bool:
    """A first line that is letter-spaced, or ends in 简报 and the like, before anything else."""
    line = lines[at]
    if at > 1 or line.kind is not Kind.TITLE or not is_name(line.text) or len(lines) == 1:
        return False
    spaced = len(line.bare) < len(line.text)
    following = lines[at + 1].kind if at + 1 < len(lines) else Kind.TEXT
    if following in (Kind.SECTION, Kind.CONTENTS):
        return True
    if following is not Kind.TITLE:
        return False
    return spaced or line.bare.endswith(("简报", "快报", "专报")) or _heads_section(lines, at)


def _heads_section(lines: Sequence[Line], at: int) -> bool:
    """Whether a name stands above two more short lines: a section and a title."""
    below = lines[at + 1 : at + 4]
    if [x.kind for x in below] != [Kind.TITLE, Kind.TITLE, Kind.TEXT]:
        return False
    return len(below[0].text) <= _SECTION_NAME < len(below[1].text)


def _tail_start(lines: Sequence[Line], first: int) -> int:
    """The first line of the back matter at the end of an issue."""
    found = (i for i in range(first, len(lines)) if lines[i].kind is Kind.DISTRIBUTION)
    start = next(found, None)
    if start is None:
        start = len(lines)
        if start > first and lines[-1].kind is Kind.RULE:
            return start
    start = _below_rule(lines, first, start)
    while start > first and _is_foot(lines[start - 1], start == len(lines)):
        start -= 1
    while start < len(lines) and start > first + 1 and _is_labelled_foot(lines, start - 1):
        start -= 1
    return start


def _is_labelled_foot(lines: Sequence[Line], at: int) -> bool:
    """Whether a line with a label, above an imprint, is set out further than the text before it."""
    line, before = lines[at], lines[at - 1]
    labelled = line.kind is Kind.TITLE and _LABELLED.match(line.text) is not None
    return labelled and before.kind is Kind.TEXT and line.indent < before.indent


def _below_rule(lines: Sequence[Line], first: int, end: int) -> int:
    """The last rule of an issue, where only a few short lines without an end follow it."""
    at = end
    while at > max(first, end - _FOOT_LINES) and lines[at - 1].kind is not Kind.RULE:
        line = lines[at - 1]
        if line.ended or line.kind in _CONTENT or len(line.text) > _FOOT_WIDTH:
            return end
        at -= 1
    return at if at > first and lines[at - 1].kind is Kind.RULE else end


def _is_foot(line: Line, last: bool) -> bool:
    """Whether a line at the end of an issue is an imprint, or names an editor or an address."""
    if line.kind in (Kind.IMPRINT, Kind.PAGE, Kind.RULE):
        return True
    labelled = columns(line.text) > 1 or _LABELLED.match(line.text)
    if line.kind in (Kind.TITLE, Kind.ROW) and labelled and is_evidence(line.text):
        return True
    if not last or len(line.text) > _ENTRY_LIMIT:
        return False
    return bool(marks.COLOPHON.search(line.text))
