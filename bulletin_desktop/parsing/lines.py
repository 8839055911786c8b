"""Lines of a text and what each looks like by itself, before its neighbours are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.masthead import has_number, is_date
from bulletin_desktop.parsing.numerals import DIGITS, NUMERALS, number
from bulletin_desktop.parsing.sentences import sentence_stop

TITLE_LIMIT = 80  # a longer line is a paragraph, even one without a full stop
SECTION_LIMIT = 20
_LABEL_REACH = 14


class Kind(Enum):
    """What a line looks like by itself."""

    TEXT = auto()  # a paragraph: long, or ended as a sentence
    TITLE = auto()  # short, without an end
    SECTION = auto()  # a name in section brackets
    BULLET = auto()  # starts with ● ■ ◆ …
    NUMBERED = auto()  # short, without an end, starts with 一、 1. （一）…
    DASH = auto()  # starts with ——, as a subtitle does
    ROW = auto()  # words in columns, as in a table
    CREDIT = auto()  # a source or author on a line of its own
    CONTENTS = auto()  # 目录, 本期要目
    NUMBER = auto()  # 第3期（总第128期）
    DATE = auto()  # 2012年3月15日
    DISTRIBUTION = auto()  # 本期印发：, 报：, 送：, 发：
    IMPRINT = auto()  # 责任编辑：, 共印500份
    PAGE = auto()  # - 1 -
    RULE = auto()  # ════════


PROSE = frozenset({Kind.TEXT, Kind.ROW})


@dataclass(slots=True)
class Line:
    """A line that is not blank: its trimmed words and their place.

    ``indent`` counts columns (a full-width space is two), ``gap`` the blank lines before;
    ``wrapped`` says that the line before runs on into it.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int
    kind: Kind
    wrapped: bool = False
    _credit: sources.Credit | None = None
    _read: bool = False

    @property
    def credit(self) -> sources.Credit | None:
        """The source or author in brackets that closes it."""
        if not self._read:
            self._credit, self._read = sources.trailing_credit(self.text), True
        return self._credit

    @property
    def credited(self) -> bool:
        """Whether it closes with a source or author in brackets."""
        return self.credit is not None

    @property
    def bare(self) -> str:
        """The words without any white space."""
        return "".join(self.text.split())

    @property
    def ended(self) -> bool:
        """Whether it closes as a sentence does, with a full stop or an exclamation."""
        last = self.text.rstrip(marks.CLOSING_QUOTES)[-1:]
        return last in marks.SENTENCE_ENDS or last in marks.EXCLAIMED


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
    if not first.isalnum() and _is_drawn(words):
        return Kind.RULE
    if first in marks.SECTION_BRACKETS or first in _DECORATIONS:
        return _kind_by_mark(words)
    if not first.isalnum() and first not in _DASH_STARTS and section_name(words):
        return _kind_by_mark(words)
    if first == "-" and words[1:2].isspace():
        return Kind.BULLET
    if words.startswith(marks.DASHES) and len(words) <= TITLE_LIMIT:
        name = section_name(words)
        known = name is not None and marks.SECTION_NAME.match(name)
        return Kind.SECTION if known else Kind.DASH
    return None


def _is_drawn(words: str) -> bool:
    """Whether a line holds one mark again and again: ﹏﹏﹏﹏, ✂ ✂ ✂."""
    drawn = set(words) - set(" \u3000")
    return len(drawn) == 1 and len(words) > _FEW_MARKS and drawn.isdisjoint("。！？!?，、")


_FEW_MARKS = 2
_PAGED = re.compile(rf"[ \xa0\u3000\t]{{2,}}第\s*[{DIGITS}]{{1,4}}\s*[页版]$")
_DASH_STARTS = frozenset("".join(marks.DASHES))
_MARK_STARTS = frozenset("-—－–·~〜～―═─━=_*＊＿…＝﹣﹉﹊┄┈Pp（(★☆●○■□◆◇※")
_LEADING = frozenset("*＊>»|│┃‖")  # marks that stand before names and items as bullets do
_DECORATIONS = marks.BULLETS | _LEADING | frozenset("~#＝=")


def _kind_by_mark(words: str) -> Kind | None:
    name = section_name(words)
    if name:
        return Kind.CONTENTS if name in marks.CONTENTS_HEADINGS else Kind.SECTION
    if "".join(words[1:].split()) in marks.CONTENTS_HEADINGS:
        return Kind.CONTENTS
    if words[0] in marks.BULLETS or words[0] in _LEADING:
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
    return _framed_name(inner)


