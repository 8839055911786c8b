"""Where a page is looked at: it is turned by keys and wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent, QWheelEvent

    from bulletin_desktop.ui.context import Context

_EDGE = 14  # pixels around the page
_SLACK = 2  # so that a whole page needs no bar
_FAR = 1_000_000  # pages: to the first or the last
_KEYS = {
    Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1, Qt.Key.Key_Backspace: -1, Qt.Key.Key_Left: -1,
    Qt.Key.Key_Home: -_FAR, Qt.Key.Key_End: _FAR,
}  # fmt: skip


class PageArea(QScrollArea):
    """One page on a ground, scrolled where it is larger than the room."""

    turned = Signal(int)  # by so many pages
    resized = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._page = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._page.setObjectName("previewPage")
        self._page.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self.setObjectName("previewArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def room(self) -> QSize:
        """How large a page may be that is seen as a whole; its bar counts as room."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self.size() - QSize(2 * _EDGE + bar, 2 * _EDGE + _SLACK)

    def show_page(self, page: QPixmap) -> None:
        """Show a page from its top."""
        self._page.setPixmap(page)
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages; what is larger than the room is scrolled by the arrows."""
        by = _KEYS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and turn the page at its ends."""
        down = event.angleDelta().y() < 0
        bar = self.verticalScrollBar()
        if event.angleDelta().y() and bar.value() == (bar.maximum() if down else bar.minimum()):
            self.turned.emit(1 if down else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is another room."""
        super().resizeEvent(event)
        self.resized.emit()
