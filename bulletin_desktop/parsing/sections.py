"""Which lines open a section: by their marks, or by what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.lines import Kind, Line, despaced, section_name

_SHORT_NAME = 12
_BULLETED_NAME = 14
_SURE_NAME = 8
_USUAL_NAME = 4
_NOTES = frozenset({"编者按", "按语", "编后", "导语", "编者的话", "摘要", "提要"})


@dataclass(frozen=True, slots=True)
class SectionStyle:
    """What an issue tells of its sections: the bare words of its contents, and the usual mark.

    ``listed`` are the entries of the contents that name sections.
    """

    entries: frozenset[str]
    listed: frozenset[str]
    bracketed: bool


def section_at(lines: Sequence[Line], at: int, style: SectionStyle, settled: bool) -> str | None:
    """The name of the section that the line opens, without its marks, or None.

    ``settled`` says that no article is open, or that the open one has its source.
    """
    line = lines[at]
    following = next((x for x in lines[at + 1 : at + 4] if x.kind is not Kind.PAGE), None)
    if line.kind is Kind.SECTION:
        name = section_name(line.text)
        return None if name in _NOTES else name
    if following is None:
        return None
    if line.kind is Kind.BULLET:
        return _bulleted(line, following)
    if line.kind is Kind.NUMBERED:
        return _numbered(line, following, style.entries, settled)
    if line.kind is Kind.TITLE and line.bare in style.listed and _heads(line, following):
        return line.bare
    if line.kind is Kind.TITLE and len(line.text) <= 2 * _SURE_NAME:
        if settled and not style.bracketed and _is_bare_name(line, following):
            return line.bare
        return _plain(line, following) if settled or lines[at - 1].ended else None
    return None


def _bulleted(line: Line, following: Line) -> str | None:
    """◆工作动态 before a title or before items with another bullet."""
    name = line.text.strip("".join(marks.BULLETS) + " \t\u3000")
    if not 2 <= len(name) <= _BULLETED_NAME or line.ended or sources.trailing_credit(name, True):
        return None
    known = bool(marks.SECTION_NAME.match(name))
    if following.kind is Kind.BULLET:
        other = following.text[0] != line.text[0]
        return despaced(name) if other or (known and following.ended) else None
    if following.kind is Kind.TITLE:
        return despaced(name) if known or len(name) <= _SURE_NAME else None
    brief = following.kind in (Kind.TEXT, Kind.NUMBERED) and marks.BRIEF_SECTION.search(name)
    return despaced(name) if brief else None


def _numbered(line: Line, following: Line, entries: frozenset[str], settled: bool) -> str | None:
    """一、校园要闻 before a title that has no number itself, where no article is under way."""
    match = marks.HIGH_NUMBERED.match(line.text)
    name = line.text[match.end() :].strip() if match else ""
    if not 2 <= len(name) <= _SHORT_NAME or sources.trailing_credit(name, True):
        return None
    listed = "".join(name.split()) in entries
    brief = bool(marks.BRIEF_SECTION.search(name))
    if not (settled or listed or brief):
        return None
    before_item = following.kind is Kind.TITLE or following.kind is Kind.BULLET
    known = listed or bool(marks.SECTION_NAME.match(name))
    if before_item or (brief and following.kind is Kind.TEXT):
        return despaced(name)
    return despaced(name) if known and following.kind is Kind.NUMBERED else None


def _heads(line: Line, following: Line) -> bool:
    """Whether a name that the contents list stands above a title, or above its briefs."""
    if following.kind is Kind.TITLE:
        return not sources.is_names(following.text)
    if following.kind is Kind.TEXT:
        return bool(marks.BRIEF_SECTION.search(line.bare))
    return following.kind in (Kind.BULLET, Kind.NUMBERED)


def _plain(line: Line, following: Line) -> str | None:
    """工作动态, 简讯 on a line of their own, without any mark."""
    name = line.bare
    if len(name) > _SURE_NAME or not marks.PLAIN_SECTION.match(name):
        return None
    opens = following.kind in (Kind.TITLE, Kind.BULLET)
    brief = bool(marks.BRIEF_SECTION.search(name)) and following.kind in (Kind.TEXT, Kind.NUMBERED)
    return name if opens or brief else None


def _is_bare_name(line: Line, following: Line) -> bool:
    """Four characters, or a few that end as names of sections do, above a title."""
    words = line.text
    if following.kind is not Kind.TITLE or line.ended or words.split() != [words]:
        return False
    if any(sources.is_names(x) for x in (words, following.text)):
        return False
    if not all("\u4e00" <= c <= "\u9fff" for c in words):
        return False
    named = len(words) <= _SURE_NAME and bool(marks.SECTION_NAME.match(words))
    return len(words) == _USUAL_NAME or named
