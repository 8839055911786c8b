"""The view of a page: a column of fixed measure in the middle of whatever room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.reader.page import new_document, set_margins, set_sheet, set_subheads
from bulletin_desktop.ui.reader.positions import code_point, utf16_length

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.records import Article
    from bulletin_desktop.ui.reader.marks import Mark
    from bulletin_desktop.ui.reader.page import Sheet
    from bulletin_desktop.ui.reader.page_lines import Line
    from bulletin_desktop.ui.reader.style import PageStyle
    from bulletin_desktop.ui.theme import Tokens

_ABOVE = 36
_AIRY = 72
_BELOW = 36
_SIDE = 28
_NARROW_SIDE = 14
# Fewer characters a line are no line any more.
_LEAST = 6
_NOTCH = 120


class PageView(QTextBrowser):
    """Shows a sheet. It takes no input method, so that single keys act in it."""

    zoomed = Signal(int)  # notches of the wheel with Ctrl: up is larger
    laid_out = Signal()  # its words are in other places now

    def __init__(self, style: PageStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._style = style
        self._sheet: Sheet | None = None
        self._body_at = 0
        self._above = _ABOVE
        self._paper = ""
        self._marks: Sequence[Mark] = ()
        self._notches = 0
        # What one went to stays at the top until one scrolls: where it is, and where the bar stood.
        self._held = (0, 0)
        # The place of reading while something else is looked at, and where the bar stands for that.
        self._looking = (0, -1)
        # What is painted under the words of a part of the view, the lowest first, in the colours
        # of the paper.
        self.grounds: list[Callable[[QRect, Tokens], None]] = []
        self._margin = 0
        # The words of the highlight at hand, which is copied where none are selected.
        self.marked = ""
        self._tokens: Tokens | None = None
        # What is said of the source where the mouse rests on the line that names it.
        self.source_words: Callable[[Article], str] | None = None
        self._document = new_document()
        self.setDocument(self._document)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(style.width)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._centre()

    # What is shown

    def show_sheet(self, sheet: Sheet, paper: Tokens, place: int = 0) -> None:
        """Show a sheet from a code point of its body on; 0 is the top of the page."""
        self._sheet = sheet
        self.setExtraSelections([])
        self._marks = ()
        self._looking = (0, -1)
        self._set(paper)
        self.go_to(place)

    def restyle(self, style: PageStyle, paper: Tokens) -> None:
        """Set the same sheet anew; the same words stay at the top."""
        top = self._top()
        self._style = style
        if self._sheet is not None:
            self._set(paper)
        self._go(top)

    def _set(self, paper: Tokens) -> None:
        assert self._sheet is not None
        self._tokens = paper
        # A new document is laid out as far as it is seen, one that is filled again to its end.
        document = new_document()
        self._body_at = set_sheet(
            document, self._sheet, paper, self._style, above=self._above, below=_BELOW
        )
        self._held = (0, 0)
        self._centre()
        self.setDocument(document)
        self._document.deleteLater()  # else it stays as long as the view
        self._document = document
        if self._marks:
            self.set_marks(self._marks, paper)
        self.laid_out.emit()

    def add_subheads(self, sheet: Sheet) -> None:
        """Have the subheads of the same sheet, which were found meanwhile, stand out."""
        assert self._tokens is not None
        self._sheet = sheet
        top = self._top()
        set_subheads(self.document(), self._body_at, sheet, self._tokens, self._style)
        self._go(top)
        self.laid_out.emit()

    def wear(self, paper: Tokens, window: Tokens) -> None:
        """Take on the colours of the paper, where they are not the window's."""
        wanted = "" if paper.name == window.name else paper.name
        if wanted != self._paper:
            self._paper = wanted
            self.setStyleSheet(theme.style_sheet(paper) if wanted else "")

    def set_airy(self, airy: bool) -> None:
        """Leave more room above the page, or the usual."""
        self._above = _AIRY if airy else _ABOVE
        top = self._top()
        set_margins(self.document(), self._above, _BELOW)
        self._go(top)
        self.laid_out.emit()

    def set_marks(self, marks: Sequence[Mark], paper: Tokens) -> None:
        """Mark words of the body, until another sheet is shown."""
        from bulletin_desktop.ui.reader.marks import selection

        self._marks = marks
        document = self.document()
        places = [(self.position_of(mark.start), self.position_of(mark.end)) for mark in marks]
        self.setExtraSelections(
            [
                selection(document, *place, mark, paper)
                for place, mark in zip(places, marks, strict=True)
            ]
        )

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle and the place; a narrow room narrows the column."""
        top = self._top()
        self._centre()
        super().resizeEvent(event)
        self._go(top)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the place, where Qt goes to the cursor when it shows a text for the first time."""
        top = self._top()
        super().showEvent(event)
        self._go(top)

    def _centre(self) -> None:
        size = self._style.size
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        edge = _SIDE if room > 20 * size else _NARROW_SIDE
        room -= 2 * edge
        width = max(_LEAST * size, min(self._style.width, room))
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)
        left = min((room - width) // 2, room - width + edge - self._margin)
        self.setViewportMargins(max(edge, left + edge), 0, 0, 0)
        self.laid_out.emit()

    def keep_margin(self, margin: int) -> None:
        """Keep so many pixels free beside the column, as far as there is room; 0 centres it."""
        if margin != self._margin:
            self._margin = margin
            self._centre()

    # Places

    @property
    def place(self) -> int:
        """The code point of the body at the top; 0 at the beginning and at the very end."""
        bar = self.verticalScrollBar()
        return 0 if bar.value() in (0, bar.maximum()) else self.top_place

    @property
    def reading_place(self) -> int:
        """The place to come back to, which what is only looked at is not."""
        place, stood = self._looking
        return place if self.verticalScrollBar().value() == stood else self.place

    @property
    def top_place(self) -> int:
        """The code point of the body that stands at the top, wherever that is."""
        if self._sheet is None:
            return 0
        return code_point(self._sheet.text.body, self._top() - self._body_at)

    def go_to(self, place: int) -> None:
        """Bring a code point of the body to the top; 0 is the top of the page."""
        self._go(self.position_of(place) if place else 0)

    def look_at(self, position: int) -> None:
        """Have a position of the page in sight; until one scrolls, one reads on elsewhere."""
        if not self.sees(position):
            place = self.reading_place
            self._scroll(max(0, self.line_top(position) - self.viewport().height() // 3))
            self._looking = (place, self.verticalScrollBar().value())

    def sees(self, position: int) -> bool:
        """Whether the whole line of a position is in sight."""
        seen = self.verticalScrollBar().value()
        lowest = seen + self.viewport().height() - self.line_height
        return seen <= self.line_top(position) <= lowest

    @property
    def line_height(self) -> float:
        """From line to line, in pixels."""
        return self._style.size * self._style.leading

    @property
    def top_position(self) -> int:
        """The position of the page that stands at the top."""
        return self._top()

    def position_of(self, place: int) -> int:
        """The position of a code point of the body."""
        body = self._sheet.text.body if self._sheet is not None else ""
        return self._body_at + utf16_length(body[:place])

    def _top(self) -> int:
        """The position at the top: what one went to, or else the first line that is seen."""
        value = self.verticalScrollBar().value()
        held, stood = self._held
        if value == stood:
            return held
        document = self.document()
        y = value + self.line_height / 2
        at = document.documentLayout().hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)
        block = document.findBlock(at)
        line = block.layout().lineForTextPosition(at - block.position())
        return block.position() + line.textStart() if line.isValid() else at

    def _go(self, position: int) -> None:
        """Bring a position to the top."""
        self._scroll(self.line_top(position) if position else 0)
        self._held = (position, self.verticalScrollBar().value())

    def _scroll(self, top: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(top)
        if bar.value() < top:
            self.document().documentLayout().documentSize()  # lays out what is below the line too
            bar.setValue(top)

    def line_top(self, position: int) -> int:
        """Where the line of a position begins, in pixels of the page."""
        document = self.document()
        block = document.findBlock(position)
        top = document.documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(position - block.position())
        return round(top + (line.y() if line.isValid() else 0))

    def page_down(self) -> bool:
        """Scroll by almost a page; says whether there was anything left to scroll."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + int(bar.pageStep() * 0.9))
        return bar.value() > before

    def viewportEvent(self, event: QEvent) -> bool:
        """Have painted what stands under the words; tell what the source means where the mouse
        rests on it.
        """
        if event.type() == QEvent.Type.Paint and self._tokens:
            painted: QPaintEvent = event  # type: ignore[assignment]
            for ground in self.grounds:
                ground(painted.rect(), self._tokens)
        if event.type() != QEvent.Type.ToolTip or self._sheet is None or self.source_words is None:
            return super().viewportEvent(event)
        from bulletin_desktop.ui.reader.page_words import show_source

        show_source(self, event, self.source_words)  # type: ignore[arg-type]
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel asks for another size."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._notches += event.angleDelta().y()
        whole = int(self._notches / _NOTCH)  # a touchpad sends parts of a notch
        self._notches -= whole * _NOTCH
        if whole:
            self.zoomed.emit(whole)
        event.accept()

    # Lines

    def line_at(self, position: int) -> Line | None:
        """What stands at a position of the page; None where that is no part of the article."""
        from bulletin_desktop.ui.reader.page_lines import line_of

        if self._sheet is None:
            return None
        return line_of(self._sheet, self._body_at, self.document(), position)

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self._sheet

    @property
    def body_at(self) -> int:
        """The position where the body begins."""
        return self._body_at

    # Copying

    @property
    def selected(self) -> str:
        """The selected words, with line feeds; those of the body as the article has them."""
        from bulletin_desktop.ui.reader.page_words import selected_words

        return selected_words(self)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: plain text."""
        data = QMimeData()
        data.setText(self.selected)
        return data
