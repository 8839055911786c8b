"""A compilation as a Word document: cover, contents, and articles with real styles.

Sources: ECMA-376 part 1 for the format, GB/T 9704-2012 for the looks. python-docx writes the
package; the body is built from elements, since its paragraph interface slows down on long ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bulletin_desktop.exporting import wordml
from bulletin_desktop.exporting.blocks import (
    ArticleStart,
    Block,
    Compilation,
    Contents,
    Cover,
    Entry,
    Heading,
    Line,
    Note,
    blocks_of,
    joined,
    lines_of,
)
from bulletin_desktop.exporting.package import WordPackage
from bulletin_desktop.exporting.pages import author_gap, guess_pages
from bulletin_desktop.exporting.template import Template, load_template
from bulletin_desktop.exporting.wordml import Element, SectionKind
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.replacing import replacing

_ARTICLES_A_STEP = 10


def write_docx(
    compilation: Compilation, path: Path, template: Template | None = None
) -> Iterator[Progress]:
    """Write a compilation as DOCX, yielding progress in articles; nothing happens unless iterated.

    The file at ``path`` is replaced only whole and last, after the final progress; a generator
    closed before leaves it as it was. Raises KnownError ``write.*`` as ``replacing.placing`` does,
    and ``export.bad_template`` as ``template.load_template`` does.
    """
    template = template or load_template()
    package = WordPackage(template)
    with replacing(path) as stream:
        yield _progress(0, compilation.articles)
        blocks = tuple(blocks_of(compilation))
        author = compilation.author or compilation.annotator
        package.name(joined(lines_of(compilation.title)), author)
        writer = _Writer(package, template, guess_pages(blocks, template))
        for block in blocks:
            if isinstance(block, ArticleStart) and _begins_step(block.number):
                yield _progress(block.number - 1, compilation.articles)
            writer.add(block)
        writer.close()
        yield _progress(compilation.articles, compilation.articles)
        stream.write(package.packed())


def _begins_step(number: int) -> bool:
    return number > 1 and number % _ARTICLES_A_STEP == 1


def _progress(done: int, total: int) -> Progress:
    return Progress(done, total, Message("export.progress", {"done": done, "total": total}))


class _Writer:
    """Turns blocks into paragraphs; opens and closes the sections of the document."""

    def __init__(self, package: WordPackage, template: Template, pages: Mapping[int, int]) -> None:
        self._body = package.body
        self._footers = package.footers
        self._template = template
        self._pages = pages
        self._section: SectionKind = "cover"

    def add(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Cover():
                self._cover(block)
            case Contents():
                self._contents(block)
            case ArticleStart():
                self._open_articles()
            case Heading():
                self._open_articles()
                self._heading(block)
            case Line():
                self._line(block)
            case Note():
                self._note(block)

    def close(self) -> None:
        """Write the properties of the last section, which stand at the end of the body."""
        self._put(self._section_end())

    def _put(self, made: Element) -> None:
        self._body.append(made)

    def _section_end(self) -> Element:
        return wordml.section(self._section, self._template, self._footers)

    def _open_articles(self) -> None:
        """Begin the articles' section; without contents the cover's is still open."""
        if self._section == "cover":
            wordml.end_section(self._body[-1], self._section_end())
        self._section = "articles"

    def _cover(self, cover: Cover) -> None:
        self._put(wordml.paragraph("cover_title", *_runs("\n".join(cover.lines))))
        if cover.line:
            self._put(wordml.paragraph("cover_line", *_runs(cover.line)))
        if cover.author:
            gap = author_gap(cover, self._template)
            self._put(wordml.paragraph("cover_author", *_runs(cover.author), before=gap))

    def _contents(self, contents: Contents) -> None:
        wordml.end_section(self._body[-1], self._section_end())
        self._section = "contents"
        self._put(wordml.paragraph("contents_heading", *_runs(contents.heading)))
        entries = [self._entry(entry) for entry in contents.entries]
        # The field is open from before the first entry until behind the last.
        entries[0][1:1] = wordml.field_begin('TOC \\o "1-2" \\h \\z \\u')
        entries[-1].append(wordml.field_end())
        for entry in entries:
            self._put(entry)
        self._put(wordml.closing(self._section_end()))
        self._section = "articles"

    def _entry(self, entry: Entry) -> Element:
        link = wordml.contents_entry(entry.text, entry.anchor, self._pages[entry.anchor])
        return wordml.paragraph(f"contents_{entry.level}", link)

    def _heading(self, heading: Heading) -> None:
        role = "group" if heading.level == 1 else "title"
        marked = wordml.bookmarked(heading.anchor, *_runs("\n".join(heading.lines)))
        before = 0 if heading.after_kicker else None
        self._put(wordml.paragraph(role, *marked, before=before))

    def _line(self, line: Line) -> None:
        before = self._template.styles["title"].before if line.opens else None
        self._put(wordml.paragraph(line.role, *_runs(line.text), keep=line.keep, before=before))

    def _note(self, note: Note) -> None:
        """One frame, on one page if it can be; the label stands before the first paragraph only."""
        label = note.label
        for place, text in enumerate(note.paragraphs, 1):
            last = place == len(note.paragraphs)
            self._put(wordml.paragraph("note", *_runs(label + text), keep=not last))
            label = ""


def _runs(text: str) -> list[Element]:
    return [wordml.text_run(text)]
