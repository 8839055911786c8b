"""Reading mode: the whole screen for the page, and nothing else on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.widgets.toast import Toast


class ReadingMode(QObject):
    """Puts everything around the page away and brings it back."""

    escaped = Signal()

    def __init__(
        self, context: Context, window: QWidget, reader: ReaderPane, around: Sequence[QWidget]
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._reader = reader
        self._around = around
        self._before = Qt.WindowState.WindowNoState
        self._geometry = QByteArray()
        self._toast: Toast | None = None
        self._escape: QShortcut | None = None
        self.on = False

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size; in reading mode those that it had before.

        What leaves the full screen keeps its size there until the desktop gives it another.
        """
        return self._geometry if self.on else self._window.saveGeometry()

    def toggle(self) -> None:
        """Enter it, or leave it."""
        if self.on:
            self.leave()
        elif self._reader.article is not None:
            self._enter()

    def _enter(self) -> None:
        self.on = True
        if self._escape is None:
            self._escape = QShortcut(QKeySequence("Esc"), self._window)
            self._escape.activated.connect(self.escaped)
        self._escape.setEnabled(True)
        self._before = self._window.windowState()
        self._geometry = self._window.saveGeometry()
        self._show_around(False)
        self._window.showFullScreen()
        self._reader.page.setFocus()
        self._context.said.connect(self._say)
        self._say(self._context.text("mode.leave"))

    def leave(self) -> None:
        """Show the whole window again."""
        if not self.on:
            return
        self.on = False
        if self._escape is not None:
            self._escape.setEnabled(False)
        self._context.said.disconnect(self._say)
        if self._toast is not None:
            self._toast.hide()
        self._window.setWindowState(self._before)
        self._show_around(True)

    def _show_around(self, shown: bool) -> None:
        for widget in self._around:
            widget.setVisible(shown)
        self._reader.set_reading_mode(not shown)

    def _say(self, words: str) -> None:
        """The status bar is away, so the page says what was done."""
        if self._toast is None:
            from bulletin_desktop.ui.widgets.toast import Toast

            self._toast = Toast(self._reader)
        self._toast.say(words)
