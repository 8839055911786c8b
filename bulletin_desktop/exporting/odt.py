"""A compilation as an OpenDocument text, with the same look as the Word document.

Sources: OpenDocument 1.3, GB/T 9704-2012 for the looks. The XML is made with lxml: odfdo needs a
millisecond for a paragraph with spans, and brings styles and pictures of a sample document along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.exporting import measured
from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import (
    ArticleStart,
    Cards,
    Contents,
    Cover,
    Distribution,
    Heading,
    Index,
    Line,
    Note,
    heading_levels,
    joined,
    lines_of,
)
from bulletin_desktop.exporting.compiled import Masthead
from bulletin_desktop.exporting.cross_links import targets_of
from bulletin_desktop.exporting.odt_content import Content, bookmark_name
from bulletin_desktop.exporting.odt_package import Properties, packed
from bulletin_desktop.exporting.odt_parts import (
    add_cards,
    add_contents,
    add_cover,
    add_distribution,
    add_index,
    add_masthead,
)
from bulletin_desktop.exporting.odt_styles import ARTICLES, styles
from bulletin_desktop.exporting.odt_xml import add_text
from bulletin_desktop.exporting.pages import guess_pages
from bulletin_desktop.exporting.text_file import begins_step, progress
from bulletin_desktop.replacing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bulletin_desktop.exporting.blocks import Block
    from bulletin_desktop.exporting.compiled import Comment, Compilation
    from bulletin_desktop.exporting.odt_xml import Attributes, Element
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.model.change import Progress


def write_odt(compilation: Compilation, path: Path, template: Template) -> Iterator[Progress]:
    """Write a compilation as ODT, yielding progress in articles; nothing happens unless iterated.

    Page numbers in contents and index are fields: LibreOffice counts them when it opens the file.
    What other programs show is measured where the compilation wants that and LibreOffice is
    installed, else a guess. The file at ``path`` is replaced only whole and last, after the final
    progress; a generator closed before leaves it as it was. Raises KnownError ``write.*`` as
    ``replacing.placing`` does.
    """
    with replacing(path) as stream:
        yield progress(0, compilation.articles)
        blocks = tuple(blocks_of(compilation, template.parts))
        guess = guess_pages(blocks, template)
        writer = _Writer(compilation, template, blocks, guess)
        for block in blocks:
            if isinstance(block, ArticleStart) and begins_step(block.number):
                yield progress(block.number - 1, compilation.articles)
            writer.add(block)
        data = writer.packed()
        done = progress(compilation.articles, compilation.articles)
        yield done
        numbered = any(isinstance(block, Contents | Index) for block in blocks)
        if compilation.printing.measured and numbered:
            names = {anchor: bookmark_name(anchor) for anchor in (0, *guess)}
            if real := (yield from measured.pages_of(data, ".odt", names, done)):
                data = writer.packed(real)
        stream.write(data)


class _Writer:
    """Turns blocks into paragraphs; opens the pages of contents and articles."""

    def __init__(
        self,
        compilation: Compilation,
        template: Template,
        blocks: tuple[Block, ...],
        pages: Mapping[int, int],
    ) -> None:
        levels = heading_levels(blocks)
        targets = targets_of(blocks)
        self._compilation = compilation
        self._template = template
        self._cover = any(isinstance(block, Cover) and block.page for block in blocks)
        self._styles = styles(template, levels, cover=self._cover)
        self._content = Content(template, levels, pages, targets, compilation.annotator)
        self._notes = "endnote" if compilation.printing.citations == "endnotes" else "footnote"
        self._before_articles = self._cover

    def packed(self, pages: Mapping[int, int] | None = None) -> bytes:
        """The finished file, with other page numbers if they are given."""
        if pages is not None:
            self._content.renumber(pages)
        told = self._compilation
        title = joined(lines_of(told.title))
        themes = tuple(theme.name for theme in told.themes)
        properties = Properties(title, told.author or told.annotator, themes)
        return packed(self._content.root, self._styles, properties)

    def add(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Cover():
                self._open_cover()
                add_cover(self._content, block)
            case Contents():
                add_contents(self._content, block)
            case ArticleStart():
                pass
            case _:
                self._open_articles()
                self._add_article_block(block)

    def _add_article_block(self, block: Block) -> None:
        match block:
            case Masthead():
                add_masthead(self._content, block)
            case Heading():
                self._heading(block)
            case Line():
                self._line(block)
            case Note():
                self._note(block)
            case Cards():
                add_cards(self._content, block)
            case Index():
                add_index(self._content, block)
            case Distribution():
                add_distribution(self._content, block)

    def _open_cover(self) -> None:
        if self._cover:
            self._content.turn_to("Cover")

    def _open_articles(self) -> None:
        """Begin the articles' pages; without a cover of its own page all pages are theirs."""
        if self._before_articles:
            self._content.turn_to(ARTICLES)
        self._before_articles = False

    def _heading(self, heading: Heading) -> None:
        changes = self._content.above(heading.role, 0) if heading.after_kicker else None
        made = self._content.paragraph(heading.role, changes, level=heading.level)
        self._content.bookmark(made, heading.anchor)
        comment = self._begin(made, heading.comment)
        add_text(made, "\n".join(heading.lines))
        self._end(made, comment, heading.footnote)
        self._content.bookmark(made, heading.anchor, end=True)

    def _line(self, line: Line) -> None:
        changes: Attributes = {}
        if line.keep and not self._template.styles[line.role].keep_next:
            changes["fo:keep-with-next"] = "always"
        if line.opens:
            changes |= self._content.above(line.role, self._template.styles["title"].before)
        made = self._content.paragraph(line.role, changes)
        comment = self._begin(made, line.comment)
        if line.role == "intro":
            self._content.words(made, line.text)
        else:
            self._content.fill(made, line)
        self._end(made, comment, line.footnote)

    def _begin(self, made: Element, comment: Comment | None) -> str:
        said = comment and lines_of(comment.text)
        return self._content.comment(made, comment) if comment and said else ""

    def _end(self, made: Element, comment: str, footnote: str) -> None:
        if comment:
            self._content.end_comment(made, comment)
        if footnote:
            self._content.note(made, self._notes, footnote)

    def _note(self, note: Note) -> None:
        """One frame, on one page if it can be; the label stands before the first paragraph only."""
        for place, text in enumerate(note.paragraphs, 1):
            keep = {"fo:keep-with-next": "always"} if place < len(note.paragraphs) else None
            made = self._content.paragraph("note", keep)
            self._content.words(made, text if place > 1 else note.label + text)
