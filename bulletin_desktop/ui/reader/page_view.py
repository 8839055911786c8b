"""The view of a page: a column of fixed measure in the middle of whatever room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from bulletin_desktop.ui.reader.page import JOINER, new_document, set_article

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.records import ArticleText
    from bulletin_desktop.ui.reader.page import PageStyle
    from bulletin_desktop.ui.theme import Tokens

_ABOVE = 36
_SIDE = 28


class PageView(QTextBrowser):
    """Shows an article. It takes no input method, so that single keys act in it."""

    def __init__(self, style: PageStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.page_style = style
        self._body_at = 0
        self.setDocument(new_document())
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(style.width)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._centre()

    def show_article(self, text: ArticleText, facts: str, tokens: Tokens) -> None:
        """Set an article, from its top."""
        self._body_at = set_article(self.document(), text, facts, tokens, self.page_style)
        # The view's own cursor was pushed to the end by what was put in before it.
        self.setTextCursor(QTextCursor(self.document()))
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle; a narrow room narrows the column."""
        self._centre()
        super().resizeEvent(event)

    def _centre(self) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * _SIDE
        width = max(10 * self.page_style.size, min(self.page_style.width, room))
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)
        side = max(_SIDE, (room - width) // 2 + _SIDE)
        self.setViewportMargins(side, _ABOVE, 0, 0)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: plain text with line feeds, as the article has it."""
        cursor = self.textCursor()
        text = cursor.selectedText().replace("\u2029", "\n")
        data = QMimeData()
        data.setText(text.replace(JOINER, "") if cursor.selectionStart() < self._body_at else text)
        return data

    def page_down(self) -> bool:
        """Scroll by almost a page; says whether there was anything left to scroll."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + int(bar.pageStep() * 0.9))
        return bar.value() > before
