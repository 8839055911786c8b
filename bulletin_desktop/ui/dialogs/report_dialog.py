"""What an import could not take in: each file with its reason."""

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
    from PySide6.QtWidgets import (
        QWidget,
    )

    from bulletin_desktop.services.files import Failure
    from bulletin_desktop.ui.context import Context


class ReportDialog(QDialog):
    """A list of paths and reasons that can be copied."""

    def __init__(
        self, context: Context, summary: str, failures: list[Failure], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(context.text("import.report"))
        head = QLabel(summary)
        head.setWordWrap(True)
        lines = [f"{f.path}\n    {context.catalogue.message(f.reason)}" for f in failures]
        self._list = QPlainTextEdit("\n".join(lines))
        self._list.setReadOnly(True)
        self._list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._list.setAccessibleName(context.text("import.report"))
        close = QPushButton(context.text("notice.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(self._list, 1)
        layout.addLayout(row)
        self.resize(620, 360)
