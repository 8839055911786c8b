"""A compilation as one web page that needs nothing else: no script, no picture, no request.

Each highlight leads to the one before and the one behind it, and the index of themes to every
article and passage. On a wide screen notes stand in the margin, beside what they are on.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import (
    ArticleStart,
    Cards,
    Contents,
    Cover,
    Distribution,
    Heading,
    Index,
    IndexEntry,
    Line,
    Note,
    joined,
    lines_of,
)
from bulletin_desktop.exporting.compiled import Masthead
from bulletin_desktop.exporting.footnotes import Footnotes
from bulletin_desktop.exporting.segments import segments
from bulletin_desktop.exporting.text_file import clean, write_pieces
from bulletin_desktop.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bulletin_desktop.exporting.blocks import Block, LineMark
    from bulletin_desktop.exporting.compiled import Comment, Compilation
    from bulletin_desktop.exporting.footnotes import Footnote
    from bulletin_desktop.exporting.segments import Segment
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress

_HEAD = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="author" content="{author}">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main lang="zh-CN">
"""  # noqa: E501
_TAIL = "</main>\n</body>\n</html>\n"
_LANGUAGES = {"zh": "zh-CN"}
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_QUOTED = 40  # characters of a passage in the index


def write_html(compilation: Compilation, path: Path, template: Template) -> Iterator[Progress]:
    """Write a compilation as one HTML file; all else as ``formats.Write``."""
    return write_pieces(_pieces(compilation, template), path, compilation.articles)


def _pieces(compilation: Compilation, template: Template) -> Iterator[str | int]:
    language = compilation.labels.language
    yield _HEAD.format(
        language=html.escape(_LANGUAGES.get(language, language)),
        author=_escaped(compilation.author or compilation.annotator),
        title=_escaped(joined(lines_of(compilation.title))),
        style=resource("export/page.css").read_text(encoding="utf-8"),
    )
    blocks = tuple(blocks_of(compilation, replace(template.parts, index=True)))
    page = _Page(compilation, blocks)
    for block in blocks:
        if isinstance(block, ArticleStart):
            yield block.number
        yield from page.add(block)
    yield from page.end()
    yield _TAIL


def _escaped(text: str) -> str:
    return html.escape(clean(text))


def _broken(lines: Iterable[str]) -> str:
    """Lines with breaks between them."""
    return "<br>".join(map(_escaped, lines))


def _tinted(colour: str) -> str:
    """The attribute that gives an element its colour; "" where there is none."""
    return f' style="--c: #{colour}"' if _COLOUR.fullmatch(colour) else ""


