"""From a place on the page to the place in the document that it was set from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.ui.reader.positions import code_point, utf16_length

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from bulletin_desktop.model.records import ArticleText, LaidArticle
    from bulletin_desktop.ui.reader.page import Sheet


class Line(NamedTuple):
    """A place on the page: the ``number``-th part of a role, and the code point in it.

    ``words`` are those of the part as the page shows them.
    """

    role: str
    number: int
    offset: int
    words: str


def line_of(sheet: Sheet, body_at: int, document: QTextDocument, position: int) -> Line | None:
    """The part of the article that a position of its page lies in; None on the line of facts.

    ``body_at`` is the position where the body begins.
    """
    if position >= body_at:
        return _in_body(sheet.text, position - body_at)
    block = document.findBlock(position)
    roles = _head_roles(sheet)
    if block.blockNumber() >= len(roles):
        return None
    role, number = roles[block.blockNumber()]
    words = block.text()
    dashes = len("——") if role == "subtitle" and not number else 0  # the page's own
    offset = code_point(words, position - block.position()) - dashes
    return Line(role, number, max(0, offset), words[dashes:])


def _head_roles(sheet: Sheet) -> list[tuple[str, int]]:
    article = sheet.text.article
    fields = (("title", article.title), ("subtitle", article.subtitle))
    found = [("kicker", 0)] if article.kicker else []
    for role, words in fields:
        found += [(role, number) for number in range(len(words.split("\n")) if words else 0)]
    return found


def _in_body(text: ArticleText, unit: int) -> Line:
    """A paragraph, or the source below them."""
    at = code_point(text.body, unit)
    source = text.article.source
    if unit > utf16_length(text.body) and source:
        return Line("source", 0, 0, source)
    for number, paragraph in enumerate(text.paragraphs):
        if at <= len(paragraph):
            return Line("body", number, at, paragraph)
        at -= len(paragraph) + 1
    return Line("title", 0, 0, text.article.heading)


def place_of(line: Line, article: LaidArticle, text: ArticleText, source: str) -> int:
    """The code point of a document's text ``source`` that a place on the page was set from."""
    parts = [part for part in article.parts if part.role == line.role]
    if not parts:
        return article.start
    part = parts[min(line.number, len(parts) - 1)]
    if line.role == "body":
        offset = _as_printed(line, text)
    else:  # the page shows it without its marks
        offset = line.offset + max(0, source[part.start : part.end].find(line.words))
    return min(part.start + offset, part.end)


def _as_printed(line: Line, text: ArticleText) -> int:
    """The offset in a paragraph as it is printed, before misprints were mended."""
    before = sum(len(paragraph) + 1 for paragraph in text.paragraphs[: line.number])
    shift = 0
    for erratum in text.errata:
        start, end = erratum.start - before, erratum.end - before
        if not 0 <= start < line.offset:
            continue
        if line.offset < end:
            return start + shift + min(line.offset - start, len(erratum.printed))
        shift += len(erratum.printed) - (end - start)
    return line.offset + shift
