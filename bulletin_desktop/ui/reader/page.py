"""Setting an article as a page: title, facts, paragraphs with a first-line indent, source."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.reader import typefaces
from bulletin_desktop.ui.reader.positions import utf16_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QFont, QTextBlock

    from bulletin_desktop.model.records import ArticleText, Erratum, Subhead
    from bulletin_desktop.ui.reader.style import PageStyle
    from bulletin_desktop.ui.theme import Tokens

FACT_GAP = "　·　"
# Where a click on an inferred date leads.
DATE = "date"
JOINER = "\u2060"
# Spaces before a closing mark or after an opening one: there Qt would break the line.
_STRAY = re.compile(
    r" +(?=[，。、；：！？）》〉」』】〕”’…—％)\],;:!?])|(?<=[“‘（《〈「『【〔(\[]) +"
)
# Qt stretches a justified line at its spaces alone, or else between all letters. With Latin words
# that tears holes, so that a paragraph which has some is set ragged.
_LATIN = re.compile(r"[A-Za-z]{8}|[A-Za-z][,.;:!?]? +[A-Za-z]")
_LETTER = re.compile(rb"[A-Za-z]")
_TITLE = 1.47
_FACTS = 13 / 17
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


class Sheet(NamedTuple):
    """What stands on a page: an article, the line of facts under its title, its subheads.

    ``inferred`` are the words of the facts that a click asks about, ``asked`` tells so; ``mended``
    is the sentence in which the printed words of a misprint are told.
    """

    text: ArticleText
    facts: str
    subheads: Sequence[Subhead] = ()
    inferred: str = ""
    asked: str = ""
    mended: str = "{}"


def new_document() -> QTextDocument:
    """An empty document with the rules of the page.

    Qt keeps the rules of Chinese lines but for stray spaces (``_bound``): no closing mark begins a
    line, no opening mark ends one, no dash and no ellipsis is torn. Only what is longer than a line
    without a place to break, such as a row of dots over the whole measure, is broken anywhere.
    """
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    return document


def set_sheet(
    document: QTextDocument, sheet: Sheet, tokens: Tokens, style: PageStyle,
    *, above: int = 0, below: int = 0,
) -> int:  # fmt: skip
    """Fill a new document with a sheet; gives the UTF-16 position where the body begins.

    ``above`` and ``below`` are pixels of room that scrolls with the text.
    """
    document.setDefaultFont(typefaces.font(style.face, style.size))
    setter = _Setter(QTextCursor(document), tokens, style)
    setter.cursor.beginEditBlock()
    set_margins(document, above, below)
    _set_head(setter, sheet, style)
    body_at = setter.cursor.position() + 1  # the next block
    _set_body(setter, sheet, style)
    source = sheet.text.article.source
    if source:
        setter.line(f"（{source}）", setter.font, "muted", right=True, above=style.spacing)
    setter.cursor.endEditBlock()
    return body_at


def _set_body(setter: _Setter, sheet: Sheet, style: PageStyle) -> None:
    heads = _heads(sheet, style)
    text = sheet.text
    if not heads and not text.errata:
        setter.paragraphs(text.paragraphs)
        return
    plain: list[str] = []
    at = 0
    for number, paragraph in enumerate(text.paragraphs):
        end = at + len(paragraph)
        errata = [e for e in text.errata if at <= e.start and e.end <= end]
        if errata or number in heads:
            setter.paragraphs(plain)
            plain = []
            setter.paragraph(paragraph, heads.get(number, ()))
            moved = [e._replace(start=e.start - at, end=e.end - at) for e in errata]
            setter.mend(moved, sheet.mended)
        else:
            plain.append(paragraph)
        at = end + 1
    setter.paragraphs(plain)


def _heads(sheet: Sheet, style: PageStyle) -> dict[int, list[Subhead]]:
    """The subheads that stand out, by paragraph."""
    shown = sheet.subheads if style.subheads else ()
    return {number: list(found) for number, found in groupby(shown, lambda head: head.paragraph)}


def set_subheads(
    document: QTextDocument, body_at: int, sheet: Sheet, tokens: Tokens, style: PageStyle
) -> None:
    """Have the subheads of a page stand out that was set without them."""
    setter = _Setter(QTextCursor(document), tokens, style)
    first = document.findBlock(body_at).blockNumber()
    setter.cursor.beginEditBlock()
    for number, heads in _heads(sheet, style).items():
        setter.stand_out(document.findBlockByNumber(first + number), heads)
    setter.cursor.endEditBlock()


def set_margins(document: QTextDocument, above: int, below: int) -> None:
    """Leave room above and below a page."""
    frame = document.rootFrame()
    made = frame.frameFormat()
    made.setTopMargin(above)
    made.setBottomMargin(below)
    frame.setFrameFormat(made)


def _set_head(setter: _Setter, sheet: Sheet, style: PageStyle) -> None:
    article = sheet.text.article
    if article.kicker:
        setter.line(article.kicker, setter.font, "muted", below=4)
    for line in article.title.split("\n") if article.title else []:
        setter.line(line, typefaces.display(style.face, round(style.size * _TITLE)), "text")
    for number, line in enumerate(article.subtitle.split("\n") if article.subtitle else []):
        words = line if number else f"——{line}"
        setter.line(words, typefaces.font(style.face, style.size + 1), "text")
    facts = theme.sans(max(12, round(style.size * _FACTS)))
    setter.line(_unbroken(sheet.facts), facts, "muted", above=4, below=14)
    if sheet.inferred:
        setter.link(_unbroken(sheet.inferred), DATE, sheet.asked)


def _unbroken(facts: str) -> str:
    """The facts with word joiners, so that a narrow page breaks between two facts only."""
    whole = facts.replace(" ", "\u00a0").split(FACT_GAP)
    return FACT_GAP.join(JOINER.join(fact) for fact in whole)


def _bound(text: str) -> str:
    """A text of the same length in which no line breaks at a space between a mark and its words."""
    return text if " " not in text else _STRAY.sub(lambda spaces: "\u00a0" * len(spaces[0]), text)


def _is_latin(text: str) -> bool:
    """Whether a paragraph has Latin words; most have no letter, which is told at once."""
    letters = _LETTER.search(text.encode("ascii", "ignore"))
    return letters is not None and _LATIN.search(text) is not None


class _Setter:
    """Puts blocks at the end of a document."""

    def __init__(self, cursor: QTextCursor, tokens: Tokens, style: PageStyle) -> None:
        self.cursor = cursor
        self.font = typefaces.font(style.face, style.size)
        self._tokens = tokens
        self._style = style
        self._empty = True
        self._block = QTextBlockFormat()
        justified, left = Qt.AlignmentFlag.AlignJustify, Qt.AlignmentFlag.AlignLeft
        self._block.setAlignment(justified if style.justified else left)
        self._block.setTextIndent(style.indent * style.size)
        self._block.setBottomMargin(style.spacing)
        self._block.setLineHeight(style.size * style.leading, _FIXED)
        self._ragged = QTextBlockFormat(self._block)
        self._ragged.setAlignment(left)
        self._char = self._format(self.font, "text")
        self._strong: QTextCharFormat | None = None

    def _format(self, font: QFont, token: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(font)
        made.setForeground(QBrush(self._tokens.colour(token)))
        return made

    def _put(self, text: str, block: QTextBlockFormat, char: QTextCharFormat) -> None:
        if self._empty:
            self.cursor.setBlockFormat(block)
            self._empty = False
        else:
            self.cursor.insertBlock(block, char)
        self.cursor.insertText(text, char)

    def paragraphs(self, texts: Iterable[str]) -> None:
        """Paragraphs of the body in which nothing stands out, as many as can be at once."""
        for ragged, like in groupby(map(_bound, texts), _is_latin):
            self._put("\n".join(like), self._ragged if ragged else self._block, self._char)

    def paragraph(self, text: str, heads: Sequence[Subhead]) -> None:
        """A paragraph of the body, in which the words of subheads stand out."""
        self.paragraphs([text])
        self.stand_out(self.cursor.block(), heads)

    def stand_out(self, block: QTextBlock, heads: Iterable[Subhead]) -> None:
        """Have subheads of a paragraph that is set stand out."""
        for head in heads:
            start, length = utf16_range(block.text(), head.start, head.end)
            self._mark(block.position() + start, length, self._standing_out(head))

    def mend(self, errata: Iterable[Erratum], sentence: str) -> None:
        """Underline mended misprints of the last paragraph, and keep the printed words for it."""
        block = self.cursor.block()
        for erratum in errata:
            start, length = utf16_range(block.text(), erratum.start, erratum.end)
            made = QTextCharFormat()
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            made.setUnderlineColor(self._tokens.colour("accent"))
            made.setToolTip(sentence.format(erratum.printed))
            self._mark(block.position() + start, length, made)

    def link(self, words: str, target: str, tip: str) -> None:
        """Let words of the last line be clicked; ``tip`` says what for."""
        at = self.cursor.block().text().find(words)
        if at >= 0:
            made = QTextCharFormat()
            made.setAnchor(True)
            made.setAnchorHref(target)
            made.setToolTip(tip)
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            self._mark(self.cursor.block().position() + at, len(words), made)

    def _mark(self, position: int, length: int, made: QTextCharFormat) -> None:
        cursor = QTextCursor(self.cursor.document())
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(made)

    def _standing_out(self, head: Subhead) -> QTextCharFormat:
        """Hei for a heading of the first level, else the bold of the face."""
        size = self._style.size
        if head.level == 1:
            return self._format(typefaces.font("hei", size, bold=True), "text")
        if self._strong is None:
            self._strong = self._format(typefaces.strong(self._style.face, size), "text")
        return self._strong

    def line(
        self, text: str, font: QFont, token: str, *, right: bool = False,
        above: int = 0, below: int = 0,
    ) -> None:  # fmt: skip
        """A line of its own: centred, or at the right edge."""
        block = QTextBlockFormat()
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignHCenter
        block.setAlignment(edge)
        block.setTopMargin(above)
        block.setBottomMargin(below)
        block.setLineHeight(font.pixelSize() * (1.9 if right else 1.45), _FIXED)
        self._put(text, block, self._format(font, token))
