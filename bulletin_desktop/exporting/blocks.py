"""What a compilation says, block by block, before any format: the input of every renderer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LineRole = Literal["kicker", "subtitle", "author", "body", "source", "issue"]
Level = Literal[1, 2]

_LATIN = re.compile(r"[0-9A-Za-z]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANKS = " \t\r\n\u00a0\u3000"  # not str.strip's: that takes control characters away too

# Characters. LibreOffice never parts a paragraph that stays with the next one; if it is long, it
# leaves a gap at the foot of the page.
_SHORT = 120


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that a compilation prints of its own, in the language of its reader.

    ``contents`` heads the contents. ``source`` is a pattern in which ``{source}`` stands for the
    unit, ``issue`` one in which ``{issue}`` stands for the issue label, ``subtitle`` one in which
    ``{subtitle}`` stands for the subtitle. ``note`` stands before a note.
    """

    contents: str
    source: str
    note: str
    issue: str = "——{issue}"
    subtitle: str = "——{subtitle}"


@dataclass(frozen=True, slots=True)
class CompiledArticle:
    """An article as it is printed; lines of a title are parted by a line feed.

    ``source`` is the unit without brackets, ``issue_label`` names the issue and its date without a
    dash before it; an empty string leaves its line out, as None does.
    """

    title: str | None
    kicker: str | None
    subtitle: str | None
    author: str | None
    source: str | None
    issue_label: str
    paragraphs: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class CompiledGroup:
    """Articles under one heading, or under none."""

    heading: str | None
    articles: tuple[CompiledArticle, ...]


@dataclass(frozen=True, slots=True)
class Compilation:
    """All that goes into an exported document; ``line`` stands under the title on the cover.

    ``author`` is who compiles it: a line at the foot of the cover and a document property, which
    is the ``annotator`` where there is no author.
    """

    title: str
    line: str | None
    author: str | None
    groups: tuple[CompiledGroup, ...]
    labels: Labels
    with_notes: bool
    annotator: str = ""

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return sum(len(group.articles) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: the lines of the title, the line under it, and who compiled it."""

    lines: tuple[str, ...]
    line: str | None
    author: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; ``anchor`` is that of the heading it leads to."""

    level: Level
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


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group (level 1) or the title of an article (level 2), line by line.

    ``anchor`` is a number from 1 that no other heading has; ``after_kicker`` tells that a kicker
    stands right above.
    """

    level: Level
    lines: tuple[str, ...]
    anchor: int
    after_kicker: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; ``keep`` says that it belongs on the page of what follows it.

    ``opens`` marks the first paragraph of an article that has no title to set it off.
    """

    role: LineRole
    text: str
    keep: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """The user's note on the article above it: the label before it and its paragraphs."""

    label: str
    paragraphs: tuple[str, ...]


Block = Cover | Contents | ArticleStart | Heading | Line | Note


def lines_of(text: str | None) -> tuple[str, ...]:
    """The lines of a text that say something, trimmed."""
    trimmed = (line.strip(_BLANKS) for line in _LINE_END.split(text or ""))
    return tuple(line for line in trimmed if line)


def joined(lines: tuple[str, ...]) -> str:
    """Lines as one: Chinese ones directly, with a space where two Latin words would meet."""
    whole = ""
    for line in lines:
        meets = whole and _LATIN.match(whole[-1]) and _LATIN.match(line[:1])
        whole += f" {line}" if meets else line
    return whole


def blocks_of(compilation: Compilation) -> Iterator[Block]:
    """The blocks of a compilation in printing order, with its cover and contents first."""
    yield Cover(lines_of(compilation.title), compilation.line or None, compilation.author or None)
    body = tuple(_body(compilation))
    entries = tuple(
        Entry(block.level, joined(block.lines), block.anchor)
        for block in body
        if isinstance(block, Heading)
    )
    if entries:
        yield Contents(compilation.labels.contents, entries)
    yield from body


def _body(compilation: Compilation) -> Iterator[Block]:
    anchor = number = 0
    for group in compilation.groups:
        if heading := lines_of(group.heading):
            anchor += 1
            yield Heading(1, heading, anchor)
        for article in group.articles:
            number += 1
            anchor += 1
            yield ArticleStart(number)
            yield from _head(article, anchor, compilation.labels)
            yield from _text(article, compilation.labels)
            if compilation.with_notes and (note := lines_of(article.note)):
                yield Note(compilation.labels.note, note)


def _head(article: CompiledArticle, anchor: int, labels: Labels) -> Iterator[Block]:
    kicker = joined(lines_of(article.kicker))
    if kicker:
        yield Line("kicker", kicker, keep=True)
    if title := lines_of(article.title):
        yield Heading(2, title, anchor, after_kicker=bool(kicker))
    if subtitle := joined(lines_of(article.subtitle)):
        yield Line("subtitle", labels.subtitle.replace("{subtitle}", subtitle), keep=True)
    if author := joined(lines_of(article.author)):
        yield Line("author", author, keep=True)


def _text(article: CompiledArticle, labels: Labels) -> Iterator[Block]:
    """Body, source and issue; a short last paragraph stays with what is said of it below."""
    trimmed = (text.strip(_BLANKS) for text in article.paragraphs)
    paragraphs = tuple(text for text in trimmed if text)
    source = joined(lines_of(article.source))
    issue = joined(lines_of(article.issue_label))
    for place, text in enumerate(paragraphs, 1):
        short_last = place == len(paragraphs) and len(text) <= _SHORT
        keep = short_last and bool(source or issue)
        yield Line("body", text, keep, opens=place == 1 and not lines_of(article.title))
    if source:
        yield Line("source", labels.source.replace("{source}", source), keep=bool(issue))
    if issue:
        yield Line("issue", labels.issue.replace("{issue}", issue))
