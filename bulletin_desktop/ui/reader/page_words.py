"""Words of a page: those that are selected, and what is told of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QToolTip

from bulletin_desktop.ui.reader.page import JOINER
from bulletin_desktop.ui.reader.positions import code_point, utf16_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHelpEvent

    from bulletin_desktop.model.records import Article
    from bulletin_desktop.ui.reader.page_view import PageView


def selected_range(page: PageView) -> tuple[int, int] | None:
    """The selected words of the body as code points; None where none of its words are selected."""
    cursor = page.textCursor()
    if page.sheet is None or not cursor.hasSelection():
        return None
    body = page.sheet.text.body
    start, end = (
        code_point(body, max(0, position - page.body_at))
        for position in (cursor.selectionStart(), cursor.selectionEnd())
    )
    return (start, end) if body[start:end].strip() else None


def select_range(page: PageView, start: int, end: int) -> None:
    """Select words of the body, given as code points, and have them in sight."""
    cursor = QTextCursor(page.document())
    cursor.setPosition(page.position_of(start))
    cursor.setPosition(page.position_of(end), QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    if not page.sees(cursor.selectionEnd()):
        page.look_at(cursor.selectionStart())


def unselect(page: PageView) -> None:
    """Select nothing; the cursor stays behind the words that were selected."""
    cursor = page.textCursor()
    cursor.setPosition(cursor.selectionEnd())
    page.setTextCursor(cursor)


def selected_words(page: PageView) -> str:
    """The selected words, with line feeds; those of the body as the article has them."""
    cursor = page.textCursor()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    body = page.sheet.text.body if page.sheet is not None else ""
    begun, ended = (code_point(body, at - page.body_at) for at in (start, end))
    after = page.body_at + utf16_length(body)
    head = _between(page, start, min(end, page.body_at)).replace(JOINER, "")
    return head + body[begun:ended] + _between(page, max(start, after), end)


def _between(page: PageView, start: int, end: int) -> str:
    """What stands around the body, which the page alone has."""
    if start >= end:
        return ""
    cursor = QTextCursor(page.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n")


def show_source(page: PageView, asked: QHelpEvent, words: Callable[[Article], str]) -> None:
    """Tell what the source means where the mouse rests on the facts or on the source."""
    assert page.sheet is not None
    block = page.cursorForPosition(asked.pos()).block()
    on_facts = block.next().position() == page.body_at
    article = page.sheet.text.article
    named = article.source and (on_facts or block == page.document().lastBlock())
    QToolTip.showText(asked.globalPos(), words(article) if named else "", page)
