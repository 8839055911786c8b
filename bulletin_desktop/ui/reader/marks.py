"""Marks over the words of a page: what differs from another text, by ground and by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QTextDocument

    from bulletin_desktop.ui.theme import Tokens

_Line = QTextCharFormat.UnderlineStyle
# Each kind has a line of its own, so that it is known without colours too.
LINES = {
    "only": _Line.SingleUnderline,
    "changed": _Line.DashUnderline,
    "moved": _Line.DotLine,
}
GROUNDS = {"only": "only", "changed": "mark"}


class Mark(NamedTuple):
    """Words that differ: the kind of difference, and code points of the body."""

    kind: str
    start: int
    end: int
    current: bool = False


def selection(
    document: QTextDocument, start: int, end: int, mark: Mark, tokens: Tokens
) -> QTextEdit.ExtraSelection:
    """A mark from one position of a document to another."""
    shown = QTextEdit.ExtraSelection()
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    made = QTextCharFormat()
    made.setUnderlineStyle(LINES[mark.kind])
    made.setUnderlineColor(tokens.colour("accent" if mark.current else "muted"))
    if mark.current:
        made.setForeground(tokens.colour("accent"))
    ground = "accent_soft" if mark.current else GROUNDS.get(mark.kind)
    if ground:
        made.setBackground(tokens.colour(ground))
    shown.cursor = cursor
    shown.format = made
    return shown


def with_current(marks: Iterable[Mark], start: int, end: float) -> list[Mark]:
    """The marks, those that lie from ``start`` to ``end`` as the ones at hand."""
    return [mark._replace(current=start <= mark.start and mark.end <= end) for mark in marks]
