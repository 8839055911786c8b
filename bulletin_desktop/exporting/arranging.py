"""Arranging a compilation: which blocks it is printed as, in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin_desktop.exporting.blocks import (
    BLANKS,
    ArticleStart,
    Card,
    Cards,
    Contents,
    Cover,
    Distribution,
    Entry,
    Heading,
    Index,
    IndexEntry,
    Line,
    LineHead,
    LineMark,
    Note,
    Parts,
    joined,
    lines_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bulletin_desktop.exporting.blocks import Block, HeadingRole, LineRole
    from bulletin_desktop.exporting.compiled import (
        Comment,
        Compilation,
        CompiledArticle,
        CompiledGroup,
        Labels,
    )

# Characters. LibreOffice never parts a paragraph that stays with the next one; if it is long, it
# leaves a gap at the foot of the page.
_SHORT = 120


def blocks_of(compilation: Compilation, parts: Parts) -> Iterator[Block]:
    """The blocks of a compilation in printing order, with the parts that are wanted."""
    yield from _front(compilation, parts)
    if parts.cards:
        yield Cards(compilation.labels.cards, tuple(_cards(compilation)))
        return
    body = tuple(_body(compilation))
    entries = tuple(_entries(body))
    if entries and parts.contents:
        yield Contents(compilation.labels.contents, entries)
    for text in compilation.intro:
        for line in lines_of(text):
            yield Line("intro", line)
    yield from body
    indexed = parts.index or compilation.printing.index
    if indexed and (index := tuple(_index(compilation, body))):
        yield Index(compilation.labels.index, index)
    if parts.distribution and compilation.distribution:
        yield Distribution(compilation.distribution)


def _front(compilation: Compilation, parts: Parts) -> Iterator[Block]:
    if parts.masthead and compilation.masthead:
        yield compilation.masthead
    else:
        line, author = compilation.line or None, compilation.author or None
        yield Cover(lines_of(compilation.title), line, author, parts.cover)


def _entries(body: Iterable[Block]) -> Iterator[Entry]:
    for block in body:
        if isinstance(block, Heading):
            yield Entry(block.level, joined(block.lines), block.anchor)


def _body(compilation: Compilation) -> Iterator[Block]:
    anchor = number = 0
    setting = _Setting(compilation)
    for group in compilation.groups:
        if heading := lines_of(group.heading):
            anchor += 1
            yield Heading(*setting.place(group), heading, anchor)
        for article in group.articles:
            number += 1
            anchor += 1
            yield ArticleStart(number, article)
            yield from setting.head(article, anchor)
            yield from setting.text(article)
            note = lines_of(article.note.text) if article.note else ()
            if compilation.printing.notes == "printed" and note:
                yield Note(compilation.labels.note, note)


class _Setting:
    """Sets articles by the choices of a compilation."""

    def __init__(self, compilation: Compilation) -> None:
        self._labels: Labels = compilation.labels
        self._printing = compilation.printing
        self._grouped = False
        self._level = 0  # of the last heading of a group

    def place(self, group: CompiledGroup) -> tuple[HeadingRole, int]:
        """The role of a group's heading, and its level in an outline without gaps."""
        self._grouped = self._grouped or group.level == 1
        role: HeadingRole = "group" if group.level == 1 else "subgroup"
        self._level = group.level if self._grouped else 1
        return role, self._level

    def head(self, article: CompiledArticle, anchor: int) -> Iterator[Block]:
        """Kicker, title, subtitle and author."""
        kicker = joined(lines_of(article.kicker))
        if kicker:
            yield Line("kicker", kicker, keep=True)
        if title := lines_of(article.title):
            yield Heading(
                "title", self._level + 1, title, anchor, bool(kicker),
                self._footnote(article), self._comment(article),
            )  # fmt: skip
        if subtitle := joined(lines_of(article.subtitle)):
            text = self._labels.subtitle.replace("{subtitle}", subtitle)
            yield Line("subtitle", text, keep=True)
        if author := joined(lines_of(article.author)):
            yield Line("author", author, keep=True)

    def _footnote(self, article: CompiledArticle) -> str:
        noted = self._printing.citations in ("footnotes", "endnotes")
        return article.citation if noted else ""

    def _comment(self, article: CompiledArticle) -> Comment | None:
        return article.note if self._printing.notes == "comments" else None

    def text(self, article: CompiledArticle) -> Iterator[Block]:
        """Body, source and issue; a short last paragraph stays with what is said of it below."""
        lines = _with_ends([line for line in self._lines(article) if line.text])
        source, issue = self._ends(article)
        for place, line in enumerate(lines, 1):
            short_last = place == len(lines) and len(line.text) <= _SHORT
            opens = place == 1 and not lines_of(article.title)
            yield Line(
                line.role, line.text, short_last and bool(source or issue), opens, line.marks,
                line.heads, self._footnote(article) if opens else "",
                self._comment(article) if opens else None,
            )  # fmt: skip
        if source:
            yield Line("source", source, keep=bool(issue))
        if issue:
            yield Line("issue", issue)

    def _ends(self, article: CompiledArticle) -> tuple[str, str]:
        source = joined(lines_of(article.source))
        issue = joined(lines_of(article.issue_label))
        if self._printing.citations != "line":
            issue = ""
        return (
            self._labels.source.replace("{source}", source) if source else "",
            self._labels.issue.replace("{issue}", issue) if issue else "",
        )

    def _lines(self, article: CompiledArticle) -> Iterator[Line]:
        """The paragraphs, trimmed, with the marks and subheads that lie in them."""
        role: LineRole = "summary" if article.extent == "summary" else "body"
        at = 0
        for paragraph in article.paragraphs:
            text = paragraph.strip(BLANKS)
            start = at + len(paragraph) - len(paragraph.lstrip(BLANKS))
            span = start, start + len(text)
            heads = [
                LineHead(max(x.start, start) - start, min(x.end, span[1]) - start, x.level)
                for x in article.subheads
                if x.start < span[1] and x.end > start
            ]
            yield Line(role, text, marks=self._marks(article, span), heads=tuple(heads))
            at += len(paragraph) + 1

    def _marks(self, article: CompiledArticle, span: tuple[int, int]) -> tuple[LineMark, ...]:
        if not self._printing.highlights and self._printing.notes != "comments":
            return ()
        start, end = span
        return tuple(
            LineMark(
                mark.number, max(mark.start, start) - start, min(mark.end, end) - start,
                mark.colour if self._printing.highlights else "", mark.themes,
                mark.comment if self._printing.notes == "comments" else None,
            )
            for mark in article.marks
            if mark.start < end and mark.end > start
        )  # fmt: skip


