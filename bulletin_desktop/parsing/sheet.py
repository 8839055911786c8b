"""A parsed text laid out for correcting: its articles, headings and other stretches."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bulletin_desktop.model.text import (
    Cut,
    CutRole,
    Kind,
    ParsedArticle,
    ParsedIssue,
    ParsedText,
    Part,
    PartRole,
    Span,
)

_LINE_END = re.compile("[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BEHIND_ALL = sys.maxsize
YOURS = "rule.yours"


@dataclass(slots=True, eq=False)
class Heading:
    """A section of an issue; one that the text has no line for has ``start`` and ``end`` -1."""

    name: str
    start: int = -1
    end: int = -1


@dataclass(slots=True, eq=False)
class Piece:
    """An article: its pieces in any order, and what stands in it and in no field."""

    section: Heading | None
    kind: Kind
    start: int
    end: int
    parts: list[Part]
    omitted: list[tuple[int, int]] = field(default_factory=list)

    def of(self, *roles: PartRole) -> list[Part]:
        """The parts with one of these roles."""
        return [part for part in self.parts if part.role in roles]

    def finish(self, text: str, sections: list[Heading]) -> ParsedArticle:
        """The article with its words cut out of the text."""
        self.parts.sort(key=lambda part: (_ORDER[part.role], part.start))
        words: dict[PartRole, str | None] = {
            role: "\n".join(text[p.start : p.end] for p in self.of(role)) or None for role in _ORDER
        }
        return ParsedArticle(
            section=None if self.section is None else sections.index(self.section),
            kind=self.kind,
            kicker=words["kicker"],
            title=words["title"],
            subtitle=words["subtitle"],
            author=words["author"],
            source=words["source"],
            body=words["body"] or "",
            start=self.start,
            end=self.end,
            parts=tuple(self.parts),
            omitted=tuple(self.omitted),
        )


_ORDER: dict[PartRole, int] = {
    "kicker": 0, "title": 1, "subtitle": 2, "author": 3, "body": 4, "source": 5,
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Number:
    """One issue: its facts, its sections and its articles; ``start`` is where it begins."""

    facts: ParsedIssue
    start: int
    headings: list[Heading] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


class Sheet:
    """What a text was cut into, open for change.

    ``others`` are the stretches outside sections and articles: masthead, contents, distribution,
    remainder.
    """

    def __init__(self, text: str, parsed: ParsedText) -> None:
        self.text = text
        self.warning = parsed.warning
        self.cuts = list(parsed.cuts)
        self.others = [s for s in parsed.spans if s.role not in ("article", "section", "blank")]
        headings = [s for s in parsed.spans if s.role == "section"]
        self.numbers: list[Number] = []
        for issue, start, end in _extents(parsed, len(text)):
            inside = [s for s in headings if start <= s.start < end]
            self.numbers.append(_number(text, issue, start, inside))
        self._first = self._begins()

    def finish(self) -> ParsedText:
        """The corrected text, with spans that tile it."""
        for number in self.numbers:
            _order(number)
        spans = [Span("article", p.start, p.end) for n in self.numbers for p in n.pieces]
        spans += [
            Span("section", h.start, h.end) for n in self.numbers for h in n.headings if h.end > 0
        ]
        tiles = tile(sorted([*spans, *self.others], key=lambda s: s.start), len(self.text))
        issues = tuple(_issue(self.text, number) for number in self.numbers)
        return ParsedText(tiles, issues, self.warning, tuple(self._cuts()))

    def line(self, at: int) -> tuple[int, int]:
        """The trimmed line at a position; behind a heading on the same line, what follows it.

        Its start and end are the same for a blank line.
        """
        start = max((m.end() for m in _LINE_END.finditer(self.text, 0, at)), default=0)
        found = _LINE_END.search(self.text, at)
        end = found.start() if found else len(self.text)
        for number in self.numbers:
            for heading in number.headings:
                if start <= heading.start < heading.end <= at and self._goes_on(heading, end):
                    start = heading.end
                elif start <= at < heading.end < end and start <= heading.start:
                    end = heading.end
        return trim(self.text, start, end)

    def _goes_on(self, heading: Heading, end: int) -> bool:
        """Whether words stand behind a heading up to the end of its line."""
        return bool(self.text[heading.end : end].strip())

    def lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The trimmed lines between two positions, without blank ones."""
        while start < end:
            found = _LINE_END.search(self.text, start, end)
            stop = found.start() if found else end
            line = trim(self.text, start, stop)
            if line[1] > line[0]:
                yield line
            start = stop + 1

    def piece_at(self, at: int) -> tuple[Number, Piece] | None:
        """The article in which a position lies, and its issue."""
        for number in self.numbers:
            for piece in number.pieces:
                if piece.start <= at < piece.end:
                    return number, piece
        return None

    def number_at(self, at: int) -> Number:
        """The issue in which a position lies."""
        before = [number for number in self.numbers if number.start <= at]
        return before[-1] if before else self.numbers[0]

    def heading_at(self, at: int) -> tuple[Number, Heading] | None:
        """The section heading at a position, and its issue."""
        for number in self.numbers:
            for heading in number.headings:
                if heading.start <= at < heading.end:
                    return number, heading
        return None

    def clear(self, start: int, end: int) -> None:
        """Take a stretch out of what is neither section nor article."""
        kept: list[Span] = []
        for span in self.others:
            if span.end <= start or end <= span.start:
                kept.append(span)
                continue
            sides = (trim(self.text, span.start, start), trim(self.text, end, span.end))
            kept += [Span(span.role, a, b) for a, b in sides if b > a]
        self.others = kept

    def settle(self, at: int, *, issue: bool = False) -> None:
        """Keep that the user has decided about the line that begins here."""
        self.cuts = [c for c in self.cuts if (c.start, c.role == "issue") != (at, issue)]
        self.cuts.append(Cut(at, "issue" if issue else "body", YOURS, 1.0))

    def _cuts(self) -> Iterator[Cut]:
        """The reasons that still hold, the user's own, and doubts about where nothing begins."""
        begins = self._begins()
        told = {(cut.start, cut.role == "issue"): cut for cut in self.cuts}
        for key in sorted(begins.keys() | told.keys(), key=lambda k: (k[0], not k[1])):
            role, cut = begins.get(key), told.get(key)
            if role is None:
                if cut is not None and cut.role == "body":
                    yield cut
            elif cut is not None and (cut.role == role or cut.rule == YOURS):
                yield cut._replace(role=role)
            elif cut is not None or key not in self._first:
                yield Cut(key[0], role, YOURS, 1.0)

    def _begins(self) -> dict[tuple[int, bool], CutRole]:
        """What begins where; an issue may begin together with its first section or article."""
        found: dict[tuple[int, bool], CutRole] = {
            (span.start, False): "distribution"
            for span in self.others
            if span.role == "distribution"
        }
        for number in self.numbers:
            found[number.start, True] = "issue"
            found.update(((p.start, False), p.kind) for p in number.pieces)
            found.update(((h.start, False), "section") for h in number.headings if h.end > 0)
        return found


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space at its ends."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return start + lead, start + max(lead, len(words.rstrip()))


