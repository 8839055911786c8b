"""Sources on lines of their own that only their place tells from sections, titles and subtitles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.lines import Kind, Line
from bulletin_desktop.parsing.titles import is_kicker

_FAR = 8  # columns: a name set in further than this stands at the right or in the middle
_ASIDE = 18
_NAME_LIMIT = 20
_BODY = frozenset({Kind.TEXT, Kind.BULLET, Kind.NUMBERED, Kind.ROW})
_HEADS = frozenset({Kind.TITLE, Kind.SECTION, Kind.DISTRIBUTION, Kind.IMPRINT})
_NEXT = _HEADS | {Kind.BULLET, Kind.NUMBERED, Kind.TEXT}


def mark_sources(lines: Sequence[Line]) -> None:
    """Make credits of the units that close a body: 〔县总工会创新办〕, or a name at the right.

    Brackets that mark a section anywhere in the text mark sections throughout, but for one that
    would be empty, or that stands apart from them in its indent.
    """
    bracketed: list[tuple[Line, bool]] = []
    aside: list[Line] = []
    section_marks: dict[str, set[int]] = {}
    before: Line | None = None
    for line, after in zip_longest(lines, lines[1:]):
        if line.kind is Kind.SECTION:
            if before is not None and _closes_body(line, before):
                bracketed.append((line, _is_empty(line, after) or _is_attached(line, after)))
            else:
                section_marks.setdefault(line.text[0], set()).add(line.indent)
        elif before is not None and (line.kind is Kind.TITLE or line.kind is Kind.DASH):
            if line.kind is Kind.TITLE and _signs(line, before, after):
                line.kind = Kind.CREDIT
            elif _may_sign(line, before, after):
                aside.append(line)
        if line.kind not in (Kind.PAGE, Kind.RULE):
            before = line
    _take_bracketed(bracketed, section_marks)
    if len(aside) > 1 or (aside and _stands_alone(aside[0])):
        for line in aside:
            line.kind = Kind.CREDIT


def _take_bracketed(found: Sequence[tuple[Line, bool]], section_marks: dict[str, set[int]]) -> None:
    for line, sure in found:
        indents = section_marks.get(line.text[0])
        if sure or not indents or line.indent > max(indents) + _FAR:
            line.kind = Kind.CREDIT


def _stands_alone(line: Line) -> bool:
    """Whether one line at the right is a source without another of its like."""
    dashed = line.kind is Kind.DASH and line.indent >= _ASIDE
    return dashed or sources.names_unit(line.text)


def _may_sign(line: Line, before: Line, after: Line | None) -> bool:
    """Whether a line below a full sentence, after a dash or far to the right, may be a source.

    One alone that names no unit is rather a motto; several of the like are sources.
    """
    if len(line.text) > _NAME_LIMIT:
        return False
    if before.kind not in _BODY or before.credited or line.ended or "，" in line.text:
        return False
    if line.kind is Kind.DASH:
        far = line.indent >= before.indent + _FAR
        alone = after is None or after.kind in _HEADS
        return before.ended and (far or (alone and sources.credit_of_line(line.text) is not None))
    aside = line.indent >= max(_ASIDE, before.indent + 1)
    if not aside or (after is not None and (after.indent >= _FAR or after.kind not in _NEXT)):
        return False
    if after is not None and sources.byline(after.text):
        return False
    if after is not None and after.kind is Kind.TEXT and not marks.SIGNATORY.match(line.text):
        return False  # a title in the middle
    return (before.ended or before.kind is Kind.ROW) and not is_kicker(line.text)


def _is_empty(line: Line, after: Line | None) -> bool:
    """Whether a section would have no article: its like, or nothing more, stands below."""
    if after is None or after.kind in (Kind.DISTRIBUTION, Kind.IMPRINT):
        return True
    return after.kind is Kind.SECTION and after.text[0] == line.text[0]


def _is_attached(line: Line, after: Line | None) -> bool:
    """Whether a unit stands right below a text, with a gap below itself."""
    return line.gap == 0 and after is not None and after.gap > 0


def _closes_body(line: Line, before: Line) -> bool:
    """Whether a line in section brackets names a unit below a text that has no source yet."""
    if before.kind is not Kind.TEXT and not (before.kind is Kind.BULLET and before.ended):
        return False
    return bool(sources.credit_of_line(line.text)) and not before.credited


def _signs(line: Line, before: Line, after: Line | None) -> bool:
    """Whether a line without marks is the unit that sent in the text above, set to the right."""
    if not before.ended:
        return False
    if len(line.text) > _NAME_LIMIT or not marks.SIGNATORY.search(line.text):
        return False
    if before.kind not in (Kind.TEXT, Kind.BULLET) or before.credited:
        return False
    if after is None or after.kind in (Kind.SECTION, Kind.DISTRIBUTION, Kind.IMPRINT):
        return True
    if line.gap or after.kind in (Kind.BULLET, Kind.NUMBERED):
        return not line.gap
    if line.indent < _FAR or line.indent <= before.indent:
        return False
    aside = line.indent >= _ASIDE and after.indent < _FAR
    return after.kind is Kind.TITLE and (_is_attached(line, after) or aside)