class _Page:
    """Turns blocks into HTML. The body of the page is open from the cover on, articles as told."""

    def __init__(self, compilation: Compilation, blocks: Sequence[Block]) -> None:
        self._labels = compilation.labels
        self._notes = Footnotes(compilation.printing.citations)
        self._passages = _Passages(blocks)
        self._themes = {theme.name: place for place, theme in enumerate(compilation.themes, 1)}
        headings = (block.heading for block in blocks if isinstance(block, Index))
        self._index_heading = next(headings, "")
        self._open: ArticleStart | None = None

    def add(self, block: Block) -> Iterator[str]:
        """The elements of a block."""
        match block:
            case Cover() | Masthead():
                yield f"<header>\n{''.join(_front(block))}</header>\n"
            case Contents():
                yield from _contents(block, self._index_heading)
            case ArticleStart():
                yield from self._article_end()
                self._open = block
                self._passages.begin(block)
                yield "<article>\n"
            case Heading():
                yield from self._heading(block)
            case Line():
                yield self._line(block)
            case Note():
                texts = "<br>".join(_escaped(text) for text in block.paragraphs)
                yield f'<p class="note"><b>{_escaped(block.label)}</b>{texts}</p>\n'
            case Cards():
                yield from _cards(block)
            case Index():
                yield from self._index(block)
            case Distribution():
                yield from self._article_end()
                yield f"<footer>{_broken(block.lines)}</footer>\n"

    def end(self) -> Iterator[str]:
        """What stands behind the last block."""
        yield from self._article_end()
        yield from _footnotes(self._notes.rest())

    def _article_end(self) -> Iterator[str]:
        if self._open is None:
            return
        links = (self._theme(theme) for theme in self._open.article.themes)
        if themes := " ".join(links):
            yield f'<p class="themes">{themes}</p>\n'
        yield from _footnotes(self._notes.of_article())
        yield "</article>\n"
        self._open = None

    def _theme(self, name: str) -> str:
        return f'<a href="#t{self._themes.get(name, "")}">{_escaped(name)}</a>'

    def _heading(self, heading: Heading) -> Iterator[str]:
        if heading.role != "title":
            yield from self._article_end()
        else:
            self._passages.anchor = heading.anchor
        tag = f"h{heading.level + 1}"
        words = _broken(heading.lines) + self._reference(heading.footnote)
        yield f'<{tag} class="{heading.role}" id="a{heading.anchor}">{words}</{tag}>\n'
        if heading.comment:
            yield f"<p>{self._comment(heading.comment)}</p>\n"

    def _line(self, line: Line) -> str:
        role = f"{line.role} opens" if line.opens else line.role
        words = "".join(map(self._segment, segments(line)))
        ends = self._reference(line.footnote) + self._comment(line.comment)
        return f'<p class="{role}">{words}{ends}</p>\n'

    def _segment(self, segment: Segment) -> str:
        text = _escaped(segment.text)
        if segment.level:
            text = f'<span class="subhead{segment.level}">{text}</span>'
        for mark in reversed(segment.marks):
            text = f"<mark{self._attributes(mark, mark in segment.begins)}>{text}</mark>"
        return text + "".join(map(self._mark_end, segment.ends))

    def _attributes(self, mark: LineMark, begins: bool) -> str:
        number = f' id="m{self._passages.begun(mark)}"' if begins else ""
        names = _escaped("、".join(mark.themes))
        title = f' title="{names}"' if names else ""
        return f"{number}{title}{_tinted(mark.colour)}"

    def _mark_end(self, mark: LineMark) -> str:
        """The ways to the highlights before and behind it, and its note."""
        number = self._passages.number_of(mark)
        before = number - 1 if number > 1 else None
        behind = number + 1 if number < self._passages.count else None
        ways = _way("before", before) + _way("behind", behind)
        return f'<span class="ways">{ways}</span>{self._comment(mark.comment)}'

    def _comment(self, comment: Comment | None) -> str:
        """A note in the margin, or in its own line where there is none."""
        if comment is None or not (lines := lines_of(comment.text)):
            return ""
        by = f'<span class="by">{_escaped(comment.author)}</span>' if comment.author else ""
        label = f"<b>{_escaped(self._labels.cards[5])}</b>"
        return f'<small class="comment" role="note">{label}{_broken(lines)}{by}</small>'

    def _reference(self, note: str) -> str:
        if not note:
            return ""
        number = self._notes.add(note)
        return f'<sup><a id="r{number}" href="#f{number}">{number}</a></sup>'

    def _index(self, index: Index) -> Iterator[str]:
        yield from self._article_end()
        yield f'<nav class="index" id="index">\n<h2>{_escaped(index.heading)}</h2>\n<ul>\n'
        for place, entry in enumerate(index.entries, 1):
            yield f'<li id="t{place}" class="depth{min(entry.depth, 5)}">'
            yield f"<b{_tinted(entry.colour)}>{_escaped(entry.theme)}</b>"
            yield f"{_list(self._places(entry))}</li>\n"
        if untagged := self._passages.of("", None):
            yield f"<li><b>{_escaped(self._labels.untagged)}</b>{_list(untagged)}</li>\n"
        yield "</ul>\n</nav>\n"

    def _places(self, entry: IndexEntry) -> str:
        """Links to the articles of a theme with its passages in them, then to its other ones."""
        items = [
            f'<li><a href="#a{anchor}">{_escaped(title)}</a>'
            f"{_list(self._passages.of(entry.theme, anchor))}</li>\n"
            for title, anchor in entry.places
        ]
        return "".join((*items, self._passages.of(entry.theme, None)))


