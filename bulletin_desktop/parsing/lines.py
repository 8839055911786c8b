"""Lines of a text and what each looks like by itself, before its neighbours are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise, zip_longest

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.masthead import has_number, is_date
from bulletin_desktop.parsing.numerals import DIGITS, NUMERALS, number
from bulletin_desktop.parsing.sentences import sentence_stop

TITLE_LIMIT = 80  # a longer line is a paragraph, even one without a full stop
SECTION_LIMIT = 20
_TAB_WIDTH = 4
_LABEL_REACH = 14
_FULL_LINE = 20  # characters to the line in hard-wrapped text, at the least


class Kind(Enum):
    """What a line looks like by itself."""

    TEXT = auto()  # a paragraph: long, or ended as a sentence
    TITLE = auto()  # short, without an end
    SECTION = auto()  # a name in section brackets
    BULLET = auto()  # starts with ● ■ ◆ …
    NUMBERED = auto()  # short, without an end, starts with 一、 1. （一）…
    DASH = auto()  # starts with ——, as a subtitle does
    CREDIT = auto()  # a source or author on a line of its own
    CONTENTS = auto()  # 目录, 本期要目
    NUMBER = auto()  # 第3期（总第128期）
    DATE = auto()  # 2012年3月15日
    DISTRIBUTION = auto()  # 本期印发：, 报：, 送：, 发：
    IMPRINT = auto()  # 责任编辑：, 共印500份
    PAGE = auto()  # - 1 -
    RULE = auto()  # ════════


@dataclass(slots=True)
class Line:
    """A line that is not blank: its trimmed words and their place.

    ``indent`` counts columns (a full-width space is two), ``gap`` the blank lines before.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int
    kind: Kind

    @property
    def bare(self) -> str:
        """The words without any white space."""
        return "".join(self.text.split())

    @property
    def ended(self) -> bool:
        """Whether it closes as a sentence does, with a full stop or an exclamation."""
        last = self.text.rstrip(marks.CLOSING_QUOTES)[-1:]
        return last in marks.SENTENCE_ENDS or last in marks.EXCLAIMED


def read_lines(text: str) -> list[Line]:
    """The lines of the text that hold more than white space, each with its kind."""
    lines = list(_lines(text))
    _mark_wrapped(lines)
    _mark_sources(lines)
    return lines


def _mark_sources(lines: Sequence[Line]) -> None:
    """Make credits of the bracketed units that close a body, like 〔县总工会创新办〕.

    Brackets that mark a section anywhere in the text mark sections throughout, but for one that
    would be empty.
    """
    found: list[tuple[Line, bool]] = []
    section_marks: set[str] = set()
    before: Line | None = None
    for line, after in zip_longest(lines, lines[1:]):
        if line.kind is Kind.SECTION and before is not None and _closes_body(line, before):
            found.append((line, _is_empty(line, after)))
        elif line.kind is Kind.SECTION:
            section_marks.add(line.text[0])
        if line.kind not in (Kind.PAGE, Kind.RULE):
            before = line
    for line, empty in found:
        if empty or line.text[0] not in section_marks:
            line.kind = Kind.CREDIT


def _is_empty(line: Line, after: Line | None) -> bool:
    """Whether a section would have no article: its like, or nothing more, stands below."""
    if after is None or after.kind in (Kind.DISTRIBUTION, Kind.IMPRINT):
        return True
    return after.kind is Kind.SECTION and after.text[0] == line.text[0]


def _closes_body(line: Line, before: Line) -> bool:
    """Whether a line in section brackets names a unit below a text that has no source yet."""
    if before.kind is not Kind.TEXT and not (before.kind is Kind.BULLET and before.ended):
        return False
    return bool(sources.credit_of_line(line.text)) and not sources.trailing_credit(before.text)


