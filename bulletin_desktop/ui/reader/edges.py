"""Moving the edges of the highlight at hand: shown at once, kept a moment after the last move."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from bulletin_desktop.ui.reader.highlight_marks import HighlightMarks
    from bulletin_desktop.ui.reader.page_view import PageView

_KEEP_MILLISECONDS = 700


class Moved(NamedTuple):
    """A highlight, and the code points of the body between which it shall be."""

    highlight: int
    start: int
    end: int


class Edges(QObject):
    """Several moves in a row become one step of the history."""

    settled = Signal(object)  # Moved

    def __init__(self, page: PageView, marks: HighlightMarks) -> None:
        super().__init__(page)
        self._page = page
        self._marks = marks
        self.moved: Moved | None = None
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_MILLISECONDS)
        self._timer.timeout.connect(self.settle)

    def move(self, known: Moved, at: int, *, end: bool, soon: bool = True) -> None:
        """Put an edge of a highlight, which is ``known`` to be somewhere, at a code point.

        It keeps at least one character. Without ``soon`` it waits for ``settle``.
        """
        assert self._page.sheet is not None
        length = len(self._page.sheet.text.body)
        if end:
            moved = known._replace(end=max(known.start + 1, min(at, length)))
        else:
            moved = known._replace(start=min(known.end - 1, max(0, at)))
        self.moved = moved
        positions = (self._page.position_of(each) for each in moved[1:])
        self._marks.move(moved.highlight, *positions)
        if soon:
            self._timer.start()

    def settle(self) -> None:
        """Tell what was moved, if anything was."""
        self._timer.stop()
        moved, self.moved = self.moved, None
        if moved is not None:
            self.settled.emit(moved)
