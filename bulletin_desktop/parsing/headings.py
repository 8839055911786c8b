"""Which lines of an issue look like headings of sections, by a form that comes again in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.lines import PROSE, Kind, Line, despaced, ordinal
from bulletin_desktop.parsing.sentences import first_sentence

_SECTION_LENGTH = 14
_COLON_LENGTH = 9
_SEVERAL = 2
_SHORT_NAME = 6
_ENOUGH = 3  # points that show a form
_TITLE_REACH = 5
_TITLE_LENGTH = 8
_ITEM_TITLE = 32  # characters of the first sentence of an item
_ITEMS_REACH = 60
_SPOKEN = re.compile(r"[^，。\s]{1,6}[:：]")
_WIDEST = 16
_ALIKE = 3  # last characters that names have in common
_ALIKE_NAME = re.compile(r"^[\u4e00-\u9fff]{4,12}$")
_PLAIN_NAME = re.compile(r"^[\u4e00-\u9fff]{2,8}$")
_BELOW_TITLE = frozenset({Kind.TEXT, Kind.ROW, Kind.DASH, Kind.CREDIT, Kind.NUMBERED})
_ENDS = frozenset({Kind.SECTION, Kind.NUMBERED, Kind.IMPRINT, Kind.DISTRIBUTION, Kind.RULE})
_CLOSED = "。！？!?”）)》】』」…〕］]"
_BESIDE = frozenset({Kind.PAGE, Kind.RULE})


def following(lines: Sequence[Line], at: int) -> Line | None:
    """The next line that is no page number and no rule."""
    for line in lines[at + 1 : at + _TITLE_REACH]:
        if line.kind not in _BESIDE:
            return line
    return None


def bulleted_name(line: Line) -> str | None:
    """The words behind a bullet, where they are as short as a section's name."""
    name = line.text.strip(marks.LEADS)
    if not 2 <= len(name) <= _SECTION_LENGTH or line.ended or "，" in name:
        return None
    return None if sources.trailing_credit(name, lenient=True) else despaced(name)


def section_bullets(lines: Sequence[Line]) -> Iterator[str]:
    """Bullets that stand more than once before a short name above a title or other items."""
    heads: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if line.kind is Kind.BULLET and bulleted_name(line) is not None:
            after = following(lines, at)
            if after is not None and after.kind not in PROSE and after.text[0] != line.text[0]:
                heads[line.text[0]] += 1
    yield from (bullet for bullet, count in heads.items() if count > 1)


def colon_sections(lines: Sequence[Line]) -> Iterator[int]:
    """Short names before a colon, 乡镇来信：, that stand above titles or items."""
    found: list[Line] = []
    for at, line in enumerate(lines):
        if line.text[-1] in "：:" and 3 <= len(line.text) <= _COLON_LENGTH:
            after = following(lines, at)
            heads = after is not None and after.kind in (Kind.TITLE, Kind.BULLET)
            known = marks.SECTION_NAME.match(line.text[:-1].strip())
            over = at > 0 and _is_over(lines[at - 1])
            if heads or (after is not None and (known or over)):
                found.append(line)
    if len(found) > 1:
        yield from (line.start for line in found)


def plain_sections(lines: Sequence[Line], units: frozenset[int]) -> dict[int, float]:
    """Names of a few characters that stand alone in a form which comes again: start, certainty.

    The form is that a blank line parts them from what is below, or none. Each name counts the more
    the surer an article is over above it, and the more usual it is. Names that end alike above
    titles, 城东代表团 and 城西代表团, are of one form too.
    """
    found: dict[bool, list[int]] = {False: [], True: []}
    points = {False: 0, True: 0}
    alike: dict[str, list[int]] = {}
    alone: dict[int, float] = {}
    for at, line in _short_titles(lines, units):
        if _ALIKE_NAME.match(line.text) and _heads_title(lines, at, 0):
            alike.setdefault(line.text[-_ALIKE:], []).append(line.start)
        if not _is_plain_name(line.text):
            continue
        apart = bool(line.gap and lines[at + 1].gap) and not _is_spaced(lines, at)
        over = apart or not at or _is_over(lines[at - 1])
        if over and not apart and _heads_briefs(lines, at):
            alone[line.start] = 0.76
        heads = _heads(lines, at, over)
        if heads is not None:
            points[apart] += 0 if sources.is_names(line.text) else heads
            found[apart].append(line.start)
    sure = alone
    for apart, starts in found.items():
        if len(starts) > 1 and points[apart] >= _ENOUGH:
            certainty = 0.85 if points[apart] > _ENOUGH else 0.7
            sure |= dict.fromkeys(starts, certainty)
    for starts in alike.values():
        if len(starts) > _SEVERAL:
            sure |= dict.fromkeys(starts, 0.85)
    return sure


def _short_titles(lines: Sequence[Line], units: frozenset[int]) -> Iterator[tuple[int, Line]]:
    """The short lines that stand where an article can be over, with their numbers."""
    for at, line in enumerate(lines[:-1]):
        short = line.kind is Kind.TITLE and len(line.text) <= _WIDEST
        if short and line.start not in units and (not at or is_end(lines[at - 1])):
            yield at, line


def _heads(lines: Sequence[Line], at: int, over: bool) -> int | None:
    """How much a name looks like one above articles; None for not at all."""
    known = bool(marks.SECTION_NAME.match(lines[at].bare))
    if _heads_title(lines, at):
        return 1 + over + known
    if (over or known) and (holds_items(lines, at) or _holds_marked(lines, at)):
        return 1 + known
    return int(known) if over and lines[at + 1].kind is Kind.TITLE else None


