"""Which lines open a section: by their marks, or by what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.headings import bulleted_name, following, is_end
from bulletin_desktop.parsing.lines import Kind, Line, despaced, section_name, strip_number
from bulletin_desktop.parsing.style import Style

_SHORT_NAME = 12
_SURE_NAME = 8
_USUAL_NAME = 4
_MARKED = frozenset({Kind.SECTION, Kind.BULLET, Kind.NUMBERED, Kind.TITLE})
_NOTES = frozenset({"编者按", "按语", "编后", "导语", "编者的话", "摘要", "提要"})


class Opened(NamedTuple):
    """A section that a line opens: its name without marks, the rule and how sure that is."""

    name: str
    rule: str
    certainty: float


def is_brief_name(name: str) -> bool:
    """Whether a section of that name holds briefs, or may hold them."""
    return bool(marks.BRIEF_SECTION.search(name) or marks.MAYBE_BRIEFS.search(name))


def section_at(lines: Sequence[Line], at: int, style: Style, settled: bool) -> Opened | None:
    """The section that the line opens, or None.

    ``settled`` says that no article is open, or that the open one has its source.
    """
    line = lines[at]
    if line.kind not in _MARKED and line.start not in style.numbered:
        return None
    after = following(lines, at)
    if line.kind is Kind.SECTION:
        return _bracketed(line, after, settled)
    if after is None:
        return None
    if line.kind is Kind.BULLET:
        return _bulleted(line, after, style)
    if line.kind is Kind.NUMBERED:
        return _numbered(line, after, style, settled)
    return _known(line, style) or _titled(lines, at, after, style, settled)


def _known(line: Line, style: Style) -> Opened | None:
    """A name that the look of the whole issue, or its contents, shows to be a section's."""
    if line.start in style.numbered:
        return Opened(line.bare[:-1], "rule.section_colon", 0.9)
    if line.start in style.units and style.units_are_sections:
        return Opened(line.bare, "rule.section_unit", 0.8)
    if line.start in style.plain:
        return Opened(line.bare, "rule.section_short", style.plain[line.start])
    return None


def _titled(
    lines: Sequence[Line], at: int, after: Line, style: Style, settled: bool
) -> Opened | None:
    """A name without any mark, by what stands around it."""
    line = lines[at]
    if line.kind is not Kind.TITLE:
        return None
    if line.bare in style.listed and _heads(line, after):
        return Opened(line.bare, "rule.section_in_contents", 0.95)
    if len(line.text) > 2 * _SURE_NAME:
        return None
    apart = bool(line.gap and after.gap)
    if settled and (apart or not style.bracketed) and _is_bare_name(line, after):
        known = bool(marks.SECTION_NAME.match(line.bare))
        return Opened(line.bare, "rule.section_short", 0.85 if known else 0.7)
    return _plain(line, after) if settled or is_end(lines[at - 1]) else None


def looks_like_section(lines: Sequence[Line], at: int) -> bool:
    """Whether a line that opens no section might open one: a usual name alone above a title."""
    line = lines[at]
    if line.kind not in _MARKED:
        return False
    after = following(lines, at)
    if after is None or after.kind not in (Kind.TITLE, Kind.BULLET) or line.ended:
        return False
    if line.kind is Kind.BULLET:
        return bulleted_name(line) is not None and after.text[0] != line.text[0]
    name = line.bare[strip_number(line.bare) :]
    short = line.kind in (Kind.TITLE, Kind.NUMBERED) and len(name) <= _SURE_NAME
    return short and bool(marks.SECTION_NAME.match(name))


def _bracketed(line: Line, after: Line | None, settled: bool) -> Opened | None:
    name = section_name(line.text)
    if name is None or name in _NOTES:
        return None
    if marks.SECTION_NAME.match(name):
        return Opened(name, "rule.section_bracket", 0.98)
    heads = after is not None and after.kind in (Kind.TITLE, Kind.BULLET, Kind.TEXT)
    return Opened(name, "rule.section_bracket", 0.92 if heads and settled else 0.8)


def _bulleted(line: Line, after: Line, style: Style) -> Opened | None:
    """◆工作动态 before a title or before items with another bullet."""
    name = bulleted_name(line)
    if name is None:
        return None
    known = bool(marks.SECTION_NAME.match(name))
    sure = Opened(name, "rule.section_bullet", 0.95 if known else 0.88)
    if after.kind is Kind.BULLET and after.text[0] == line.text[0]:
        item = after.ended or "。" in after.text or sources.trailing_credit(after.text)
        return sure if known and item else None
    if after.kind is Kind.BULLET or line.text[0] in style.section_bullets:
        return sure
    if after.kind is Kind.TITLE:
        short = known or len(name) <= _SURE_NAME
        return sure._replace(certainty=0.9 if known else 0.7) if short else None
    brief = after.kind in (Kind.TEXT, Kind.NUMBERED) and is_brief_name(name)
    return sure if brief else None


def _numbered(line: Line, after: Line, style: Style, settled: bool) -> Opened | None:
    """一、校园要闻 before a title that has no number itself, where no article is under way."""
    match = marks.HIGH_NUMBERED.match(line.text)
    name = despaced(line.text[match.end() :].strip()) if match else ""
    if line.start in style.numbered:
        return Opened(name, "rule.section_numbered", 0.93)
    if not 2 <= len(name) <= _SHORT_NAME or sources.trailing_credit(name, True):
        return None
    listed = "".join(name.split()) in style.entries
    brief = is_brief_name(name)
    if not (settled or listed or brief):
        return None
    before_item = after.kind is Kind.TITLE or after.kind is Kind.BULLET
    known = listed or bool(marks.SECTION_NAME.match(name))
    opens = before_item or (brief and after.kind is Kind.TEXT)
    if opens or (known and after.kind is Kind.NUMBERED):
        return Opened(name, "rule.section_numbered", 0.9 if known or brief else 0.7)
    return None


def _heads(line: Line, after: Line) -> bool:
    """Whether a name that the contents list stands above a title, or above its briefs."""
    if after.kind is Kind.TITLE:
        return not sources.is_names(after.text)
    if after.kind is Kind.TEXT:
        return is_brief_name(line.bare)
    return after.kind in (Kind.BULLET, Kind.NUMBERED)


def _plain(line: Line, after: Line) -> Opened | None:
    """工作动态, 简讯 on a line of their own, without any mark."""
    name = line.bare
    if len(name) > _SURE_NAME or not marks.PLAIN_SECTION.match(name):
        return None
    opens = after.kind in (Kind.TITLE, Kind.BULLET)
    brief = is_brief_name(name) and after.kind in (Kind.TEXT, Kind.NUMBERED)
    return Opened(name, "rule.section_plain", 0.9) if opens or brief else None


def _is_bare_name(line: Line, after: Line) -> bool:
    """Four characters, or a few that end as names of sections do, above a title."""
    words = line.text
    if after.kind is not Kind.TITLE or line.ended or words.split() != [words]:
        return False
    if sources.is_names(words) or sources.byline(after.text):
        return False
    if not all("\u4e00" <= c <= "\u9fff" for c in words):
        return False
    named = len(words) <= _SURE_NAME and bool(marks.SECTION_NAME.match(words))
    return named or (len(words) == _USUAL_NAME and not marks.UNIT.search(words))
