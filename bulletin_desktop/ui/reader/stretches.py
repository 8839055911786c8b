"""Stretches of words on a page: where they are in pixels, and which ones are in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QTextDocument, QTextLine

    from bulletin_desktop.ui.reader.page_view import PageView


def seen(page: PageView, exposed: QRect) -> tuple[int, int]:
    """The positions of the first and the last words in a part of the view."""
    above = page.verticalScrollBar().value()
    layout, fuzzy = page.document().documentLayout(), Qt.HitTestAccuracy.FuzzyHit
    first = layout.hitTest(QPointF(0, above + exposed.top()), fuzzy)
    return first, layout.hitTest(QPointF(page.width(), above + exposed.bottom()), fuzzy)


def boxes(document: QTextDocument, start: int, end: int) -> Iterator[QRectF]:
    """The boxes around words, one a line, in pixels of the page."""
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        layout = block.layout()
        at, stop = max(0, start - block.position()), end - block.position()
        line = layout.lineForTextPosition(at)
        while line.isValid() and line.textStart() < stop:
            yield _box(line, at, stop).translated(layout.position())
            line = layout.lineAt(line.lineNumber() + 1)
        block = block.next()


def _box(line: QTextLine, start: int, end: int) -> QRectF:
    """The box around the words of a line between two positions of its block."""
    first, last = line.textStart(), line.textStart() + line.textLength()
    left, right = (_x(line, max(first, min(at, last))) for at in (start, end))
    return QRectF(left, line.y(), right - left, line.height())


def _x(line: QTextLine, position: int) -> float:
    found: tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return found[0]
