"""The numbers that Word prints before paragraphs, and what styles say about paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from bulletin_desktop.parsing.readers import outline
from bulletin_desktop.parsing.readers.xml import child, children, is_on, number, tree, value

_LEVELS = 9
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph or its style says; None where it says nothing."""

    list_id: int | None = None
    level: int | None = None
    indented: bool | None = None
    hidden: bool | None = None

    def over(self, base: ParagraphLook) -> ParagraphLook:
        """What it says itself, else what the base says."""
        return ParagraphLook(
            base.list_id if self.list_id is None else self.list_id,
            base.level if self.level is None else self.level,
            base.indented if self.indented is None else self.indented,
            base.hidden if self.hidden is None else self.hidden,
        )


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, part: bytes | None) -> None:
        self._own: dict[str, tuple[ParagraphLook, str | None]] = {}
        self._known: dict[str, ParagraphLook] = {}
        self.default = ""
        for style in children(tree(part), "style") if part else []:
            name = value(style, "styleId") or ""
            self._own[name] = (_look(style), value(child(style, "basedOn")))
            if value(style, "type") == "paragraph" and is_on(value(style, "default") or "0"):
                self.default = name

    def look(self, name: str) -> ParagraphLook:
        """What a style says, together with those that it rests on."""
        if name not in self._known:
            chain: list[str] = []
            at: str | None = name
            while at in self._own and at not in chain:
                chain.append(at)
                at = self._own[at][1]
            found = ParagraphLook()
            for each in reversed(chain):
                found = self._own[each][0].over(found)
            self._known[name] = found
        return self._known[name]


def _look(style: etree._Element) -> ParagraphLook:
    listed = child(style, "pPr", "numPr")
    indent = child(style, "pPr", "ind")
    hidden = child(style, "rPr", "vanish")
    return ParagraphLook(
        list_id=number(value(child(listed, "numId"))),
        level=number(value(child(listed, "ilvl"))),
        indented=is_indented({str(k).rpartition("}")[2]: str(v) for k, v in indent.attrib.items()})
        if indent is not None
        else None,
        hidden=None if hidden is None else is_on(value(hidden)),
    )


def is_indented(attributes: dict[str, str]) -> bool | None:
    """Whether an indent (``w:ind``) sets the first line in; None where it says nothing of it."""
    if "hanging" in attributes or "hangingChars" in attributes:
        return False
    given = [number(attributes.get(name)) for name in ("firstLineChars", "firstLine")]
    found = [width for width in given if width is not None]
    return any(width >= 100 for width in found) if found else None


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restarts: bool = True
    paragraph_style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: int
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)  # restarts of this list alone


class Lists:
    """The lists of a document, counting as its paragraphs come."""

    def __init__(self, part: bytes | None) -> None:
        self._lists: dict[int, _List] = {}
        self._counts: dict[int, dict[int, int]] = {}
        self._begun: set[int] = set()
        if part:
            self._read(tree(part))

    def _read(self, root: etree._Element) -> None:
        abstracts: dict[int, dict[int, _Level]] = {}
        named: dict[str, int] = {}  # the list behind a list style
        links: dict[int, str] = {}
        for each in children(root, "abstractNum"):
            key = number(value(each, "abstractNumId")) or 0
            abstracts[key] = _levels(each)
            if name := value(child(each, "styleLink")):
                named[name] = key
            if name := value(child(each, "numStyleLink")):
                links[key] = name
        for each in children(root, "num"):
            abstract = number(value(child(each, "abstractNumId"))) or 0
            abstract = named.get(links.get(abstract, ""), abstract)
            own = _List(abstract, dict(abstracts.get(abstract, {})))
            for override in children(each, "lvlOverride"):
                _override(own, override)
            self._lists[number(value(each, "numId")) or 0] = own

    def label(self, look: ParagraphLook, style: str) -> str:
        """What stands before a paragraph with this look, counted on; nothing for most."""
        own = self._lists.get(look.list_id or 0)
        if own is None:
            return ""
        at = look.level
        if at is None:  # a style's level is where the list names the style
            at = next((i for i, x in own.levels.items() if x.paragraph_style == style), 0)
        if at not in own.levels:
            return ""
        counts = self._count(look.list_id or 0, own, at)
        return _text(own, at, counts)

    def _count(self, list_id: int, own: _List, at: int) -> dict[int, int]:
        counts = self._counts.setdefault(own.abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level in own.starts:
                counts.pop(level, None)
        for level in range(at + 1):
            start = own.starts.get(level, own.levels.get(level, _Level()).start)
            counts[level] = counts.get(level, start - (level == at)) + (level == at)
        for level in range(at + 1, _LEVELS):
            if own.levels.get(level, _Level()).restarts:
                counts.pop(level, None)
        return counts


def _levels(element: etree._Element) -> dict[int, _Level]:
    found = {}
    for each in children(element, "lvl"):
        at = number(value(each, "ilvl"))
        if at is not None and 0 <= at < _LEVELS:
            found[at] = _level(each)
    return found


def _level(element: etree._Element) -> _Level:
    style = value(child(element, "numFmt")) or "decimal"
    text = value(child(element, "lvlText")) or ""
    if style == "bullet" or child(element, "lvlPicBulletId") is not None:
        fonts = child(element, "rPr", "rFonts")
        font = value(fonts, "ascii") or value(fonts, "hAnsi") or ""
        style, text = "bullet", "".join(outline.sign(c, font) for c in text[:1]) or "●"
    start = number(value(child(element, "start")))
    legal = child(element, "isLgl")
    return _Level(
        start=1 if start is None else start,
        style=style,
        text=text,
        suffix=value(child(element, "suff")) or "tab",
        legal=legal is not None and is_on(value(legal)),
        restarts=value(child(element, "lvlRestart")) != "0",
        paragraph_style=value(child(element, "pStyle")),
    )


def _override(own: _List, element: etree._Element) -> None:
    at = number(value(element, "ilvl"))
    if at is None or not 0 <= at < _LEVELS:
        return
    level = child(element, "lvl")
    if level is not None:
        own.levels[at] = _level(level)
    start = number(value(child(element, "startOverride")))
    if start is not None:
        own.starts[at] = start
        own.levels[at] = replace(own.levels.get(at, _Level()), start=start)


def _text(own: _List, at: int, counts: dict[int, int]) -> str:
    level = own.levels[at]
    if level.style == "bullet":
        return level.text

    def number_at(place: re.Match[str]) -> str:
        of = int(place[1]) - 1
        style = "decimal" if level.legal else own.levels.get(of, level).style
        return outline.number_label(counts.get(of, 1), style)

    label = _PLACE.sub(number_at, level.text)
    return label if level.suffix == "nothing" else outline.spaced(label)