def _with_ends(lines: Sequence[Line]) -> list[Line]:
    """Lines whose marks tell where their highlights begin and end."""
    last = {mark.number: place for place, line in enumerate(lines) for mark in line.marks}
    begun: set[int] = set()
    told = []
    for place, line in enumerate(lines):
        marks = tuple(
            replace(mark, first=mark.number not in begun, last=last[mark.number] == place)
            for mark in line.marks
        )
        begun.update(mark.number for mark in marks)
        told.append(replace(line, marks=marks) if marks else line)
    return told


def _cards(compilation: Compilation) -> Iterator[Card]:
    noted = compilation.printing.notes != "none"
    for group in compilation.groups:
        for article in group.articles:
            for mark, words in article.quotes:
                note = mark.comment.text if mark.comment and noted else ""
                cells = (
                    words, "、".join(mark.themes),
                    joined(lines_of(article.title)), joined(lines_of(article.source)),
                    article.date_label, note,
                )  # fmt: skip
                yield Card(mark.number, mark.colour, cells)


def _index(compilation: Compilation, body: Sequence[Block]) -> Iterator[IndexEntry]:
    """The themes with the articles that have a title to lead to, on them or on a passage."""
    places: dict[str, list[tuple[str, int]]] = {}
    article = None
    for block in body:
        if isinstance(block, ArticleStart):
            article = block.article
        elif isinstance(block, Heading) and block.role == "title" and article:
            marked = [theme for mark, _ in article.quotes for theme in mark.themes]
            for theme in dict.fromkeys((*article.themes, *marked)):
                places.setdefault(theme, []).append((joined(block.lines), block.anchor))
    depths: dict[str | None, int] = {None: -1}
    for known in compilation.themes:
        depths[known.name] = depths[known.parent] + 1
        found = tuple(places.get(known.name, ()))
        yield IndexEntry(known.name, known.colour, depths[known.name], found)
