"""Where one issue ends and the next begins, and the zones of an issue: head, middle, tail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile, zip_longest

from bulletin_desktop.parsing import marks
from bulletin_desktop.parsing.lines import Kind, Line
from bulletin_desktop.parsing.masthead import (
    is_evidence,
    is_name,
    issue_number,
    printed_date,
    total_number,
)

_LISTED = frozenset({Kind.BULLET, Kind.TITLE, Kind.NUMBERED})
_BACK_MATTER = frozenset({Kind.DISTRIBUTION, Kind.IMPRINT, Kind.PAGE, Kind.RULE, Kind.DATE})
_CONTENT = frozenset({Kind.TEXT, Kind.BULLET, Kind.NUMBERED})
_TITLE_LIKE = frozenset({Kind.TITLE, Kind.NUMBERED, Kind.DASH, Kind.CREDIT, Kind.DATE, Kind.RULE})
_HEAD_KINDS = frozenset({Kind.TITLE, Kind.NUMBER, Kind.DATE, Kind.RULE, Kind.IMPRINT, Kind.CREDIT})
_MASTHEAD_KINDS = frozenset({Kind.NUMBER, Kind.DATE, Kind.DISTRIBUTION})
_HEAD_LIMIT = 25
_TITLE_REACH = 6
_MASTHEAD_REACH = 8
_ENTRY_LIMIT = 120
_NAME_LIMIT = 14
_SHORT_ENTRY = 6
_BOX_LINES = 2  # plain lines that make a list
_ENTRIES_LIMIT = 300


def split_issues(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each issue.

    An issue begins at a masthead with another number, or where articles begin anew after a
    distribution. Running heads, which repeat the number, become pages on the way, and what only
    looks like a distribution becomes text.
    """
    splitter = _Splitter(lines)
    starts = [*splitter.starts(), len(lines)]
    return [list(lines[a:b]) for a, b in pairwise(starts)]


@dataclass
class _Splitter:
    lines: Sequence[Line]
    identity: tuple[str | None, ...] | None = None
    names: set[str] = field(default_factory=set)
    seen: bool = False  # whether the present issue has had any content
    last: bool = False  # whether nothing begins any more

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
            return self._after_distribution(at)
        if line.kind is Kind.NUMBER and self.seen and not self._is_running_head(line):
            return self._walk_back(at)
        if self.seen and line.kind is Kind.TITLE and line.bare in self.names:
            return self._renamed(at)
        self._note(at)
        return None

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
            return line.kind in (Kind.TEXT, Kind.SECTION, Kind.CONTENTS, Kind.NUMBER)
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
    contents, entries = _contents_end(lines, head)
    listed = _listed_sections(lines[head:contents])
    return Zones(head, contents, _tail_start(lines, contents), entries, listed)


def _listed_sections(lines: Sequence[Line]) -> frozenset[str]:
    """The entries of a contents list that name sections.

    They are short, and end as such names do, or stand out from an entry with a page below them;
    in a list of very short entries all do if one does.
    """
    entries = [x for x in lines if x.kind is not Kind.CONTENTS]
    named = {
        _entry(line.text)
        for line, after in zip_longest(entries, entries[1:])
        if marks.SECTION_NAME.match(_entry(line.text)) or _stands_out(line, after)
    }
    every = {_entry(x.text) for x in entries}
    if named and all(len(x) <= _SHORT_ENTRY for x in every):
        named = every
    return frozenset(x for x in named if 1 < len(x) <= _NAME_LIMIT)


def _stands_out(line: Line, after: Line | None) -> bool:
    if after is None or marks.LEADER_DOTS.search(line.text):
        return False
    return line.indent < after.indent and bool(marks.LEADER_DOTS.search(after.text))


def _masthead_end(lines: Sequence[Line]) -> int:
    end, sure = 0, False
    for at, line in enumerate(lines[:_HEAD_LIMIT]):
        evidence = is_evidence(line.text)
        if not evidence and line.kind not in _HEAD_KINDS and line.kind is not Kind.DISTRIBUTION:
            break
        named = _is_bare_name(lines, at)
        dated = at == 0 and line.kind is Kind.DATE
        sure = sure or named or dated or line.kind is Kind.NUMBER or evidence
        certain = evidence or named or line.kind in _MASTHEAD_KINDS
        if certain or (line.kind in (Kind.RULE, Kind.IMPRINT) and end == at):
            end = at + 1
    return end if sure else 0


def _is_bare_name(lines: Sequence[Line], at: int) -> bool:
    """A first line that is letter-spaced, or ends in 简报 and the like, before anything else."""
    line = lines[at]
    if at > 1 or line.kind is not Kind.TITLE or not is_name(line.text) or len(lines) == 1:
        return False
    spaced = len(line.bare) < len(line.text)
    following = lines[at + 1].kind if at + 1 < len(lines) else Kind.TEXT
    if following in (Kind.SECTION, Kind.CONTENTS):
        return True
    return following is Kind.TITLE and (spaced or line.bare.endswith(("简报", "快报", "专报")))


