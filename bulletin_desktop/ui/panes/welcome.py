"""What an empty library shows: where to drop files, and the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context


class Welcome(QWidget):
    """An invitation: drop files, choose files, or open the sample bulletins."""

    import_wanted = Signal()
    folder_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        text = context.text
        self._context = context
        self._title = _centred(text("welcome.title"), "welcomeTitle")
        words = _centred(text("welcome.text"), "welcomeText")
        self.starter = QCheckBox(text("welcome.starter"))
        self.starter.setChecked(True)
        choose = QPushButton(text("welcome.files"))
        choose.setObjectName("primary")
        folder = QPushButton(text("welcome.folder"))
        sample = QPushButton(text("welcome.sample"))
        self._asking = (choose, folder, sample, self.starter)
        choose.clicked.connect(self.import_wanted)
        folder.clicked.connect(self.folder_wanted)
        sample.clicked.connect(self.sample_wanted)
        self._target = QFrame()
        self._target.setObjectName("dropTarget")
        self._target.setMaximumWidth(560)
        inner = QVBoxLayout(self._target)
        inner.setContentsMargins(18, 28, 18, 24)
        inner.setSpacing(14)
        inner.addWidget(self._title)
        inner.addWidget(words)
        inner.addLayout(_row(choose, folder))
        inner.addLayout(_row(sample))  # of its own, so that a narrow window has room for the words
        inner.addWidget(self.starter, 0, Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._target, 6)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)

    def set_busy(self, busy: bool) -> None:
        """Show that something comes in already; until then nothing else is asked for."""
        self._title.setText(self._context.text("welcome.busy" if busy else "welcome.title"))
        for button in self._asking:
            button.setEnabled(not busy)


def _centred(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    return label


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
