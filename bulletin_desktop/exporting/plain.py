"""A compilation as plain text, to be read and to be imported again.

UTF-8 without a byte order mark, line ends LF, paragraphs not wrapped. Headings of groups stand in
【】, as bulletins print their sections, and the source is an article's last line, as in bulletins:
so an import finds both. There is no contents, which without pages leads nowhere, and citations
that are to be notes stand at the end.
"""

from __future__ import annotations

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
from bulletin_desktop.exporting.text_file import clean, write_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulletin_desktop.exporting.blocks import Block
    from bulletin_desktop.exporting.compiled import Comment, Compilation
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress

_INDENT = "　　"


def write_text(compilation: Compilation, path: Path, template: Template) -> Iterator[Progress]:
    """Write a compilation as plain text; all else as ``formats.Write``."""
    return write_pieces(_pieces(compilation, template), path, compilation.articles)


def _pieces(compilation: Compilation, template: Template) -> Iterator[str | int]:
    page = _Page(compilation)
    for block in blocks_of(compilation, template.parts):
        if isinstance(block, ArticleStart):
            yield block.number
        yield from (clean(line) + "\n" for line in page.lines(block))
    yield from (clean(line) + "\n" for line in page.end())


class _Page:
    """Turns blocks into lines."""

    def __init__(self, compilation: Compilation) -> None:
        self._labels = compilation.labels
        self._notes: list[str] = []
        self._last: list[str] = []
        self._source = ""

    def lines(self, block: Block) -> Iterator[str]:
        """What a block says, a blank line before what stands apart."""
        match block:
            case Cover():
                yield from (*block.lines, *lines_of(block.line), *lines_of(block.author))
            case Masthead():
                facts = (block.number, block.unit, block.date)
                yield from lines_of("\n".join((block.name, _INDENT.join(filter(None, facts)))))
            case ArticleStart():
                yield from self._article_end()
                yield ""
            case Heading():
                yield from self._heading(block)
            case Line():
                yield from self._line(block)
            case Note():
                yield block.label + block.paragraphs[0]
                yield from (_INDENT + text for text in block.paragraphs[1:])
            case Cards():
                yield from self._cards(block)
            case Index():
                yield from self._index(block)
            case Distribution():
                yield from self._article_end()
                yield ""
                yield from (line for text in block.lines for line in lines_of(text))

    def end(self) -> Iterator[str]:
        """What stands behind the last block."""
        yield from self._article_end()
        if self._notes:
            yield ""
        yield from (f"[{number}] {note}" for number, note in enumerate(self._notes, 1))

    def _article_end(self) -> Iterator[str]:
        """What has waited for the end: notes on the title, then issue and source."""
        yield from filter(None, (*self._last, self._source))
        self._last, self._source = [], ""

    def _heading(self, heading: Heading) -> Iterator[str]:
        if heading.role != "title":
            yield from self._article_end()
            yield ""
            yield f"【{joined(heading.lines)}】"
            return
        yield from heading.lines[:-1]
        yield heading.lines[-1] + self._reference(heading.footnote)
        self._last += self._comment(heading.comment)

    def _line(self, line: Line) -> Iterator[str]:
        if line.role == "source":
            self._source = line.text
            return
        if line.role == "issue":
            self._last.append(line.text)
            return
        indent = _INDENT if line.role in ("intro", "body", "summary") else ""
        yield indent + line.text + self._reference(line.footnote)
        yield from self._comment(line.comment)
        for mark in line.marks:
            if mark.last:
                yield from self._comment(mark.comment)

    def _reference(self, footnote: str) -> str:
        if not footnote:
            return ""
        self._notes.append(joined(lines_of(footnote)))
        return f"[{len(self._notes)}]"

    def _comment(self, comment: Comment | None) -> Iterator[str]:
        if comment and (text := joined(lines_of(comment.text))):
            yield f"〔{self._labels.cards[5]}：{text}〕"

    def _cards(self, cards: Cards) -> Iterator[str]:
        for card in cards.rows:
            yield ""
            yield from (_INDENT + line for line in lines_of(card.cells[0]))
            for head, cell in zip(cards.heads[1:], card.cells[1:], strict=True):
                if text := joined(lines_of(cell)):
                    yield f"{head}：{text}"

    def _index(self, index: Index) -> Iterator[str]:
        yield from self._article_end()
        yield ""
        yield f"【{index.heading}】"
        for entry in index.entries:
            yield "　" * entry.depth + entry.theme
            yield from ("　" * (entry.depth + 1) + title for title, _ in entry.places)