class _Passages:
    """The highlights in the order of the page, by theme and the title they stand under.

    ``anchor`` is that of the title, None where the article has none; ``count`` is how many
    highlights there are.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        marks = (mark for block in blocks if isinstance(block, Line) for mark in block.marks)
        self.count = sum(mark.first for mark in marks)
        self.anchor: int | None = None
        self._quotes: dict[int, str] = {}
        self._numbers: dict[int, int] = {}
        self._last = 0
        self._found: dict[tuple[str, int | None], list[str]] = {}

    def begin(self, start: ArticleStart) -> None:
        """Turn to an article, whose title is not known yet."""
        text, self.anchor = start.article.text, None
        self._quotes = {x.number: text[x.start : x.end] for x in start.article.marks}
        self._numbers = {}

    def begun(self, mark: LineMark) -> int:
        """Take up a highlight where it begins; gives its number on the page, from 1."""
        self._last += 1
        self._numbers[mark.number] = self._last
        quote = joined(lines_of(self._quotes.get(mark.number)))
        words = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}……"
        link = f'<li><a href="#m{self._last}">{_escaped(words)}</a></li>\n'
        for theme in mark.themes:
            self._found.setdefault((theme, self.anchor), []).append(link)
        if not mark.themes:
            self._found.setdefault(("", None), []).append(link)
        return self._last

    def number_of(self, mark: LineMark) -> int:
        """The number on the page of a highlight of this article that has begun."""
        return self._numbers[mark.number]

    def of(self, theme: str, anchor: int | None) -> str:
        """Links to the passages of a theme under a title; "" stands for no theme."""
        return "".join(self._found.get((theme, anchor), ()))


def _way(kind: str, number: int | None) -> str:
    return f'<a class="{kind}" href="#m{number}"></a>' if number else ""


def _front(block: Cover | Masthead) -> Iterator[str]:
    """The head of the page; the name of a bulletin is set as one."""
    if isinstance(block, Masthead):
        facts = (block.number, block.unit, block.date)
        yield f'<h1 class="masthead">{_escaped(block.name)}</h1>\n<p class="facts">'
        yield from (f"<span>{_escaped(fact)}</span>" for fact in facts if fact)
        yield "</p>\n"
        return
    yield f"<h1>{_broken(block.lines)}</h1>\n"
    for name, words in (("line", block.line), ("author", block.author)):
        if lines := lines_of(words):
            yield f'<p class="{name}">{_broken(lines)}</p>\n'


def _contents(contents: Contents, index: str) -> Iterator[str]:
    yield f'<nav class="contents">\n<h2>{_escaped(contents.heading)}</h2>\n<ul>\n'
    for entry in contents.entries:
        link = f'<a href="#a{entry.anchor}">{_escaped(entry.text)}</a>'
        yield f'<li class="level{entry.level}">{link}</li>\n'
    if index:
        yield f'<li class="level1"><a href="#index">{_escaped(index)}</a></li>\n'
    yield "</ul>\n</nav>\n"


def _footnotes(notes: Sequence[Footnote]) -> Iterator[str]:
    if not notes:
        return
    yield '<ol class="footnotes">\n'
    for number, text in notes:
        back = f'<a class="back" href="#r{number}"></a>'
        yield f'<li id="f{number}" value="{number}">{_broken(lines_of(text))}{back}</li>\n'
    yield "</ol>\n"


def _cards(cards: Cards) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_escaped(head)}</th>' for head in cards.heads)
    yield f'<table class="cards">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
    for card in cards.rows:
        cells = "".join(f"<td>{_broken(lines_of(cell))}</td>" for cell in card.cells)
        yield f"<tr{_tinted(card.colour)}>{cells}</tr>\n"
    yield "</tbody>\n</table>\n"


def _list(items: str) -> str:
    return f"\n<ul>\n{items}</ul>\n" if items else ""