def _framed_name(inner: str) -> str | None:
    """The name between two like marks: ★工作动态★, ~~ 信息窗 ~~, >> 简讯 <<."""
    frame = marks.FRAMED.match(inner)
    if frame is None or set(frame.group(1).translate(marks.MIRRORED)) != set(frame.group(3)):
        return None
    return despaced(frame.group(2)) if _names_a_section(frame.group(2)) else None


def _names_a_section(inner: str) -> bool:
    name = inner.strip()
    if not 0 < len(name) <= SECTION_LIMIT or name.isdigit() or _SENTENCE_MARKS.search(name):
        return False
    return not (marks.COPIES.search(name) or marks.CAUTION.search(name))


def despaced(words: str) -> str:
    """The words without letter-spacing: 工 会 简 报 becomes 工会简报, 两个 词 stays."""
    parts = words.split()
    return "".join(parts) if all(len(p) == 1 for p in parts) else words.strip()


def _kind_by_label(words: str) -> Kind | None:
    if words[-1] in "页版" and _PAGED.search(words):
        return Kind.PAGE
    if _labelled(words):
        if marks.DISTRIBUTION.match(words):
            return Kind.DISTRIBUTION
        if marks.IMPRINT.match(words) or marks.CONTACT.match(words):
            return Kind.IMPRINT
    if len(words) > TITLE_LIMIT:
        return Kind.TEXT
    if words[-1] in "份发）)］】]" and marks.COPIES.search(words):
        return Kind.IMPRINT
    credit = sources.credit_of_line(words)
    if has_number(words) and (credit is None or words[0] in marks.OPENING):
        return Kind.NUMBER
    return Kind.CREDIT if credit else None


def _labelled(words: str) -> bool:
    head = words[:_LABEL_REACH]
    return "：" in head or ":" in head or "份" in head


def _kind_by_end(words: str) -> Kind:
    if "。" in words or "；" in words or words[-1] in "，、":
        return Kind.TEXT
    if _STEP.match(words) and (words[0] not in _FIGURES or columns(words) <= _FEW_COLUMNS):
        return Kind.TEXT
    if "\t" in words or (_COLUMNS.search(words) and _is_row(words)):
        return Kind.ROW
    if _NAMES_ROW.match(words) and not all(len(p) == 1 for p in words.split()):
        return Kind.ROW
    if is_date(words):
        return Kind.DATE
    if "".join(words.split()) in marks.CONTENTS_HEADINGS:
        return Kind.CONTENTS
    if words.rstrip(marks.CLOSING_QUOTES)[-1:] in marks.SENTENCE_ENDS:
        return Kind.TEXT
    return Kind.NUMBERED if marks.NUMBERED.match(words) else Kind.TITLE


def _is_row(words: str) -> bool:
    """Several words in columns, or two of which the last is a figure: 眼科　　98.5分."""
    count = columns(words)
    return count > _FEW_COLUMNS or (count > 1 and bool(_FIGURE.search(words)))


def columns(words: str) -> int:
    """How many words stand in columns, a wide gap apart; 1 where the gaps only space letters."""
    parts = _COLUMNS.split(sources.SPACED_NAME.sub(r"\1\2", words))
    if all(len(p) == 1 for p in parts) or sources.is_names(words):
        return 1
    return len(parts)


_COLUMNS = re.compile(r"[ \t\xa0]*\t[ \t\xa0]*|[ \xa0\u3000]{2,}")
_FEW_COLUMNS = 2
_FIGURES = frozenset("0123456789０１２３４５６７８９")
_FIGURE = re.compile(
    rf"[\s\u3000][{DIGITS}][{DIGITS}.,．，]*\s*(?:[%％‰]|[^页版期号年月日\s\d][^\s\d]?)$"
)
_NAMES_ROW = re.compile(r"(?:[\u4e00-\u9fff]{1,4}[ \u3000]+){4,}[\u4e00-\u9fff]{1,4}$")
# Lines that are of a text however short they are: 第一步　…, 问：…？, 5月19日　晴
_STEP = re.compile(
    rf"第[{NUMERALS}]{{1,3}}[步名条组招问][\s　]|(?:问|答|记者|主持人|[QA])[:：]\s*\S"
    rf"|(?:[{DIGITS}]{{1,2}}月)?[{DIGITS}]{{1,2}}日(?:[（(][周星][^）)]{{1,3}}[)）]|[\s　]+\S)"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SENTENCE_MARKS = re.compile("[，。；！？]")


def strip_number(words: str) -> int:
    """How many characters the numbering at the start takes (0 without one)."""
    match = marks.NUMBERED.match(words)
    return match.end() if match else 0


def ordinal(words: str) -> tuple[str, int] | None:
    """The style and the value of the numbering at the start: （二） gives ("（）", 2)."""
    if words[0] in _CIRCLED:
        return "①", _CIRCLED.index(words[0]) + 1
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
