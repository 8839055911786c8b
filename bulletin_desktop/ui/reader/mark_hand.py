"""The mouse on the page: taking highlights in hand, dragging their edges, opening their notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal

from bulletin_desktop.ui.reader.positions import code_point

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from bulletin_desktop.ui.reader.highlight_marks import HighlightMarks
    from bulletin_desktop.ui.reader.margin_notes import MarginNotes
    from bulletin_desktop.ui.reader.page_view import PageView

_CLICK = 4  # pixels; further apart press and release are no click


class MarkHand(QObject):
    """Watches the view of a page."""

    chosen = Signal(object)  # the id of the highlight that was clicked, None for none
    note_wanted = Signal(int)
    dragged = Signal(str, int)  # an edge, start or end, and the code point that it is at
    dropped = Signal()

    def __init__(self, page: PageView, marks: HighlightMarks, notes: MarginNotes) -> None:
        super().__init__(page)
        self._page = page
        self._marks = marks
        self._notes = notes
        self._edge = ""
        self._pressed: QPointF | None = None
        self._over = False
        page.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep from the page what is no selecting of words."""
        mouse: QMouseEvent = event  # type: ignore[assignment]
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(mouse)
            case QEvent.Type.MouseMove:
                return self._move(mouse)
            case QEvent.Type.MouseButtonRelease:
                return self._release(mouse)
        return False

    def _press(self, event: QMouseEvent) -> bool:
        point = event.position()
        if event.button() == Qt.MouseButton.RightButton:
            self._choose_under(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        note = self._notes.under(point)
        if note is not None:
            self.note_wanted.emit(note)
            return True
        self._edge = self._marks.edge_at(point)
        self._pressed = None if self._edge else point
        return bool(self._edge)

    def _choose_under(self, point: QPointF) -> None:
        mark = self._marks.under(point)
        if mark is not None and not self._page.textCursor().hasSelection():
            self.chosen.emit(mark.id)

    def _move(self, event: QMouseEvent) -> bool:
        point = event.position()
        if self._edge:
            position = self._page.cursorForPosition(point.toPoint()).position()
            assert self._page.sheet is not None
            place = code_point(self._page.sheet.text.body, max(0, position - self._page.body_at))
            self.dragged.emit(self._edge, place)
            return True
        if not event.buttons():
            self._show_what(point)
        return False

    def _show_what(self, point: QPointF) -> None:
        """The pointer says what a press would do."""
        view, cursor = self._page.viewport(), Qt.CursorShape.IBeamCursor
        if self._notes.under(point) is not None:
            cursor = Qt.CursorShape.PointingHandCursor
        elif self._marks.edge_at(point):
            cursor = Qt.CursorShape.SizeHorCursor
        over = cursor != Qt.CursorShape.IBeamCursor
        if over or self._over:
            view.setCursor(cursor)
        self._over = over

    def _release(self, event: QMouseEvent) -> bool:
        if self._edge:
            self._edge = ""
            self.dropped.emit()
            return True
        pressed, self._pressed = self._pressed, None
        left = event.button() == Qt.MouseButton.LeftButton
        if left and pressed is not None:
            away = event.position() - pressed
            if away.manhattanLength() < _CLICK:
                mark = self._marks.under(pressed)
                self.chosen.emit(mark.id if mark is not None else None)
        return False
