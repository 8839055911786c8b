"""A compilation as Markdown (CommonMark, with footnotes and tables as GitHub has them).

Highlights are ``<mark>`` elements: CommonMark lets HTML through and has no sign of its own for
them, while ``==`` would be printed as it is by most programs. Emphasis is not used: its closing
sign is not recognised between Chinese punctuation and a character.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import (
    ArticleStart,
    Cards,
    Cover,
    Distribution,
    Heading,
    Index,
    Line,
    Note,
    joined,
    lines_of,
)
from bulletin_desktop.exporting.compiled import Masthead
from bulletin_desktop.exporting.footnotes import Footnotes
from bulletin_desktop.exporting.segments import segments
from bulletin_desktop.exporting.text_file import clean, write_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bulletin_desktop.exporting.blocks import Block
    from bulletin_desktop.exporting.compiled import Comment, Compilation
    from bulletin_desktop.exporting.segments import Segment
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress

_BREAK = re.compile(r"[\r\n]+")
_SIGN = re.compile(r"[\\`*_\[\]<>&~$#|]")
# What makes a list or a heading of a line: a bullet, or a number with a stop and a blank behind it.
_BULLET = re.compile(r"\A(?:(?=[-+=])|(\d{1,9})(?=[.)](?:\s|\Z)))")


def write_markdown(compilation: Compilation, path: Path, template: Template) -> Iterator[Progress]:
    """Write a compilation as Markdown; all else as ``formats.Write``."""
    return write_pieces(_pieces(compilation, template), path, compilation.articles)


def _pieces(compilation: Compilation, template: Template) -> Iterator[str | int]:
    page = _Page(compilation)
    for block in blocks_of(compilation, template.parts):
        if isinstance(block, ArticleStart):
            yield block.number
        yield from (f"{text}\n\n" for text in page.texts(block))
    yield from (f"{text}\n\n" for text in page.end())


def _escaped(text: str) -> str:
    """A text that stands inside a line as it is."""
    return _SIGN.sub(r"\\\g<0>", _BREAK.sub(" ", clean(text)))


def _paragraph(text: str) -> str:
    """A text that begins a line and is nothing else than a paragraph."""
    return _BULLET.sub(r"\1\\", _escaped(text))


class _Page:
    """Turns blocks into texts that blank lines part."""

    def __init__(self, compilation: Compilation) -> None:
        self._comment_label = compilation.labels.cards[5]
        self._notes = Footnotes(compilation.printing.citations)
        self._parted = True  # nothing stands above that an article without a title could be part of

    def texts(self, block: Block) -> Iterator[str]:
        """The paragraphs, headings, lists and tables of a block."""
        match block:
            case Cover():
                yield f"# {_escaped(joined(block.lines))}"
                yield from _paragraphs((block.line, block.author))
            case Masthead():
                yield from _masthead(block)
            case ArticleStart():
                yield from self._article_end()
            case Heading():
                yield from self._heading(block)
            case Line():
                yield from self._line(block)
            case Note():
                texts = (block.label + block.paragraphs[0], *block.paragraphs[1:])
                yield "\n>\n".join(f"> {_paragraph(text)}" for text in texts)
            case Cards():
                yield "\n".join(_table(block))
            case Index():
                yield from self._article_end()
                yield f"## {_escaped(block.heading)}"
                yield "\n".join(_list(block))
            case Distribution():
                yield from self._article_end()
                yield "---"
                yield from _paragraphs(block.lines)

    def end(self) -> Iterator[str]:
        """What stands behind the last block."""
        for note in self._notes.rest():
            yield f"[^{note.number}]: {_paragraph(joined(lines_of(note.text)))}"

    def _article_end(self) -> Iterator[str]:
        for note in self._notes.of_article():
            yield f"[^{note.number}]: {_paragraph(joined(lines_of(note.text)))}"

    def _heading(self, heading: Heading) -> Iterator[str]:
        self._parted = heading.role != "title"
        if self._parted:
            yield from self._article_end()
        references = self._reference(heading.footnote) + self._comment(heading.comment)
        yield f"{'#' * (heading.level + 1)} {_escaped(joined(heading.lines))}{references}"

    def _line(self, line: Line) -> Iterator[str]:
        if line.opens and not self._parted:
            yield "---"
        self._parted = False
        references = self._reference(line.footnote) + self._comment(line.comment)
        if not line.marks:
            yield _paragraph(line.text) + references
            return
        first, *others = segments(line)
        text = self._segment(first, _paragraph) + "".join(self._segment(x) for x in others)
        yield text + references

    def _segment(self, segment: Segment, escape: Callable[[str], str] = _escaped) -> str:
        opened = "".join(_mark(mark.themes) for mark in segment.marks if mark.colour)
        closed = "</mark>" * sum(bool(mark.colour) for mark in segment.marks)
        comments = "".join(self._comment(mark.comment) for mark in segment.ends)
        return f"{opened}{escape(segment.text)}{closed}{comments}"

    def _reference(self, note: str) -> str:
        return f"[^{self._notes.add(note)}]" if note else ""

    def _comment(self, comment: Comment | None) -> str:
        text = joined(lines_of(comment.text)) if comment else ""
        return self._reference(f"{self._comment_label}：{text}" if text else "")


def _paragraphs(texts: Iterable[str | None]) -> Iterator[str]:
    return (_paragraph(line) for text in texts for line in lines_of(text))


def _masthead(masthead: Masthead) -> Iterator[str]:
    facts = (masthead.number, masthead.unit, masthead.date)
    yield f"# {_escaped(joined(lines_of(masthead.name)))}"
    yield from _paragraphs(["　　".join(filter(None, facts))])


def _mark(themes: Iterable[str]) -> str:
    names = html.escape(clean(joined(lines_of("、".join(themes)))))
    return f'<mark title="{names}">' if names else "<mark>"


def _table(cards: Cards) -> Iterator[str]:
    yield _row(cards.heads)
    yield "|" + " --- |" * len(cards.heads)
    for card in cards.rows:
        yield _row(card.cells)


def _row(cells: Iterable[str]) -> str:
    words = ("<br>".join(map(_escaped, lines_of(cell))) for cell in cells)
    return "| " + " | ".join(words) + " |"


def _list(index: Index) -> Iterator[str]:
    for entry in index.entries:
        yield f"{'  ' * entry.depth}- {_paragraph(joined(lines_of(entry.theme)))}"
        for title, _ in entry.places:
            yield f"{'  ' * (entry.depth + 1)}- {_paragraph(title)}"
