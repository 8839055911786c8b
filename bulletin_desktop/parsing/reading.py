"""A text cut into lines, with the kinds that only the lines around one tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.lines import SECTION_LIMIT, Kind, Line, columns, kind_of, section_name
from bulletin_desktop.parsing.numerals import NUMERALS
from bulletin_desktop.parsing.signing import mark_sources

_TAB_WIDTH = 4
_FULL_LINE = 20  # characters to the line in hard-wrapped text, at the least
_WRAPPED = 8  # lines that a text has at the least, for their widths to say that it is wrapped
_LONGEST = 60  # characters to the line in hard-wrapped text, at the most
_SHARE = 0.25  # of the lines of a hard-wrapped text are full
_SLACK = 5  # columns that a full line may be short of the others
_ELLIPSIS = 2
_VERSES = 3
_TITLE_LINES = 4
_VERSES_REACH = 60
_CLOSING = frozenset({Kind.CREDIT, Kind.SECTION, Kind.IMPRINT, Kind.DISTRIBUTION})
_VERSE_LIMIT = 24
_VERSE = frozenset({Kind.TITLE, Kind.TEXT})
_MOST = 0.75
_RUNNING = "，、"
_BREAKABLE = frozenset(
    {Kind.TITLE, Kind.NUMBERED, Kind.ROW, Kind.DASH, Kind.DATE, Kind.NUMBER, Kind.PAGE}
)


def read_lines(text: str) -> list[Line]:
    """The lines of the text that hold more than white space, each with its kind."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    if width:
        _mark_wrapped(lines, width)
    _mark_set_in(lines)
    _mark_framed(lines)
    _mark_verses(lines)
    _mark_ellipses(lines)
    _mark_rows(lines)
    _mark_running_heads(lines)
    mark_sources(lines)
    return lines


def _mark_framed(lines: Sequence[Line]) -> None:
    """Make sections of the names between dashes that stand like one; a subtitle has text below."""
    before: Line | None = None
    for line, after in pairwise(lines):
        if line.kind is Kind.DASH and section_name(line.text):
            loose = before is None or before.kind is not Kind.TITLE
            heads = after.kind in (Kind.BULLET, Kind.NUMBERED, Kind.TITLE)
            if loose or (heads and not sources.byline(after.text)):
                line.kind = Kind.SECTION
        before = line


def _mark_verses(lines: Sequence[Line]) -> None:
    """Make text of the short lines below a title or an author that are set in further: verses.

    What a list of contents holds is set so too, but has pages or comes again.
    """
    runs: list[Sequence[Line]] = []
    for at, (above, line) in enumerate(pairwise(lines), start=1):
        least = _least_verses(above, line)
        end = _verses_end(lines, at) if least else at
        if least and end - at >= least:
            runs.append(lines[at:end])
    counts = Counter(x.text for x in lines if x.kind is Kind.TITLE) if runs else Counter()
    for run in runs:
        if not any(x.text[-1].isdecimal() or counts[x.text] > 1 for x in run):
            for line in run:
                line.kind = Kind.TEXT


def _least_verses(above: Line, line: Line) -> int:
    """How many short lines are verses below a title, or below an author; 0 where none can be."""
    if line.kind not in _VERSE or len(line.text) > _VERSE_LIMIT:
        return 0
    if above.kind is Kind.TITLE:
        return _VERSES if above.indent < line.indent else 0
    credit = sources.credit_of_line(above.text) if above.kind is Kind.CREDIT else None
    if credit is None or credit.role != "author":
        return 0
    return _VERSES if above.indent < line.indent else _TITLE_LINES + 1


def _verses_end(lines: Sequence[Line], at: int) -> int:
    """The end of the lines that look like verses; ``at`` where they run on into something else."""
    end, indent = at, lines[at].indent
    limit = min(len(lines), at + _VERSES_REACH)
    while end < limit and lines[end].kind in _VERSE and len(lines[end].text) <= _VERSE_LIMIT:
        if lines[end].indent < indent:
            break
        end += 1
    after = lines[end] if end < len(lines) else None
    closes = after is None or after.indent < indent or after.kind in _CLOSING
    return end if closes and (after is None or after.kind not in (Kind.TEXT, Kind.ROW)) else at


def _mark_ellipses(lines: Sequence[Line]) -> None:
    """Make text of the lines of dots that are set in as the paragraph before them is."""
    for before, line in pairwise(lines):
        dots = line.kind is Kind.RULE and not line.text.strip("…")
        if dots and before.kind in (Kind.TEXT, Kind.ROW):
            alike = before.indent == line.indent > 0
            line.kind = before.kind if alike or len(line.text) <= _ELLIPSIS else line.kind


# Lines of a table


def _mark_rows(lines: Sequence[Line]) -> None:
    """Make rows of the lines with columns that stand right beside rows with more of them."""
    for line, after in pairwise(lines):
        if line.kind is Kind.ROW and after.kind is Kind.TITLE and not after.gap:
            after.kind = Kind.ROW if columns(after.text) > 1 else after.kind
    for after, line in pairwise(reversed(lines)):
        if after.kind is Kind.ROW and line.kind is Kind.TITLE and not after.gap:
            line.kind = Kind.ROW if columns(line.text) > 1 else line.kind

    for before, line in pairwise(lines):
        if line.kind is Kind.PAGE and before.kind is Kind.ROW and line.bare.isdecimal():
            line.kind = Kind.ROW if not line.gap else line.kind


