"""What a compilation says, block by block, before any format: the input of every renderer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from bulletin_desktop.exporting.compiled import Masthead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.exporting.compiled import Comment, CompiledArticle

LineRole = Literal["kicker", "subtitle", "author", "intro", "body", "summary", "source", "issue"]
HeadingRole = Literal["group", "subgroup", "title"]
HEADINGS: tuple[HeadingRole, ...] = get_args(HeadingRole)

_LATIN = re.compile(r"[0-9A-Za-z]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST_ADDRESSING = 4
BLANKS = " \t\r\n\u00a0\u3000"  # not str.strip's: that takes control characters away too


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts a document has; a template says so.

    ``cards`` prints highlights alone, one a row. ``line`` is the line under the title, and
    ``index`` the index of themes at the end.
    """

    cover: bool = True
    contents: bool = True
    masthead: bool = False
    distribution: bool = False
    cards: bool = False
    index: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover, or where a template has none the head of the first page: the lines of the title,
    the line under it, and who compiled it.
    """

    lines: tuple[str, ...]
    line: str | None
    author: str | None
    page: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; ``anchor`` is that of the heading it leads to."""

    level: int
    text: str
    anchor: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents with all their entries, in order."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ArticleStart:
    """Here the article ``number`` (from 1) begins; prints nothing."""

    number: int
    article: CompiledArticle


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group or the title of an article, line by line.

    ``level`` (1 to 3) is its place in the outline, without gaps, and ``anchor`` a number from 1
    that no other heading has; ``after_kicker`` tells that a kicker stands right above. ``footnote``
    is a citation to be set as foot- or endnote, ``comment`` the note on the article.
    """

    role: HeadingRole
    level: int
    lines: tuple[str, ...]
    anchor: int
    after_kicker: bool = False
    footnote: str = ""
    comment: Comment | None = None


@dataclass(frozen=True, slots=True)
class LineMark:
    """The part of a highlight that lies in one line: code points of the line's text.

    ``first`` and ``last`` tell whether the highlight begins and ends here.
    """

    number: int
    start: int
    end: int
    colour: str
    themes: tuple[str, ...]
    comment: Comment | None
    first: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True)
class LineHead:
    """A subhead in a line, code points of its text; level 1 is 一、, 2 （一）, 3 1. and 4 （1）."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; ``keep`` says that it belongs on the page of what follows it.

    ``opens`` marks the first paragraph of an article that has no title to set it off; then
    ``footnote`` and ``comment`` are what a title would bear.
    """

    role: LineRole
    text: str
    keep: bool = False
    opens: bool = False
    marks: tuple[LineMark, ...] = ()
    heads: tuple[LineHead, ...] = ()
    footnote: str = ""
    comment: Comment | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """The user's note on the article above it: the label before it and its paragraphs."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A highlight with where it is from, as a row: each cell as it is printed."""

    number: int
    colour: str
    cells: tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Cards:
    """Highlights as a table under the heads of its columns."""

    heads: tuple[str, ...]
    rows: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A theme of the index, ``depth`` below the root (0), with title and anchor of each article."""

    theme: str
    colour: str
    depth: int
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The index of themes."""

    heading: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """The lines that say whom a bulletin goes to, at its very end."""

    lines: tuple[str, ...]


Block = (
    Cover | Masthead | Contents | ArticleStart | Heading | Line | Note | Cards | Index
    | Distribution
)  # fmt: skip


def heading_levels(blocks: Iterable[Block]) -> dict[str, int]:
    """The level (from 1) whose heading style each role has among the headings of a document."""
    found = {block.role for block in blocks if isinstance(block, Heading)}
    return {role: level for level, role in enumerate(filter(found.__contains__, HEADINGS), 1)}


def hanging(line: str) -> int:
    """The characters of 报：, 抄送： and the like, behind which a line of the distribution goes on
    (GB/T 9704-2012, 7.4); 0 for other lines.
    """
    place = line.find("：") + 1
    return place if place <= _LONGEST_ADDRESSING else 0


def lines_of(text: str | None) -> tuple[str, ...]:
    """The lines of a text that say something, trimmed."""
    trimmed = (line.strip(BLANKS) for line in _LINE_END.split(text or ""))
    return tuple(line for line in trimmed if line)


def joined(lines: tuple[str, ...]) -> str:
    """Lines as one: Chinese ones directly, with a space where two Latin words would meet."""
    whole = ""
    for line in lines:
        meets = whole and _LATIN.match(whole[-1]) and _LATIN.match(line[:1])
        whole += f" {line}" if meets else line
    return whole
