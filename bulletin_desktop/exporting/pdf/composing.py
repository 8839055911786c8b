"""Composing: blocks become pieces of rows in the styles of a template."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.blocks import (
    ArticleStart,
    Cards,
    Cover,
    Heading,
    Line,
    Note,
    joined,
    lines_of,
)
from bulletin_desktop.exporting.compiled import Masthead
from bulletin_desktop.exporting.cross_links import pieces
from bulletin_desktop.exporting.pdf.faces import TWIPS, Faces
from bulletin_desktop.exporting.pdf.rows import Glyphs, Ground, Mark, Piece, Row
from bulletin_desktop.exporting.pdf.setting import BLACK, Run, Setter
from bulletin_desktop.exporting.pdf.tables import card_pieces
from bulletin_desktop.exporting.segments import segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bulletin_desktop.exporting.blocks import Block
    from bulletin_desktop.exporting.compiled import Comment, Printing
    from bulletin_desktop.exporting.segments import Segment
    from bulletin_desktop.exporting.template import Style, Template

_THIN = 10  # twips: half a point
_CIRCLED = (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))


class Composer:
    """Composes the pieces of a document in its order; counts notes on its way."""

    def __init__(
        self, template: Template, printing: Printing, targets: Mapping[str, int] | None = None
    ) -> None:
        """``targets`` are the anchors that titles name."""
        self.template = template
        self._targets = targets or {}
        self.faces = Faces(template)
        self.setter = Setter(self.faces)
        self.width = float(template.page.text_width)
        self._at_end = printing.citations == "endnotes"
        self._article = 0
        self._citations = 0
        self._comments = 0
        self._endnotes: list[tuple[int, str]] = []

    def style(self, role: str) -> Style:
        """The style of a role."""
        return self.template.styles[role]

    def pieces(self, blocks: Iterable[Block]) -> Iterator[Piece]:
        """The pieces of what is told article by article, with notes gathered at the end last."""
        for block in blocks:
            for piece in self._composed(block):
                piece.article, self._article = self._article, 0
                yield piece
        yield from self._gathered()

    def _composed(self, block: Block) -> Iterator[Piece]:
        match block:
            case ArticleStart():
                self._article = block.number
            case Heading():
                yield self._heading(block)
            case Line():
                yield self._line(block)
            case Note():
                yield self._note(block)
            case Cards():
                yield from card_pieces(block, self)
            case Cover():
                yield from self.cover(block)
            case Masthead():
                yield from self._masthead(block)

    def piece(self, role: str, *runs: Run, before: float | None = None) -> Piece:
        """A paragraph of a role, with what its style draws around it."""
        style = self.style(role)
        rows = self.setter.rows(runs, style, self.width)
        self._decorate(rows, style)
        return Piece(
            rows,
            (style.before if before is None else before) * TWIPS,
            style.after * TWIPS,
            style.keep_next,
            new_page=style.new_page,
        )

    def cover(self, cover: Cover) -> Iterator[Piece]:
        """The title, the line under it, and at the foot of a cover's page who compiled it."""
        made = [self.piece("cover_title", Run("\n".join(cover.lines)))]
        if cover.line:
            made.append(self.piece("cover_line", Run(cover.line)))
        if cover.author:
            made.append(self.piece("cover_author", Run(cover.author)))
            if cover.page:
                left = self.template.page.text_height - sum(piece.height for piece in made)
                made[-1].before = max(0, made[-1].before + min(left, 0))
        made[0].new_page = True  # the space above the title stays at the top of a page
        return iter(made)

    def _masthead(self, masthead: Masthead) -> Iterator[Piece]:
        name = self.piece("masthead_name", Run(masthead.name))
        name.new_page = True
        yield name
        if masthead.number:
            yield self.piece("masthead_number", Run(masthead.number))
        line = self.piece("masthead_line", Run(masthead.unit))
        line.rows[-1].glyphs += self.aside(masthead.date, self.style("masthead_line"))
        yield line

    def aside(self, text: str, style: Style) -> list[Glyphs]:
        """What stands at the right of a line, as far in as the line begins at the left."""
        inset = max(style.first_line, style.right)
        style = replace(style, align="right", first_line=0, right=inset)
        return self.setter.rows([Run(text)], style, self.width)[0].glyphs

    def _heading(self, heading: Heading) -> Piece:
        before = 0 if heading.after_kicker else None
        runs = [Run("\n".join(heading.lines)), *self._said(heading.footnote, heading.comment)]
        made = self.piece(heading.role, *runs, before=before)
        made.mark = Mark(heading.anchor, heading.level, joined(heading.lines))
        return made

    def _line(self, line: Line) -> Piece:
        before = self.style("title").before if line.opens else None
        if line.role == "intro":
            runs = self._linked(line.text)
        else:
            runs = [run for segment in segments(line) for run in self._runs(segment)]
        runs += self._said(line.footnote, line.comment)
        made = self.piece(line.role, *runs, before=before)
        made.keep = made.keep or line.keep
        return made

    def _runs(self, segment: Segment) -> Iterator[Run]:
        font = self.template.subheads[segment.level - 1] if segment.level else ""
        yield Run(segment.text, font, segment.ground)
        for mark in segment.ends:
            yield from self._said("", mark.comment)

    def _linked(self, text: str) -> list[Run]:
        """What a user wrote, with links to the articles that it names as [[title]]."""
        return [Run(piece, anchor=anchor) for piece, anchor in pieces(text, self._targets)]

    def _note(self, note: Note) -> Piece:
        """One frame, on one page if it can be; the label stands before the first paragraph only."""
        style = self.style("note")
        rows: list[Row] = []
        for text in note.paragraphs:
            runs = self._linked(text if rows else note.label + text)
            rows += self.setter.rows(runs, style, self.width)
        self._decorate(rows, style)
        return Piece(rows, style.before * TWIPS, style.after * TWIPS, whole=True)

    def _said(self, citation: str, comment: Comment | None) -> list[Run]:
        """The marks of notes that stand here, with the notes."""
        marks = []
        if citation:
            self._citations += 1
            marks.append(self._cited(self._citations, citation))
        if comment and (words := joined(lines_of(comment.text))):
            self._comments += 1
            sign = _circled(self._comments)
            author = f"{comment.author}：" if comment.author else ""
            foot = self._foot(sign, f"{author}{words}")
            marks.append(Run(sign, raised=True, feet=tuple(foot)))
        return marks

    def _cited(self, number: int, citation: str) -> Run:
        if self._at_end:
            self._endnotes.append((number, citation))
            return Run(str(number), raised=True)
        return Run(str(number), raised=True, feet=tuple(self._foot(str(number), citation)))

    def _foot(self, sign: str, words: str) -> list[Row]:
        style = self.style("footnote")
        runs = [Run(sign, raised=True), *self._linked(f" {words}")]
        return self.setter.rows(runs, style, self.width)

    def _gathered(self) -> Iterator[Piece]:
        """The citations that stand together at the end."""
        for place, (number, citation) in enumerate(self._endnotes):
            rows = self._foot(str(number), citation)
            if place == 0:
                rows[0].grounds.append(foot_rule(self.width))
            yield Piece(rows, before=24.0 * TWIPS if place == 0 else 0)

    def _decorate(self, rows: list[Row], style: Style) -> None:
        """Frame, ground and rule of a paragraph, within its indents."""
        pitch = self.faces.pitch(style)
        x, end = style.left * pitch, self.width - style.right * pitch
        for row in rows:
            if style.shade:
                row.grounds.insert(0, Ground(x, 0, end - x, row.height, style.shade))
            if style.border:
                row.grounds.append(Ground(x, 0, _THIN, row.height, style.border))
                row.grounds.append(Ground(end - _THIN, 0, _THIN, row.height, style.border))
        if style.border:
            rows[0].grounds.append(Ground(x, 0, end - x, _THIN, style.border))
            foot = rows[-1].height - _THIN
            rows[-1].grounds.append(Ground(x, foot, end - x, _THIN, style.border))
        if style.rule:
            thick = style.rule_width * TWIPS
            rows[-1].grounds.append(Ground(0, rows[-1].height, self.width, thick, style.rule))


def foot_rule(width: float) -> Ground:
    """The rule that parts notes from the text above them."""
    return Ground(0, -100, width / 4, _THIN, BLACK)


def _circled(number: int) -> str:
    if number <= len(_CIRCLED):
        return chr(_CIRCLED[number - 1])
    return f"({number})"