def _mark_wrapped(lines: Sequence[Line]) -> None:
    """Make text of the lines of hard-wrapped paragraphs, which end without an end.

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


def _lines(text: str) -> Iterator[Line]:
    position, gap = 0, 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            lead = len(raw) - len(raw.lstrip())
            start = position + lead
            indent = _columns(raw[:lead]) if lead else 0
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


def _columns(blank: str) -> int:
    return sum(2 if c == "\u3000" else _TAB_WIDTH if c == "\t" else 1 for c in blank)


def kind_of(words: str) -> Kind:
    """What a trimmed line looks like by itself."""
    return _kind_by_first(words) or _kind_by_label(words) or _kind_by_end(words)


def _kind_by_first(words: str) -> Kind | None:
    first = words[0]
    if len(words) <= TITLE_LIMIT and (first in _MARK_STARTS or first.isdigit() or first == "第"):
        if marks.PAGE.match(words):
            return Kind.PAGE
        if marks.RULE.match(words):
            return Kind.RULE
    if first in marks.SECTION_BRACKETS or first in _DECORATIONS:
        return _kind_by_mark(words)
    if words.startswith(marks.DASHES) and len(words) <= TITLE_LIMIT:
        name = section_name(words)
        known = name is not None and marks.SECTION_NAME.match(name)
        return Kind.SECTION if known else Kind.DASH
    return None


_MARK_STARTS = frozenset("-—－–·~〜～―═─━=_*＊＿…＝﹣﹉﹊┄┈Pp")
_DECORATIONS = marks.BULLETS | frozenset("*~#＊＝=")


def _kind_by_mark(words: str) -> Kind | None:
    name = section_name(words)
    if name:
        return Kind.CONTENTS if name in marks.CONTENTS_HEADINGS else Kind.SECTION
    if words[0] in marks.BULLETS:
        credit = sources.credit_of_line(words) if words[0] == "□" else None
        return Kind.CREDIT if credit else Kind.BULLET
    return None


def section_name(words: str) -> str | None:
    """The name inside section brackets or between two like marks, without its marks."""
    inner = words.rstrip("：:").strip()
    while len(inner) > 1 and inner[0] in marks.BULLETS and inner[1] in marks.SECTION_BRACKETS:
        inner = inner[1:]
    if not 3 <= len(inner) <= SECTION_LIMIT + 6:
        return None
    closing = marks.SECTION_BRACKETS.get(inner[0])
    if closing and inner[-1] == closing and closing not in inner[1:-1]:
        return despaced(inner[1:-1]) if _names_a_section(inner[1:-1]) else None
    decorated = marks.DECORATED.match(inner)
    return despaced(decorated.group(2)) if decorated else None


def _names_a_section(inner: str) -> bool:
    name = inner.strip()
    if not 0 < len(name) <= SECTION_LIMIT or name.isdigit() or name.endswith(("。", "；")):
        return False
    return not (marks.COPIES.search(name) or marks.CAUTION.search(name))


def despaced(words: str) -> str:
    """The words without letter-spacing: 工 会 简 报 becomes 工会简报, 两个 词 stays."""
    parts = words.split()
    return "".join(parts) if all(len(p) == 1 for p in parts) else words.strip()


def _kind_by_label(words: str) -> Kind | None:
    if _labelled(words):
        if marks.DISTRIBUTION.match(words):
            return Kind.DISTRIBUTION
        if marks.IMPRINT.match(words):
            return Kind.IMPRINT
    if len(words) > TITLE_LIMIT:
        return Kind.TEXT
    if words[-1] in "份发）)］】]" and marks.COPIES.search(words):
        return Kind.IMPRINT
    if has_number(words):
        return Kind.NUMBER
    return Kind.CREDIT if sources.credit_of_line(words) else None


def _labelled(words: str) -> bool:
    head = words[:_LABEL_REACH]
    return "：" in head or ":" in head or "份" in head


def _kind_by_end(words: str) -> Kind:
    if "\t" in words or "。" in words or "；" in words:
        return Kind.TEXT
    if is_date(words):
        return Kind.DATE
    if "".join(words.split()) in marks.CONTENTS_HEADINGS:
        return Kind.CONTENTS
    if words.rstrip(marks.CLOSING_QUOTES)[-1:] in marks.SENTENCE_ENDS:
        return Kind.TEXT
    return Kind.NUMBERED if marks.NUMBERED.match(words) else Kind.TITLE


def strip_number(words: str) -> int:
    """How many characters the numbering at the start takes (0 without one)."""
    match = marks.NUMBERED.match(words)
    return match.end() if match else 0


def ordinal(words: str) -> tuple[str, int] | None:
    """The style and the value of the numbering at the start: （二） gives ("（）", 2)."""
    match = marks.NUMBERED.match(words)
    digits = _ORDINAL.search(match.group()) if match else None
    if match is None or digits is None:
        return None
    style = "".join(match.group().replace(digits.group(), "一" if digits.group(1) else "1").split())
    return style, number(digits.group())


_ORDINAL = re.compile(rf"([{NUMERALS}]+)|[{DIGITS}]+")
_LEAD = re.compile(r"[^，。；！？,;!?\s]{4,30}(?=\s*\u3000\s*\S)")
_NEWS = re.compile(r"(?:讯|电|消息|[:：])$")
_UNIT_LIMIT = 8  # a unit this short before a gap is the subject of what follows


def lead(words: str) -> int:
    """The end of a title that a full-width space parts from its sentences; 0 where none stands.

    A date, a name, a unit or 本报讯 before a gap is no title.
    """
    match = _LEAD.match(words)
    if match is None or not sentence_stop(words, match.end()):
        return 0
    head = match.group()
    if _NEWS.search(head) or not sources.is_credit(head) or sources.is_names(head):
        return 0
    return 0 if len(head) <= _UNIT_LIMIT and marks.UNIT.search(head) else match.end()
