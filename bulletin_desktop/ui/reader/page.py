"""Setting an article as a page: title, facts, paragraphs with a first-line indent, source."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFont,
    )

    from bulletin_desktop.model.records import ArticleText
    from bulletin_desktop.ui.theme import Tokens

FACT_GAP = "　·　"
JOINER = "\u2060"


class PageStyle(NamedTuple):
    """Sizes of the page: ``size`` in pixels, ``measure`` in characters, ``leading`` in sizes."""

    size: int = 17
    measure: int = 34
    leading: float = 1.9
    spacing: int = 6

    @property
    def width(self) -> int:
        """The width of a line in pixels."""
        return self.size * self.measure


def new_document() -> QTextDocument:
    """An empty document with the rules of the page."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    return document


def set_article(
    document: QTextDocument, text: ArticleText, facts: str, tokens: Tokens, style: PageStyle
) -> int:
    """Fill a document with an article; ``facts`` is the line under the title.

    Gives the UTF-16 position where the body begins.
    """
    document.clear()
    document.setDefaultFont(theme.serif(style.size))
    setter = _Setter(QTextCursor(document), tokens, style)
    setter.cursor.beginEditBlock()
    _set_head(setter, text, facts, style)
    body_at = setter.cursor.position()
    for paragraph in text.paragraphs:
        setter.paragraph(paragraph)
    if text.article.source:
        setter.line(
            f"（{text.article.source}）", style.size, "muted", right=True, above=style.spacing
        )
    setter.cursor.endEditBlock()
    return body_at


def _set_head(setter: _Setter, text: ArticleText, facts: str, style: PageStyle) -> None:
    article = text.article
    if article.kicker:
        setter.line(article.kicker, style.size, "muted", below=4)
    lines = (article.title or "").split("\n") if article.title else []
    for line in lines:
        setter.line(line, round(style.size * 1.47), "text", bold=True)
    if article.subtitle:
        for number, line in enumerate(article.subtitle.split("\n")):
            setter.line(line if number else f"——{line}", style.size + 1, "text")
    setter.line(_unbroken(facts), 13, "muted", above=4, below=14, sans=True)


def _unbroken(facts: str) -> str:
    """The facts with word joiners, so that a narrow page breaks between two facts only."""
    whole = facts.replace(" ", "\u00a0").split(FACT_GAP)
    return FACT_GAP.join(JOINER.join(fact) for fact in whole)


class _Setter:
    """Puts blocks at the end of a document."""

    def __init__(self, cursor: QTextCursor, tokens: Tokens, style: PageStyle) -> None:
        self.cursor = cursor
        self._tokens = tokens
        self._style = style
        self._empty = True
        self._block = QTextBlockFormat()
        self._block.setAlignment(Qt.AlignmentFlag.AlignJustify)
        self._block.setTextIndent(2 * style.size)
        self._block.setBottomMargin(style.spacing)
        self._block.setLineHeight(
            style.size * style.leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        self._char = self._format(theme.serif(style.size), "text")

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
            self.cursor.insertBlock(block)
        self.cursor.insertText(text, char)

    def paragraph(self, text: str) -> None:
        """A paragraph of the body."""
        self._put(text, self._block, self._char)

    def line(
        self, text: str, size: int, token: str, *, bold: bool = False, sans: bool = False,
        right: bool = False, above: int = 0, below: int = 0,
    ) -> None:  # fmt: skip
        """A line of its own: centred, or at the right edge."""
        block = QTextBlockFormat()
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignHCenter
        block.setAlignment(edge)
        block.setTopMargin(above)
        block.setBottomMargin(below)
        leading = 1.9 if right else 1.45
        block.setLineHeight(size * leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        font = theme.sans(size, bold=bold) if sans else theme.serif(size, bold=bold)
        self._put(text, block, self._format(font, token))