def _mark_running_heads(lines: Sequence[Line]) -> None:
    """Make pages of the lines that come again beside page numbers."""
    beside: list[Line] = []
    for line, after in pairwise(lines):
        if line.kind is Kind.PAGE and after.kind is Kind.TITLE:
            beside.append(after)
        elif after.kind is Kind.PAGE and line.kind is Kind.TITLE:
            beside.append(line)
    counts = Counter(_undigited(x) for x in beside)
    for line in beside:
        if counts[_undigited(line)] > 1:
            line.kind = Kind.PAGE


def _undigited(line: Line) -> str:
    return "".join(c for c in line.bare if not c.isdecimal() and c not in NUMERALS)


# Hard-wrapped text


def _wrap_width(lines: Sequence[Line]) -> int:
    """The columns that the lines of a hard-wrapped text fill; 0 for a text that is not wrapped."""
    if len(lines) < _WRAPPED:
        return 0
    nearly_all = len(lines) * 95 // 100
    if sorted(len(x.text) for x in lines)[nearly_all] > _LONGEST:
        return 0
    widths = [_width(x) for x in lines]
    width = sorted(widths)[nearly_all]
    full = sum(abs(w - width) <= _SLACK for w in widths)
    return width if width >= 2 * _FULL_LINE and full >= _SHARE * len(lines) else 0


def _width(line: Line) -> int:
    return line.indent + sum(2 if c > "\u2e7f" or c in "“”‘’…—·" else 1 for c in line.text)


def _mark_wrapped(lines: Sequence[Line], width: int) -> None:
    """Make text of full lines and of those that they run on into, at the margin below."""
    margin = Counter(x.indent for x in lines).most_common(1)[0][0]
    for line, after in pairwise(lines):
        inside = line.wrapped or margin < line.indent <= margin + _TAB_WIDTH or "。" in line.text
        long = _width(line) > _MOST * width and not line.ended
        runs_on = inside and (long or (line.kind is Kind.TEXT and line.text[-1] in _RUNNING))
        if after.gap or after.indent != margin:
            continue
        if not runs_on and _width(line) < width - _SLACK:
            continue
        if line.ended and _width(after) < width - _SLACK:
            continue
        if line.credited:
            continue
        if line.kind is Kind.BULLET or line.kind is Kind.TEXT or line.kind in _BREAKABLE:
            line.kind = line.kind if line.kind is Kind.BULLET else Kind.TEXT
            after.wrapped = True
            after.kind = Kind.TEXT if after.kind in _BREAKABLE else after.kind


def _mark_set_in(lines: Sequence[Line]) -> None:
    """Make text of the lines of single hard-wrapped paragraphs, which end without an end.

    Such a paragraph opens with a set-in line, full and with a comma, above a line that is not.
    """
    wrapped = False
    for line, after in pairwise(lines):
        flush = after.gap == 0 and after.indent < max(line.indent, 1)
        if line.kind is Kind.TITLE:
            opens = 0 < line.indent <= _TAB_WIDTH and flush and _is_full(line)
            wrapped = opens or (wrapped and line.indent == 0 and line.gap == 0)
            line.kind = Kind.TEXT if wrapped else line.kind
        wrapped = line.kind is Kind.TEXT and wrapped and not _is_last(line)


def _is_last(line: Line) -> bool:
    return line.ended or line.text[-1] in marks.CLOSING or len(line.text) < _FULL_LINE


def _is_full(line: Line) -> bool:
    return len(line.text) >= _FULL_LINE and ("，" in line.text or "、" in line.text)


# Lines by themselves


def _lines(text: str) -> Iterator[Line]:
    position, gap = 0, 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            lead = len(raw) - len(raw.lstrip())
            start = position + lead
            indent = _indent(raw[:lead]) if lead else 0
            head = _section_head(words) if words[0] in "【〖" else 0
            if head:
                yield Line(start, start + head, words[:head], indent, gap, Kind.SECTION)
                rest = words[head:].lstrip()
                start, words, gap = start + len(words) - len(rest), rest, 0
            yield Line(start, start + len(words), words, indent, gap, kind_of(words))
            gap = 0
        else:
            gap += 1
        position += len(raw)


def _section_head(words: str) -> int:
    """The length of a section mark before other words: 【工作动态】市总工会召开会议."""
    closing = words.find(marks.SECTION_BRACKETS[words[0]], 1, SECTION_LIMIT)
    if closing < 0 or closing == len(words) - 1:
        return 0
    return closing + 1 if marks.SECTION_NAME.match(words[1:closing].strip()) else 0


def _indent(blank: str) -> int:
    return sum(2 if c == "\u3000" else _TAB_WIDTH if c == "\t" else 1 for c in blank)
