"""The bar at the foot: what the library holds, what was just done, and long work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from bulletin_desktop.services import browsing, collections
from bulletin_desktop.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.ui.context import Context

_SAID_MILLISECONDS = 6000
# Work that is over sooner than this shows no progress.
_PATIENCE_MILLISECONDS = 600


class StatusBar(QWidget):
    """Counts at the left, the last message in the middle, progress with Cancel at the right."""

    cancelled = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        self._context = context
        self._counts = QLabel()
        self._collection = ElidedLabel()
        self._said = ElidedLabel()
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._work = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._cancel = QPushButton(context.text("work.cancel"))
        self._cancel.setObjectName("link")
        self._cancel.clicked.connect(self.cancelled)
        self._forget = QTimer(self, singleShot=True, interval=_SAID_MILLISECONDS)
        self._forget.timeout.connect(self._said.clear)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._show_work)
        self._working = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 1, 14, 0)
        layout.setSpacing(18)
        layout.addWidget(self._counts)
        layout.addWidget(self._collection, 1)
        layout.addWidget(self._said, 2)
        for widget in (self._work, self._bar, self._cancel):
            layout.addWidget(widget)
        self._hide_work()
        context.said.connect(self.say)
        context.changed.connect(self.count)

    def count(self, _: object = None) -> None:
        """Count the library anew."""
        totals = browsing.totals(self._context.library)
        text = self._context.text
        parts = [
            text("status.issues", n=totals.issues),
            text("status.articles", n=totals.articles),
            text("status.themes", n=totals.themes),
        ]
        self._counts.setText(" · ".join(parts))
        current = collections.current(self._context.library)
        words = text("status.collection", name=current.name, n=current.articles) if current else ""
        self._collection.setText(words)

    def say(self, words: str) -> None:
        """Show a message for a while."""
        self._said.setText(words)
        self._said.setToolTip(words)
        self._forget.start()

    def begin(self) -> None:
        """Long work begins; it shows only if it lasts."""
        self._working = True
        self._bar.setRange(0, 0)
        self._work.clear()
        self._patience.start()

    def progress(self, progress: Progress) -> None:
        """How far it has come."""
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        words = self._context.catalogue.message(progress.message)
        total = f"{progress.done}/{progress.total}" if progress.total else ""
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, 260)
        self._work.setText(f"{shown}  {total}")

    def finish(self) -> None:
        """The work is over."""
        self._working = False
        self._patience.stop()
        self._hide_work()

    def _show_work(self) -> None:
        if self._working:
            for widget in (self._work, self._bar, self._cancel):
                widget.show()

    def _hide_work(self) -> None:
        for widget in (self._work, self._bar, self._cancel):
            widget.hide()
