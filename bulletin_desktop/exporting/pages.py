"""A guess at the page on which each heading will stand, before any word processor lays it out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bulletin_desktop.exporting.blocks import (
    Block,
    Contents,
    Cover,
    Heading,
    Line,
    Note,
)
from bulletin_desktop.exporting.compiled import Masthead
from bulletin_desktop.exporting.template import Style, Template

# What stays with the next paragraph never stands at the foot of a page without so many lines of it.
_LINES_WITH = 2
# The alphabets stand before Hangul and the general punctuation, which Chinese fonts set full-width.
_NARROW = re.compile("[\u0000-\u10ff]+")
# Heights and widths are sums and quotients of decimal fractions.
_TOLERANCE = 0.01


class _Placed(Protocol):
    """A paragraph that may belong together with the next one, or begin a page."""

    @property
    def keep(self) -> bool: ...

    @property
    def new_page(self) -> bool: ...


AnyPiece = TypeVar("AnyPiece", bound=_Placed)


def guess_pages(blocks: Iterable[Block], template: Template) -> dict[int, int]:
    """For each heading's anchor its probable page, counted from 1 where the articles begin.

    It reckons with full-width and half-width characters, indents, exact line heights, footnotes
    and page breaks, but not with the rules for punctuation at the ends of lines.
    """
    sheet = _Sheet(template.page.text_height / 20)
    guessed: dict[int, int] = {}
    counted = _counted(blocks)
    for chunk in chunks(piece for block in counted for piece in _pieces(block, template)):
        sheet.place(chunk)
        for piece in chunk:
            if piece.anchor:
                guessed[piece.anchor] = sheet.chunk_page
    return guessed


def _counted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks on pages that are counted 1, 2 …: not a cover, nor contents behind one."""
    apart = False
    for block in blocks:
        if isinstance(block, Cover) and block.page:
            apart = True
        elif not (apart and isinstance(block, Contents)):
            yield block


def author_gap(cover: Cover, template: Template) -> float:
    """The space in points above the cover's author: the style's, or what a long title leaves."""
    styles = template.styles
    title, line, author = (styles[f"cover_{part}"] for part in ("title", "line", "author"))
    pieces = [
        _Piece(title, sum(_lines(text, title, template) for text in cover.lines), title.before)
    ]
    if cover.line:
        pieces.append(_Piece(line, _lines(cover.line, line, template), line.before))
    pieces.append(_Piece(author, _lines(cover.author or "", author, template), 0))
    left = template.page.text_height / 20 - sum(piece.height for piece in pieces)
    return max(0, min(author.before, math.floor(left)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph to be placed: its style, count of lines, space above it, and bookmark.

    ``keep`` says that it stands whole on the page of the next one; ``foot`` is the height of what
    it puts at the foot of the page.
    """

    style: Style
    lines: int
    before: float
    keep: bool = False
    anchor: int = 0
    foot: float = 0

    @property
    def new_page(self) -> bool:
        return self.style.new_page

    @property
    def height(self) -> float:
        return self.before + self.lines * self.style.line + self.style.after + self.foot


class _Sheet:
    """The page being filled; heights in points."""

    def __init__(self, height: float) -> None:
        self._height = height + _TOLERANCE
        self._used = 0.0
        self._page = 1
        self.chunk_page = 1

    def place(self, chunk: list[_Piece]) -> None:
        """Put paragraphs down that belong together; ``chunk_page`` is then where they begin."""
        *heads, last = chunk
        least = last.before + min(last.lines, _LINES_WITH) * last.style.line
        needed = sum(piece.height for piece in heads) + least
        if self._used and (chunk[0].style.new_page or self._used + needed > self._height):
            self._turn()
        self.chunk_page = self._page
        for piece in chunk:
            self._pour(piece)

    def _pour(self, piece: _Piece) -> None:
        """Lay the lines of a paragraph down, over as many pages as they take."""
        self._used += piece.before + piece.foot
        for _ in range(piece.lines):
            if self._used + piece.style.line > self._height:
                self._turn()
            self._used += piece.style.line
        self._used += piece.style.after

    def _turn(self) -> None:
        self._page += 1
        self._used = 0.0


def chunks(pieces: Iterable[AnyPiece]) -> Iterator[list[AnyPiece]]:
    """Paragraphs that stay together, such as a title with the first one under it."""
    chunk: list[AnyPiece] = []
    for piece in pieces:
        if chunk and piece.new_page:
            yield chunk
            chunk = []
        chunk.append(piece)
        if not piece.keep:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _pieces(block: Block, template: Template) -> Iterator[_Piece]:
    match block:
        case Cover() | Masthead() | Contents():
            yield from _front(block, template)
        case Heading():
            style = template.styles[block.role]
            before = 0 if block.after_kicker else style.before
            foot = _foot(block.footnote, template)
            lines = sum(_lines(line, style, template) for line in block.lines)
            yield _Piece(style, lines, before, style.keep_next, block.anchor, foot)
        case Line():
            style = template.styles[block.role]
            before = template.styles["title"].before if block.opens else style.before
            foot = _foot(block.footnote, template)
            keep = block.keep or style.keep_next
            yield _Piece(style, _lines(block.text, style, template), before, keep, foot=foot)
        case Note():
            style = template.styles["note"]
            lines = sum(_lines(text, style, template) for text in block.paragraphs)
            yield _Piece(style, lines, style.before)


def _front(block: Cover | Masthead | Contents, template: Template) -> Iterator[_Piece]:
    """What stands above the text on the first page."""
    match block:
        case Cover():
            titles = [("cover_title", line) for line in block.lines]
            told = [*titles, ("cover_line", block.line), ("cover_author", block.author)]
        case Masthead():
            told = [("masthead_name", block.name), ("masthead_number", block.number)]
            told.append(("masthead_line", block.unit or block.date or " "))
        case Contents():
            depth = max(entry.level for entry in block.entries)
            told = [("contents_heading", block.heading)]
            for entry in block.entries:
                yield _piece(entry.text, template.contents_style(entry.level, depth), template)
    for role, text in told:
        if text:
            yield _piece(text, template.styles[role], template)


def _piece(text: str, style: Style, template: Template) -> _Piece:
    return _Piece(style, _lines(text, style, template), style.before)


def _foot(footnote: str, template: Template) -> float:
    style = template.styles["footnote"]
    return _lines(footnote, style, template) * style.line if footnote else 0


def _lines(text: str, style: Style, template: Template) -> int:
    room = template.page.text_width / template.pitch(style) - style.left - style.right
    return max(
        1, math.ceil((style.first_line + _width(text)) / max(math.floor(room + _TOLERANCE), 1))
    )


def _width(text: str) -> float:
    """The width in Chinese characters; Latin letters and digits take half of one."""
    return len(text) - sum(map(len, _NARROW.findall(text))) / 2
