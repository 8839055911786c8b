"""A passing message over the page, where the window shows nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

_SHOWN_MILLISECONDS = 2500
_ABOVE_FOOT = 28


class Toast(QLabel):
    """Stands at the foot of another widget for a while."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._words = ""
        over.installEventFilter(self)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._end = QTimer(self, singleShot=True, interval=_SHOWN_MILLISECONDS)
        self._end.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str) -> None:
        """Show a message."""
        self._words = words
        self._place()
        self.show()
        self.raise_()
        self._end.start()

    def _place(self) -> None:
        over = self._over
        room = over.width() - 4 * _ABOVE_FOOT
        metrics = self.fontMetrics()
        self.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room))
        self.adjustSize()
        left = (over.width() - self.width()) // 2
        self.move(left, over.height() - self.height() - _ABOVE_FOOT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of what changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
