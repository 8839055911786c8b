"""Files that are dragged over a window: a sheet over it says what letting go would do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QLabel, QWidget

    from bulletin_desktop.ui.context import Context

_EDGE = 14


class DropTarget(QObject):
    """Watches a window and tells what was dropped on it."""

    dropped = Signal(list)  # of Path

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._sheet: QLabel | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files and folders are welcome."""
        given: Any = event
        if event.type() == QEvent.Type.DragEnter and _files(given.mimeData()):
            given.acceptProposedAction()
            self._cover()
        elif event.type() == QEvent.Type.DragLeave:
            self._uncover()
        elif event.type() == QEvent.Type.Drop:
            self._uncover()
            given.acceptProposedAction()
            # Later: a question that follows must not hold what the files were dragged from.
            QTimer.singleShot(0, self, partial(self.dropped.emit, _files(given.mimeData())))
            return True
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QLabel

        if self._sheet is None:
            self._sheet = QLabel(self._context.text("drop.hint"), self._window)
            self._sheet.setObjectName("dropSheet")
            self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._sheet.setWordWrap(True)
            # What is dragged goes through it to the window.
            self._sheet.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sheet.setGeometry(self._window.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
        self._sheet.show()
        self._sheet.raise_()

    def _uncover(self) -> None:
        if self._sheet is not None:
            self._sheet.hide()


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
