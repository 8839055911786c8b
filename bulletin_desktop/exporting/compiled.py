"""What goes into an exported document, as the services hand it over: articles, marks, choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bulletin_desktop.model.records import Extent

NotesAs = Literal["none", "printed", "comments"]
CitationsAs = Literal["line", "footnotes", "endnotes", "none"]


@dataclass(frozen=True, slots=True)
class TableWords:
    """What the sheets and columns of a table are called.

    ``cut`` stands at the end of a text too long for a cell, ``{n}`` for the characters of all.
    """

    articles: str = "文章"
    highlights: str = "摘录"
    matrix: str = "主题矩阵"
    id: str = "编号"
    title: str = "标题"
    issue: str = "刊物"
    number: str = "期号"
    section: str = "栏目"
    date: str = "日期"
    source: str = "来源"
    author: str = "作者"
    themes: str = "主题"
    characters: str = "字数"
    body: str = "正文"
    note: str = "笔记"
    citation: str = "出处"
    passage: str = "摘录"
    comment: str = "批注"
    total: str = "合计"
    cut: str = "……（未完，全文 {n} 字）"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that a compilation prints of its own, in the language of its reader.

    ``contents`` heads the contents. ``source`` is a pattern in which ``{source}`` stands for the
    unit, ``issue`` one in which ``{issue}`` stands for the issue label, ``subtitle`` one in which
    ``{subtitle}`` stands for the subtitle. ``note`` stands before a note, ``index`` heads the index
    of themes, ``untagged`` stands for no theme. ``cards`` head the columns of highlight cards:
    passage, themes, article, source, date, note.
    """

    contents: str
    source: str
    note: str
    issue: str = "——{issue}"
    subtitle: str = "——{subtitle}"
    index: str = "主题索引"
    untagged: str = "未标主题"
    cards: tuple[str, str, str, str, str, str] = ("摘录", "主题", "文章", "来源", "日期", "批注")
    language: str = "zh"
    table: TableWords = TableWords()


@dataclass(frozen=True, slots=True)
class Comment:
    """The user's own words beside a text: who wrote them, and when (ISO 8601, UTC; "" unknown)."""

    text: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight: code points of the article's ``text``, its themes, of which the first gives the
    colour (RRGGBB), and the note on it. ``number`` is the highlight's id.
    """

    number: int
    start: int
    end: int
    colour: str
    themes: tuple[str, ...] = ()
    comment: Comment | None = None


@dataclass(frozen=True, slots=True)
class Subhead:
    """A heading inside a body, code points of the article's ``text``: level 1 is 一、, 2 （一）,
    3 1. and 4 （1）.
    """

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class CompiledArticle:
    """An article as it is printed; lines of a title are parted by a line feed.

    ``source`` is the unit without brackets, ``issue_label`` names the issue and its date without a
    dash before it; an empty string leaves its line out, as None does. ``paragraphs`` are what is
    printed to the ``extent`` that was chosen: the body, pieces of it, or one line. ``citation`` is
    where it is from, in a sentence without a stop; ``date_inferred`` tells that the date is printed
    nowhere. ``note`` is None where there is none to print. ``unprinted`` are the highlights, with
    their words, whose passages the ``extent`` leaves out.
    """

    title: str | None
    kicker: str | None
    subtitle: str | None
    author: str | None
    source: str | None
    issue_label: str
    paragraphs: tuple[str, ...]
    note: Comment | None = None
    number: int = 0
    themes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    subheads: tuple[Subhead, ...] = ()
    citation: str = ""
    extent: Extent = "full"
    kind: str = "article"
    section: str | None = None
    date: str | None = None
    date_label: str = ""
    date_inferred: bool = False
    issue_title: str | None = None
    issue_number: str | None = None
    unprinted: tuple[tuple[Mark, str], ...] = ()

    @property
    def quotes(self) -> tuple[tuple[Mark, str], ...]:
        """All highlights with their words, also those whose passage is not printed."""
        text = self.text
        return (*((mark, text[mark.start : mark.end]) for mark in self.marks), *self.unprinted)

    @property
    def text(self) -> str:
        """The printed paragraphs joined by line feeds: marks and subheads count in it."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class CompiledGroup:
    """Articles under one heading, or under none; ``level`` 2 is a heading below the last one."""

    heading: str | None
    articles: tuple[CompiledArticle, ...]
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class CompiledTheme:
    """A theme that articles or highlights of a compilation have; those above it are named first."""

    name: str
    colour: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a bulletin of one's own: its name, number line, unit and date, as printed."""

    name: str
    number: str = ""
    unit: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """What is printed besides the articles, and how.

    ``highlights`` shades marked passages; ``comments`` puts their notes beside them where ``notes``
    says so. ``measured`` lets a word processor lay the pages out once, where one is installed, so
    that the numbers in the contents are right. ``index`` prints the index of themes where the
    template has none.
    """

    notes: NotesAs = "none"
    citations: CitationsAs = "line"
    highlights: bool = False
    measured: bool = True
    index: bool = False


@dataclass(frozen=True, slots=True)
class Compilation:
    """All that goes into an exported document; ``line`` stands under the title on the cover.

    ``author`` is who compiles it: a line at the foot of the cover and a document property, which
    is the ``annotator`` where there is no author. ``themes`` are those of the articles and marks,
    parents before children. ``masthead`` and ``distribution`` are printed by templates that have a
    place for them.
    """

    title: str
    line: str | None
    author: str | None
    groups: tuple[CompiledGroup, ...]
    labels: Labels
    printing: Printing = field(default_factory=Printing)
    annotator: str = ""
    intro: tuple[str, ...] = ()
    themes: tuple[CompiledTheme, ...] = ()
    masthead: Masthead | None = None
    distribution: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return sum(len(group.articles) for group in self.groups)
