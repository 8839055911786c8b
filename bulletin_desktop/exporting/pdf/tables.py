"""Lists that lead to pages, and what stands in columns: contents, index, cards, distribution."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.blocks import hanging
from bulletin_desktop.exporting.pdf.faces import TWIPS
from bulletin_desktop.exporting.pdf.rows import Ground, Link, Piece, Row
from bulletin_desktop.exporting.pdf.setting import BLACK, Run
from bulletin_desktop.exporting.template import INNER_RULE, OUTER_RULE
from bulletin_desktop.exporting.tints import ink

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulletin_desktop.exporting.blocks import Cards, Contents, Distribution, Index
    from bulletin_desktop.exporting.pdf.composing import Composer
    from bulletin_desktop.exporting.pdf.rows import Glyphs
    from bulletin_desktop.exporting.template import Style

_GRID = "7F7F7F"
_THIN = 10  # twips
_BAR = 70  # of a card's colour
_PADDING = 120  # beside the words of a cell
_LONG = 12  # rows of a card that may be parted by the end of a page
_NUMBERS = 2.5  # characters that stay free for page numbers at the end of a title's line


def contents_pieces(
    contents: Contents, pages: Mapping[int, str], composer: Composer
) -> Iterator[Piece]:
    """The contents, with the page of each heading."""
    yield composer.piece("contents_heading", Run(contents.heading))
    depth = max(entry.level for entry in contents.entries)
    for entry in contents.entries:
        style = composer.template.contents_style(entry.level, depth)
        yield _leading(entry.text, entry.anchor, pages[entry.anchor], composer, style)


def index_pieces(index: Index, pages: Mapping[int, str], composer: Composer) -> Iterator[Piece]:
    """The index of themes, with the pages of articles; themes stand in by their depth."""
    yield composer.piece("index_heading", Run(index.heading))
    for entry in index.entries:
        theme = composer.style("index_theme")
        theme = replace(theme, left=theme.left + entry.depth)
        rows = composer.setter.rows([Run(entry.theme)], theme, composer.width)
        yield Piece(rows, theme.before * TWIPS, theme.after * TWIPS, keep=bool(entry.places))
        for text, anchor in entry.places:
            style = composer.style("index_entry")
            style = replace(style, left=style.left + entry.depth)
            yield _leading(text, anchor, pages[anchor], composer, style)


def _leading(text: str, anchor: int, page: str, composer: Composer, style: Style) -> Piece:
    """A title, dots, and the number of its page at the right; all of it leads there."""
    style = replace(style, align="left")
    short = replace(style, right=style.right + _NUMBERS)
    rows = composer.setter.rows([Run(text)], short, composer.width)
    last = rows[-1]
    pitch = composer.faces.pitch(style)
    room = composer.width - style.right * pitch - last.end - 0.5 * pitch
    last.glyphs += _dots_and(page, room, replace(style, align="right", left=0), composer)
    for row in rows:
        row.links.append(Link(0, composer.width, anchor))
    return Piece(rows, style.before * TWIPS, style.after * TWIPS, style.keep_next, whole=True)


def _dots_and(page: str, room: float, style: Style, composer: Composer) -> list[Glyphs]:
    ten, number = (
        composer.setter.rows([Run(text)], replace(style, align="left"), composer.width)[0].end
        for text in ("..........", f" {page}")
    )
    dots = "." * max(0, math.floor((room - number) / ten * 10))
    return composer.setter.rows([Run(f"{dots} {page}")], style, composer.width)[0].glyphs


def card_pieces(cards: Cards, composer: Composer) -> Iterator[Piece]:
    """Highlights in rows under the heads of their columns, which each page repeats."""
    columns = composer.template.columns
    edges = [0.0, *(composer.width * part / sum(columns) for part in accumulate(columns))]
    heads = _cells(cards.heads, edges, composer, "card_head")
    yield Piece(heads, keep=True, whole=True)
    for card in cards.rows:
        rows = _cells(card.cells, edges, composer, "card")
        if ink(card.colour):
            for row in rows:
                row.grounds.append(Ground(0, 0, _BAR, row.height, card.colour))
        yield Piece(rows, whole=len(rows) <= _LONG, repeat=tuple(heads))


def _cells(texts: Sequence[str], edges: list[float], composer: Composer, role: str) -> list[Row]:
    """A row of a table: as many rows of print as its longest cell has."""
    style = composer.style(role)
    cells = [
        composer.setter.rows([Run(text)], style, end - start - 2 * _PADDING)
        for text, start, end in zip(texts, edges, edges[1:], strict=False)
    ]
    made = []
    for place in range(max(map(len, cells))):
        row = Row(style.line * TWIPS)
        if style.shade:
            row.grounds.append(Ground(0, 0, composer.width, row.height, style.shade))
        for cell, start in zip(cells, edges, strict=False):
            found = cell[place].glyphs if place < len(cell) else []
            row.glyphs += [g._replace(x=g.x + start + _PADDING) for g in found]
        row.grounds += [Ground(x, 0, _THIN, row.height, _GRID) for x in edges]
        made.append(row)
    made[0].grounds.append(Ground(0, 0, composer.width, _THIN, _GRID))
    made[-1].grounds.append(Ground(0, made[-1].height, composer.width, _THIN, _GRID))
    return made


def distribution_rows(distribution: Distribution, composer: Composer) -> list[Row]:
    """The lines at the very end between rules (GB/T 9704-2012, 7.4)."""
    style = composer.style("distribution")
    made: list[Row] = []
    for line in distribution.lines:
        words, _, aside = line.partition("\t")
        deep = hanging(line)
        hung = replace(style, left=style.left + deep, first_line=style.first_line - deep)
        rows = composer.setter.rows([Run(words)], hung, composer.width)
        rows[0].glyphs += composer.aside(aside, style)
        thick = (INNER_RULE if made else OUTER_RULE) * TWIPS
        rows[0].grounds.append(Ground(0, 0, composer.width, thick, BLACK))
        made += rows
    thick = OUTER_RULE * TWIPS
    made[-1].grounds.append(Ground(0, made[-1].height, composer.width, thick, BLACK))
    return made