def _contents_end(lines: Sequence[Line], head: int) -> tuple[int, frozenset[str]]:
    if head < len(lines) and lines[head].kind is Kind.CONTENTS:
        end = _listed_end(lines, head + 1)
    else:
        end = _front_box_end(lines, head)
    entries = frozenset(_entry(x.text) for x in lines[head:end])
    return end, entries


def _entry(words: str) -> str:
    """The bare words of an entry, without bullet, numbering, leader and page."""
    inner = words.lstrip("".join(marks.BULLETS) + "-— \t\u3000")
    inner = inner[_numbering(inner) :]
    if len(inner) > 1 and marks.SECTION_BRACKETS.get(inner[0]) == inner[-1]:
        inner = inner[1:-1]
    stripped = marks.LEADER.sub("", inner)
    return "".join((stripped or inner).split())


def _numbering(words: str) -> int:
    match = marks.NUMBERED.match(words)
    return match.end() if match else 0


def _listed_end(lines: Sequence[Line], first: int) -> int:
    """The end of a contents list: where its first entries come back, else where its look ends."""
    seen: list[str] = []
    at = first
    while at < min(len(lines), first + _ENTRIES_LIMIT) and _is_entry(lines[at]):
        entry = _entry(lines[at].text)
        if len(entry) > 1 and any(_same_title(entry, s) for s in seen):
            return _before_section(lines, at, first)
        seen.append(entry)
        at += 1
    return _look_end(lines, first, at)


def _same_title(entry: str, earlier: str) -> bool:
    shorter, longer = sorted((entry, earlier), key=len)
    return entry == earlier or (len(shorter) >= 8 and longer.startswith(shorter))


def _is_entry(line: Line) -> bool:
    if len(line.text) > _ENTRY_LIMIT:
        return False
    if line.kind is Kind.TEXT or line.kind is Kind.DISTRIBUTION:
        return bool(marks.LEADER_DOTS.search(line.text) or "\t" in line.text)
    return True


def _before_section(lines: Sequence[Line], at: int, first: int) -> int:
    """Back over what opens the text before the first title that the list has named."""
    later = {_entry(x.text) for x in lines[at:]}
    while at - 1 > first and _opens_text(lines[at - 1]):
        if _is_listed(lines[at - 1], lines[first]) and _entry(lines[at - 1].text) in later:
            return at
        at -= 1
    return at


def _is_listed(line: Line, entry: Line) -> bool:
    """Whether a line is set as an entry of the contents is: plain, or with the same mark."""
    if line.kind is not entry.kind:
        return False
    return line.kind is Kind.TITLE or line.text[0] == entry.text[0]


def _opens_text(line: Line) -> bool:
    if line.kind in (Kind.SECTION, Kind.PAGE, Kind.RULE):
        return True
    return len(line.text) <= _NAME_LIMIT and bool(marks.SECTION_NAME.match(_entry(line.text)))


def _look_end(lines: Sequence[Line], first: int, stop: int) -> int:
    """The end of a list that is not repeated: after its leaders, its bullets or its first gap."""
    leaders = [i for i in range(first, stop) if marks.LEADER_DOTS.search(lines[i].text)]
    bullets = [i for i in range(first, stop) if lines[i].kind is Kind.BULLET]
    for alike in (leaders, bullets):
        if len(alike) > 1:
            return alike[-1] + 1
    gaps = [i for i in range(first + 1, stop) if lines[i].gap]
    return gaps[0] if gaps else min(first, stop)


def _front_box_end(lines: Sequence[Line], head: int) -> int:
    """The end of a list of titles on the front page that has no heading but comes back below.

    Bulleted lines count one by one; plain ones only if the first comes back right below the list.
    """
    if head >= len(lines) or lines[head].kind not in _LISTED or not _comes_back(lines, head):
        return head
    later = {x.bare for x in lines[head + 1 :] if x.kind is Kind.TITLE}
    seen: set[str] = set()
    end = head
    while end < len(lines) and lines[end].kind in _LISTED and _is_entry(lines[end]):
        entry = _entry(lines[end].text)
        if entry in seen or entry not in later:
            break
        seen.add(entry)
        end += 1
    return end if _is_box(lines, head, end) else head


def _comes_back(lines: Sequence[Line], head: int) -> bool:
    if not _is_entry(lines[head]):
        return False
    entry = _entry(lines[head].text)
    return any(entry in x.text for x in lines[head + 1 :] if x.kind is Kind.TITLE)


def _is_box(lines: Sequence[Line], head: int, end: int) -> bool:
    if all(x.kind is Kind.BULLET for x in lines[head:end]):
        return True
    after = lines[end] if end < len(lines) else None
    if after is None or end - head < _BOX_LINES:
        return False
    return after.kind is Kind.SECTION or _entry(after.text) == _entry(lines[head].text)


def _tail_start(lines: Sequence[Line], first: int) -> int:
    """The first line of the back matter at the end of an issue."""
    found = (i for i in range(first, len(lines)) if lines[i].kind is Kind.DISTRIBUTION)
    start = next(found, None)
    if start is None:
        start = len(lines)
        if start > first and lines[-1].kind not in (Kind.IMPRINT, Kind.PAGE):
            return start
    while start > first and lines[start - 1].kind in (Kind.IMPRINT, Kind.PAGE, Kind.RULE):
        start -= 1
    return start
