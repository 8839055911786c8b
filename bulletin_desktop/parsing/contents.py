"""The contents list of an issue: where it ends, its entries, and which of them name sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from bulletin_desktop.parsing import marks
from bulletin_desktop.parsing.lines import PROSE, Kind, Line, section_name

_LISTED = frozenset({Kind.BULLET, Kind.TITLE, Kind.NUMBERED})
_ENTRY_LIMIT = 120
_NAME_LIMIT = 14
_SHORT_ENTRY = 6
_BOX_LINES = 2  # plain lines that make a list
_ENTRIES_LIMIT = 300
# Two entries on one line: 主席的话 …… 1　　投诉个案 …… 4
_COLUMNS = re.compile(r"(?<=\d)[ \u3000\t]{2,}(?=[^\s\d])")
_DOTS = ("…", "...", "··")


def contents_end(lines: Sequence[Line], head: int) -> tuple[int, frozenset[str]]:
    """The end of the list that follows the masthead, and the bare words of its entries."""
    if head < len(lines) and lines[head].kind is Kind.CONTENTS:
        end = _listed_end(lines, head + 1)
    else:
        end = _front_box_end(lines, head)
    entries = frozenset(_entry(part) for x in lines[head:end] for part in _parts(x.text))
    return end, entries


def _parts(words: str) -> list[str]:
    """The entries on a line; several where columns with leaders and pages stand side by side."""
    return _COLUMNS.split(words) if any(x in words for x in _DOTS) else [words]


def _entry(words: str) -> str:
    """The bare words of an entry, without bullet, numbering, leader and page."""
    name = section_name(words)
    if name is not None:
        return "".join(name.split())
    inner = words.lstrip(marks.LEADS + "—")
    inner = inner[_numbering(inner) :]
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
        entry, *others = map(_entry, _parts(lines[at].text))
        if len(entry) > 1 and any(_same_title(entry, s) for s in seen):
            return _before_section(lines, at, first)
        seen += [entry, *others]
        at += 1
    return _look_end(lines, first, at)


def _same_title(entry: str, earlier: str) -> bool:
    shorter, longer = sorted((entry, earlier), key=len)
    return entry == earlier or (len(shorter) >= 8 and longer.startswith(shorter))


def _is_entry(line: Line) -> bool:
    if len(line.text) > _ENTRY_LIMIT:
        return False
    if line.kind in PROSE or line.kind is Kind.DISTRIBUTION:
        return bool(marks.LEADER_DOTS.search(line.text) or "\t" in line.text)
    return True


def _before_section(lines: Sequence[Line], at: int, first: int) -> int:
    """Back over what opens the text before the first title that the list has named."""
    later = {_entry(x.text) for x in lines[at:]}
    above = lines[at - 1] if lines[at - 2].kind is Kind.SECTION else None
    if above is not None and above.kind is Kind.TITLE and lines[first].kind is Kind.BULLET:
        at -= 1  # a kicker
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
    mark = lines[first].text[0] if first < stop else ""
    bullets = [i for i in range(first, stop) if lines[i].kind is Kind.BULLET]
    bullets = [i for i in bullets if lines[i].text[0] == mark] or bullets
    for alike in (leaders, bullets):
        if len(alike) > 1:
            return alike[-1] + 1
    other = lines[first].kind if first < stop else None
    marked = (Kind.SECTION, Kind.BULLET, Kind.NUMBERED)
    sections = [i for i in range(first + 1, stop) if lines[i].kind in marked]
    if sections and other is Kind.TITLE:
        return sections[0]
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


def listed_sections(lines: Sequence[Line]) -> frozenset[str]:
    """The entries of a contents list that name sections.

    They are short, and end as such names do, or stand out from an entry with a page below them;
    in a list of very short entries all do if one does.
    """
    entries = [x for x in lines if x.kind is not Kind.CONTENTS]
    every = {_entry(part) for x in entries for part in _parts(x.text)}
    pairs = zip_longest(entries, entries[1:])
    named = {_entry(line.text) for line, after in pairs if _stands_out(line, after)}
    named |= {x for x in every if marks.SECTION_NAME.match(x)}
    if named and all(len(x) <= _SHORT_ENTRY for x in every):
        named = every
    return frozenset(x for x in named if 1 < len(x) <= _NAME_LIMIT)


def _stands_out(line: Line, after: Line | None) -> bool:
    if after is None or marks.LEADER_DOTS.search(line.text):
        return False
    return line.indent < after.indent and bool(marks.LEADER_DOTS.search(after.text))