def _heads_briefs(lines: Sequence[Line], at: int) -> bool:
    """Whether several whole sentences with a like mark stand below a name, up to another."""
    mark, count = lines[at + 1].text[0], 0
    for line in lines[at + 1 : at + _ITEMS_REACH]:
        if line.kind is Kind.BULLET and line.text[0] == mark:
            count += line.ended or line.credited
        elif line.kind is not Kind.CREDIT:
            return count > 1 and line.kind in _ENDS
    return count > 1


def _holds_marked(lines: Sequence[Line], at: int) -> bool:
    """Whether several whole sentences or titles with a like mark stand below."""
    marked = [x for x in lines[at + 1 : at + 3] if x.kind in (Kind.BULLET, Kind.NUMBERED)]
    if not marked or marked[0] is not lines[at + 1]:
        return False
    return marked[0].kind is Kind.NUMBERED or len(marked) > 1 or marked[0].credited


def _is_plain_name(words: str) -> bool:
    name = despaced(words)
    if not _PLAIN_NAME.match(name):
        return False
    if marks.SECTION_NAME.match(name):
        return True
    return len(name) <= _SHORT_NAME and not marks.UNIT.search(name)


def _is_spaced(lines: Sequence[Line], at: int) -> bool:
    """Whether the paragraph before or after the next title stands apart from its neighbours too."""
    return all(x.gap for x in lines[at + 1 : at + 4])


def _heads_title(lines: Sequence[Line], at: int, least: int | None = None) -> bool:
    """Whether a title stands below, with its text; one that is longer, if not told otherwise."""
    line, below = lines[at], lines[at + 1 : at + 5]
    title, least = below[0], max(_TITLE_LENGTH, len(line.text) + 2) if least is None else least
    if title.kind is not Kind.TITLE or len(title.text) < least:
        return False
    if sources.byline(title.text):
        return False
    after = next((x for x in below[1:] if x.kind is not Kind.TITLE), None)
    return after is not None and after.kind in _BELOW_TITLE


def _is_over(line: Line) -> bool:
    """Whether an article has ended with the line for sure."""
    return line.kind in (Kind.CREDIT, Kind.DATE, Kind.SECTION) or line.credited


def holds_items(lines: Sequence[Line], at: int) -> bool:
    """Whether nothing but paragraphs that lead with a short sentence stand below, several."""
    count = 0
    for line in lines[at + 1 : at + _ITEMS_REACH]:
        if line.kind is Kind.CREDIT or line.wrapped:
            continue
        if line.kind is not Kind.TEXT:
            break
        if _SPOKEN.match(line.text):
            return False
        stop = first_sentence(line.text)
        if stop > _ITEM_TITLE or (stop == len(line.text) and not line.ended):
            return False
        count += 1
    return count > 1


def is_end(line: Line) -> bool:
    """Whether an article can be over after the line: a source, a table or a full sentence."""
    return line.kind in (Kind.CREDIT, Kind.ROW, Kind.DATE) or line.text[-1] in _CLOSED


def unit_heads(lines: Sequence[Line]) -> tuple[frozenset[int], bool]:
    """The lines that name a unit above a title, and whether they are sections.

    Units that stand once above each title are its sources; a unit above several is a section.
    """
    found: list[Line] = []
    others = 0
    for at, line in enumerate(lines[:-2]):
        below, text = lines[at + 1], lines[at + 2]
        if line.kind is not Kind.TITLE or (below.kind is Kind.TITLE and text.kind is Kind.TITLE):
            continue
        if below.kind is Kind.TITLE and marks.SIGNATORY.match(line.text):
            found.append(line)
        elif below.kind in PROSE and line.gap and (not found or lines[at - 1] is not found[-1]):
            others += 1
    alone = all(x.gap for x in found)
    if len(found) < _SEVERAL or (not alone and others):
        return frozenset(), False
    return frozenset(x.start for x in found), others > 0


def numbered_sections(lines: Sequence[Line]) -> list[int]:
    """The lines 一、…, 二、… above titles, where the first stands before any title or text."""
    found: list[int] = []
    indent, value, bracketed = 0, 0, False
    for at, line in enumerate(lines):
        if not found and (line.kind is Kind.TITLE or line.kind in PROSE):
            break
        if line.kind is not Kind.NUMBERED or not marks.HIGH_NUMBERED.match(line.text):
            continue
        count = ordinal(line.text)
        if count is None or count[1] != value + 1:
            continue
        look = line.indent, line.text[0] in marks.SECTION_BRACKETS
        if found and look != (indent, bracketed):
            continue
        if _heads_articles(line, following(lines, at)):
            found.append(line.start)
            (indent, bracketed), value = look, count[1]
    return found if len(found) > 1 else []


def _heads_articles(line: Line, after: Line | None) -> bool:
    if after is None or len(line.text) > _SECTION_LENGTH + 2 or line.ended:
        return False
    if after.kind in (Kind.TITLE, Kind.BULLET):
        return True
    if after.kind is Kind.TEXT:
        return bool(marks.BRIEF_SECTION.search(line.text)) or ordinal(after.text) is not None
    return after.kind is Kind.NUMBERED and not marks.HIGH_NUMBERED.match(after.text)
