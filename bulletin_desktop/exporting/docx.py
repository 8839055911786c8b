"""A compilation as a Word document: cover, contents, and articles with real styles.

Sources: ECMA-376 part 1 for the format, GB/T 9704-2012 for the looks. python-docx writes the
package; the body is built from elements, since its paragraph interface slows down on long ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from bulletin_desktop.exporting import cross_links, measured, word_styles, word_tables, wordml
from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import (
    ArticleStart,
    Block,
    Cards,
    Contents,
    Cover,
    Distribution,
    Entry,
    Heading,
    Index,
    Line,
    Note,
    heading_levels,
)
from bulletin_desktop.exporting.compiled import Masthead
from bulletin_desktop.exporting.package import WordPackage
from bulletin_desktop.exporting.pages import author_gap, guess_pages
from bulletin_desktop.exporting.segments import segments
from bulletin_desktop.exporting.text_file import begins_step, progress
from bulletin_desktop.exporting.word_notes import Comments, Notes
from bulletin_desktop.replacing import replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from bulletin_desktop.exporting.blocks import IndexEntry
    from bulletin_desktop.exporting.compiled import Compilation
    from bulletin_desktop.exporting.template import Template
    from bulletin_desktop.exporting.word_styles import SectionKind
    from bulletin_desktop.exporting.wordml import Element
    from bulletin_desktop.model.change import Progress

# Paragraphs that are kept as elements before they become bytes, which take a tenth of the memory.
_CHUNK = 500


def write_docx(compilation: Compilation, path: Path, template: Template) -> Iterator[Progress]:
    """Write a compilation as DOCX, yielding progress in articles; nothing happens unless iterated.

    Page numbers in contents and index are those of a word processor where the compilation wants
    them measured and one is installed, else a guess that Word is asked to refresh. The file at
    ``path`` is replaced only whole and last, after the final progress; a generator closed before
    leaves it as it was. Raises KnownError ``write.*`` as ``replacing.placing`` does.
    """
    with replacing(path) as stream:
        yield progress(0, compilation.articles)
        document = _Document(compilation, template)
        data = yield from document.built(document.guess, refresh=True)
        done = progress(compilation.articles, compilation.articles)
        yield done
        if compilation.printing.measured and document.has_numbers:
            real = yield from measured.pages_of(data, ".docx", document.bookmarks, done)
            if real is not None:
                steps = document.built(real, refresh=False)
                data = yield from measured.quietly(steps, done)
        stream.write(data)


class _Document:
    """A compilation arranged for a template, to be built with any set of page numbers."""

    def __init__(self, compilation: Compilation, template: Template) -> None:
        self._compilation = compilation
        self._template = template
        self._blocks = tuple(blocks_of(compilation, template.parts))
        self.guess = guess_pages(self._blocks, template)
        self.has_numbers = any(isinstance(block, Contents | Index) for block in self._blocks)

    @property
    def bookmarks(self) -> dict[int, str]:
        """The names of the bookmarks of headings by anchor, 0 for the first page of articles."""
        return {anchor: wordml.bookmark_name(anchor) for anchor in (0, *self.guess)}

    def built(self, pages: Mapping[int, int], *, refresh: bool) -> Generator[Progress, None, bytes]:
        """The file with these page numbers; ``refresh`` asks Word to count for itself."""
        compilation, template = self._compilation, self._template
        levels = heading_levels(self._blocks)
        names = word_styles.style_names(levels)
        package = WordPackage(template)
        package.describe(compilation)
        writer = _Writer(compilation, template, package.footers, pages)
        writer.targets = cross_links.targets_of(self._blocks)
        writer.styles = {role: identifier for role, (identifier, _) in names.items()}
        writer.levels = levels
        for block in self._blocks:
            if isinstance(block, ArticleStart) and begins_step(block.number):
                yield progress(block.number - 1, compilation.articles)
            writer.add(block)
        body = writer.finished()
        notes, comments = writer.notes, writer.comments.content()
        for name, content in ((notes.part, notes.content()), ("comments", comments)):
            if content is not None:
                package.relate(name, content)
        package.relate("styles", word_styles.styles(template, names))
        package.relate("fontTable", word_styles.font_table(template))
        asks = refresh and self.has_numbers
        settings = word_styles.settings(template, refresh=asks, notes=notes.settings())
        package.relate("settings", settings)
        return package.packed(body)


class _Body:
    """The body of a document, of which only what came last is kept as elements."""

    def __init__(self) -> None:
        self._chunk = wordml.element("body")
        self._finished: list[bytes] = []

    @property
    def last(self) -> Element:
        return self._chunk[-1]

    def put(self, made: Element) -> None:
        if len(self._chunk) >= _CHUNK:
            self._flush()
        self._chunk.append(made)

    def _flush(self) -> None:
        data = etree.tostring(self._chunk, encoding="UTF-8")
        # What stands between the tags of the body; it declares the namespaces once for all.
        self._finished.append(data[data.index(b">") + 1 : data.rindex(b"</")])
        self._chunk = wordml.element("body")

    def document(self) -> bytes:
        """document.xml, whole."""
        self._flush()
        empty = wordml.element("document", wordml.element("body"))
        head, tail = etree.tostring(empty, encoding="UTF-8", standalone=True).split(b"<w:body/>")
        return b"".join([head, b"<w:body>", *self._finished, b"</w:body>", tail])


class _Writer:
    """Turns blocks into paragraphs; opens and closes the sections of the document."""

    def __init__(
        self,
        compilation: Compilation,
        template: Template,
        footers: Mapping[str, str],
        pages: Mapping[int, int],
    ) -> None:
        self._body = _Body()
        self._footers = footers
        self._template = template
        self._pages = pages
        self._section: SectionKind = "articles"
        self._starts = False
        self.notes = Notes(compilation.printing.citations)
        self.comments = Comments(compilation.annotator, self._linked)
        self.targets: Mapping[str, int] = {}
        self.styles: Mapping[str, str] = {}
        self.levels: Mapping[str, int] = {}
        self._adding: dict[type[Block], Callable[[Any], None]] = {
            Cover: self._cover,
            Masthead: self._masthead,
            Contents: self._contents,
            Heading: self._heading,
            Line: self._line,
            Note: self._note,
            Cards: lambda block: self._framed(word_tables.cards(block, template)),
            Index: self._index,
            Distribution: lambda block: self._framed(*word_tables.distribution(block, template)),
        }

    def add(self, block: Block) -> None:
        """Write one block."""
        if not isinstance(block, Cover | Contents):
            self._open_articles()
        if adding := self._adding.get(type(block)):
            adding(block)

    def finished(self) -> bytes:
        """document.xml; the properties of the last section stand at the end of the body."""
        self._body.put(self._section_end())
        return self._body.document()

    def _put(self, role: str, *content: Element, **place: object) -> None:
        """Write a paragraph; the first on the articles' pages bears the bookmark that counts 1."""
        if self._section == "articles" and not self._starts:
            content = (*wordml.bookmarked(0), *content)
            self._starts = True
        self._body.put(wordml.paragraph(self.styles[role], *content, **place))  # type: ignore[arg-type]

    def _framed(self, *made: Element) -> None:
        for each in (*made, wordml.closing()):
            self._body.put(each)

    def _section_end(self) -> Element:
        notes = self.notes.section()
        return word_styles.section(self._section, self._template, self._footers, notes)

    def _open_articles(self) -> None:
        """Begin the articles' section; without contents the cover's is still open."""
        if self._section == "cover":
            wordml.end_section(self._body.last, self._section_end())
        self._section = "articles"

    def _cover(self, cover: Cover) -> None:
        if cover.page:
            self._section = "cover"
        self._put("cover_title", *_runs("\n".join(cover.lines)))
        if cover.line:
            self._put("cover_line", *_runs(cover.line))
        if cover.author:
            gap = author_gap(cover, self._template) if cover.page else None
            self._put("cover_author", *_runs(cover.author), before=gap)

    def _masthead(self, masthead: Masthead) -> None:
        """The last line has the red rule below it, and so is there without words too."""
        self._put("masthead_name", *_runs(masthead.name))
        if masthead.number:
            self._put("masthead_number", *_runs(masthead.number))
        unit, date = _runs(masthead.unit), _runs(masthead.date)
        self._put("masthead_line", *unit, *([wordml.tab_run(), *date] if date else []))

    def _contents(self, contents: Contents) -> None:
        """On pages of their own behind a cover, else on the first page above the text."""
        apart = self._section == "cover"
        if apart:
            wordml.end_section(self._body.last, self._section_end())
            self._section = "contents"
        self._put("contents_heading", *_runs(contents.heading))
        deepest = max(entry.level for entry in contents.entries)
        begin = wordml.field_begin(f'TOC \\o "1-{deepest}" \\h \\z \\u')
        following = [*contents.entries[1:], None]
        for entry, after in zip(contents.entries, following, strict=True):
            # The field is open from before the first entry until behind the last.
            end = [] if after else [wordml.field_end()]
            keep = after is not None and after.level > entry.level
            self._put(f"contents_{entry.level}", *begin, self._entry(entry), *end, keep=keep)
            begin = []
        if apart:
            self._body.put(wordml.closing(self._section_end()))
            self._section = "articles"

    def _entry(self, entry: Entry) -> Element:
        return wordml.page_link(entry.text, entry.anchor, self._pages[entry.anchor])

    def _heading(self, heading: Heading) -> None:
        runs = [*_runs("\n".join(heading.lines)), *self._sign(heading.footnote)]
        marked = wordml.bookmarked(heading.anchor, *runs)
        before = 0 if heading.after_kicker else None
        level = heading.level if heading.level != self.levels[heading.role] else 0
        content = self.comments.around(heading.comment, *marked)
        self._put(heading.role, *content, before=before, level=level)

    def _sign(self, footnote: str) -> list[Element]:
        return [self.notes.sign(footnote)] if footnote else []

    def _line(self, line: Line) -> None:
        before = self._template.styles["title"].before if line.opens else None
        words = self._linked(line.text) if line.role == "intro" else list(self._segments(line))
        content = self.comments.around(line.comment, *words, *self._sign(line.footnote))
        self._put(line.role, *content, keep=line.keep, before=before)

    def _segments(self, line: Line) -> Iterator[Element]:
        """The runs of a line, with its subheads, shaded passages and comments."""
        for segment in segments(line):
            for mark in segment.begins:
                if mark.comment:
                    yield from self.comments.begin(mark.comment, mark.number)
            style = word_styles.SUBHEADS[segment.level - 1] if segment.level else ""
            yield wordml.text_run(segment.text, style, segment.ground)
            for mark in segment.ends:
                yield from self.comments.end(mark.number)

    def _linked(self, text: str) -> list[Element]:
        """The runs of what a user wrote; links to articles lead there."""
        return [
            wordml.link(anchor, wordml.text_run(piece)) if anchor else wordml.text_run(piece)
            for piece, anchor in cross_links.pieces(text, self.targets)
        ]

    def _note(self, note: Note) -> None:
        """One frame, on one page if it can be; the label stands before the first paragraph only."""
        label = _runs(note.label)
        for place, text in enumerate(note.paragraphs, 1):
            last = place == len(note.paragraphs)
            self._put("note", *label, *self._linked(text), keep=not last)
            label = []

    def _index(self, index: Index) -> None:
        self._put("index_heading", *_runs(index.heading))
        for entry in index.entries:
            self._theme(entry)

    def _theme(self, entry: IndexEntry) -> None:
        size = self._template.styles["index_theme"].size
        left = wordml.twips(entry.depth * size)
        self._put("index_theme", *_runs(entry.theme), left=left)
        own = self._template.styles["index_entry"]
        inside = left + wordml.twips(own.left * own.size) if left else 0
        for title, anchor in entry.places:
            link = wordml.page_link(title, anchor, self._pages[anchor])
            self._put("index_entry", link, left=inside)


def _runs(text: str) -> Sequence[Element]:
    return [wordml.text_run(text)] if text else []
