"""Footnotes, endnotes and comments of a Word document: parts of their own, and signs in the text.

Source: ECMA-376 part 1, 17.11 footnotes and endnotes, 17.13.4 comments. python-docx has no notes,
and comments only for documents that it has opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from bulletin_desktop.exporting.blocks import lines_of
from bulletin_desktop.exporting.text_file import clean
from bulletin_desktop.exporting.word_styles import (
    COMMENT_SIGN,
    COMMENT_TEXT,
    ENDNOTE_SIGN,
    FOOTNOTE_SIGN,
)
from bulletin_desktop.exporting.wordml import element, mark_run, paragraph, text_run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin_desktop.exporting.compiled import CitationsAs, Comment
    from bulletin_desktop.exporting.wordml import Element

# Ids of the two notes that every document has: the rules between text and notes.
_RULES = {0: "separator", 1: "continuationSeparator"}
# LibreOffice takes a comment for the foot- or endnote of the same id, and mixes up their texts.
_FIRST_COMMENT = 1_000_000
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_NAME_LENGTH = 255


class Notes:
    """The citations of a document: footnotes, counted anew on each page, or endnotes."""

    def __init__(self, citations: CitationsAs) -> None:
        self._ends = citations == "endnotes"
        self.part = "endnotes" if self._ends else "footnotes"
        self._kind = self.part[:-1]
        self._made: list[Element] = []

    def sign(self, text: str) -> Element:
        """Keep a note and give the run that leads to it."""
        number = len(_RULES) + len(self._made)
        style = "EndnoteText" if self._ends else "FootnoteText"
        own = mark_run(self._sign, element(f"{self._kind}Ref"))
        self._made.append(
            element(self._kind, paragraph(style, own, text_run(f" {text}")), id=number)
        )
        return mark_run(self._sign, element(f"{self._kind}Reference", id=number))

    @property
    def _sign(self) -> str:
        return ENDNOTE_SIGN if self._ends else FOOTNOTE_SIGN

    def content(self) -> Element | None:
        """The content of the part, or None without notes."""
        if not self._made:
            return None
        rules = (
            element(self._kind, _rule(kind), type=kind, id=number)
            for number, kind in _RULES.items()
        )
        return element(self.part, *rules, *self._made)

    def settings(self) -> list[Element]:
        """What settings.xml says of them."""
        rules = (element(self._kind, id=number) for number in _RULES)
        return [element(f"{self._kind}Pr", *self._counting(), *rules)] if self._made else []

    def section(self) -> list[Element]:
        """The same for a section; LibreOffice looks for it there alone."""
        return [element(f"{self._kind}Pr", *self._counting())] if self._made else []

    def _counting(self) -> list[Element]:
        if self._ends:
            return [element("numFmt", val="decimal")]
        anew = element("numRestart", val="eachPage")
        return [element("numFmt", val="decimalEnclosedCircle"), anew]


def _rule(kind: str) -> Element:
    tight = element("spacing", before=0, after=0, line=240, lineRule="auto")
    return element("p", element("pPr", tight), element("r", element(kind)))


class Comments:
    """The notes of users as comments beside the text."""

    def __init__(self, author: str, runs: Callable[[str], Sequence[Element]]) -> None:
        """``author`` is named where a note does not name its own; ``runs`` sets a line of one."""
        self._author = author
        self._runs = runs
        self._made: list[Element] = []
        self._open: dict[int, int] = {}

    def begin(self, comment: Comment, highlight: int = 0) -> list[Element]:
        """What stands where a comment's passage begins; nothing for a comment that says nothing."""
        lines = lines_of(comment.text)
        if not lines:
            return []
        self._open[highlight] = number = _FIRST_COMMENT + len(self._made)
        self._made.append(self._content(comment, lines, number))
        return [element("commentRangeStart", id=number)]

    def end(self, highlight: int = 0) -> list[Element]:
        """What stands where the passage ends."""
        number = self._open.pop(highlight, None)
        if number is None:
            return []
        sign = mark_run(COMMENT_SIGN, element("commentReference", id=number))
        return [element("commentRangeEnd", id=number), sign]

    def around(self, comment: Comment | None, *content: Element) -> list[Element]:
        """Content with a comment on it, if there is one."""
        if comment is None:
            return list(content)
        return [*self.begin(comment), *content, *self.end()]

    def content(self) -> Element | None:
        """The content of comments.xml, or None without comments."""
        return element("comments", *self._made) if self._made else None

    def _content(self, comment: Comment, lines: Sequence[str], number: int) -> Element:
        author = clean(comment.author or self._author)[:_NAME_LENGTH]
        made = element("comment", id=number, author=author, initials=author[:1])
        if time := _TIME.match(comment.at):
            made.set(qn("w:date"), f"{time[1]}Z")
        sign = [mark_run(COMMENT_SIGN, element("annotationRef"))]
        for line in lines:
            made.append(paragraph(COMMENT_TEXT, *sign, *self._runs(line)))
            sign = []
        return made