def tile(spans: Sequence[Span], length: int) -> tuple[Span, ...]:
    """The spans with the blanks between; neighbours in the back matter of one role are joined."""
    tiles: list[Span] = []
    at = 0
    for span in spans:
        last = tiles[-1] if tiles else None
        if last and last.role == span.role and span.role in ("distribution", "remainder"):
            tiles[-1] = Span(span.role, last.start, span.end)
        else:
            if span.start > at:
                tiles.append(Span("blank", at, span.start))
            tiles.append(span)
        at = span.end
    if length > at:
        tiles.append(Span("blank", at, length))
    return tuple(tiles)


def _extents(parsed: ParsedText, length: int) -> list[tuple[ParsedIssue, int, int]]:
    """Each issue with where it begins and where the next one does."""
    starts = issue_starts(parsed)
    ends = [*starts[1:], length]
    return list(zip(parsed.issues, starts, ends, strict=True))


def issue_starts(parsed: ParsedText) -> list[int]:
    """Where each issue of a text begins."""
    told = [cut.start for cut in parsed.cuts if cut.role == "issue"]
    if len(told) == len(parsed.issues):
        return told
    starts: list[int] = []
    for k in range(len(parsed.issues)):
        starts.append(_issue_start(parsed, k, starts[-1] + 1 if starts else 0))
    return starts


def _issue_start(parsed: ParsedText, k: int, after: int) -> int:
    """Where an issue begins: behind the last article and back matter of the one before."""
    if k == 0:
        return next((s.start for s in parsed.spans if s.role != "blank"), 0)
    before = max((a.end for i in parsed.issues[:k] for a in i.articles), default=after)
    before = max(before, after)
    first = min((a.start for i in parsed.issues[k:] for a in i.articles), default=_BEHIND_ALL)
    told = [c.start for c in parsed.cuts if c.role == "issue" and before <= c.start <= first]
    if told:
        return told[0]
    opening = [s for s in parsed.spans if before <= s.start <= first and s.role != "blank"]
    head = [s.start for s in opening if s.role in ("masthead", "contents", "section", "article")]
    return min(head, default=before)


def _number(text: str, issue: ParsedIssue, start: int, spans: list[Span]) -> Number:
    headings = [Heading(name) for name in issue.sections]
    for heading in headings:
        _place(text, heading, spans)
    headings += [Heading(text[s.start : s.end], s.start, s.end) for s in spans]
    pieces = [
        Piece(
            None if a.section is None else headings[a.section], a.kind, a.start, a.end,
            list(a.parts), list(a.omitted),
        )
        for a in issue.articles
    ]  # fmt: skip
    return Number(issue, start, headings, pieces)


def _place(text: str, heading: Heading, spans: list[Span]) -> None:
    """Give a section the first line that names it, and take that off the list."""
    name = "".join(heading.name.split())
    for span in spans:
        if name in "".join(text[span.start : span.end].split()):
            heading.start, heading.end = span.start, span.end
            spans.remove(span)
            return


def _order(number: Number) -> None:
    """Articles as they lie; sections too, those without a line before their first article."""
    number.pieces.sort(key=lambda piece: piece.start)
    used = {id(piece.section) for piece in number.pieces}
    number.headings = [h for h in number.headings if h.end > 0 or id(h) in used]
    first = {id(p.section): p.start for p in reversed(number.pieces)}
    number.headings.sort(key=lambda h: h.start if h.end > 0 else first[id(h)] - 0.5)


def _issue(text: str, number: Number) -> ParsedIssue:
    articles = tuple(piece.finish(text, number.headings) for piece in number.pieces)
    sections = tuple(heading.name for heading in number.headings)
    return number.facts._replace(sections=sections, articles=articles)
