"""What reports of work share: a sentence, all that is to be told, and a way on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context


class ToldDialog(QDialog):
    """Words that can be copied, below a sentence; at the foot the way on, and Close."""

    ON = 2  # the result where the user takes the way on

    def __init__(
        self, context: Context, title: str, head: str, told: str, on: str, parent: QWidget
    ) -> None:
        """``on`` are the words of the way on, which is offered where ``self.on`` is shown."""
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(title)
        self._head = QLabel(head)
        self._head.setWordWrap(True)
        self.told = QPlainTextEdit(told)
        self.told.setReadOnly(True)
        self.told.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.told.setAccessibleName(title)
        self.on = QPushButton(on, autoDefault=False)
        self.on.clicked.connect(lambda: self.done(self.ON))
        self._close = QPushButton(context.text("notice.close"))
        self._close.setDefault(True)
        self._close.clicked.connect(self.accept)

    def _lay_out(self, *below: QWidget) -> None:
        """Put all into its place, and widgets ``below`` the words."""
        row = QHBoxLayout()
        row.addWidget(self.on)
        row.addStretch(1)
        row.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.told, 1)
        for widget in below:
            layout.addWidget(widget)
        layout.addLayout(row)
