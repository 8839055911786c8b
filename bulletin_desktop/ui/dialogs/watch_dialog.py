"""Which folders are watched: what is put there comes into the library by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services import watching
from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context

_WIDTH, _HEIGHT = 520, 320


class WatchDialog(QDialog):
    """The watched folders of a library; each choice counts at once."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        text = context.text
        self.setWindowTitle(text("watch.title"))
        hint = QLabel(text("watch.hint"))
        hint.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(text("watch.title"))
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._add = QPushButton(text("watch.add"), autoDefault=False)
        self._add.clicked.connect(self._ask)
        self._remove = QPushButton(text("watch.remove"), autoDefault=False)
        self._remove.clicked.connect(self.remove)
        close = QPushButton(text("notice.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._remove)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(hint)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        self.resize(_WIDTH, _HEIGHT)
        QShortcut(QKeySequence.StandardKey.Delete, self.list).activated.connect(self.remove)
        self.list.currentRowChanged.connect(self._enable)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self.list.addItems([str(x) for x in watching.folders(self._context.library)])
        self.list.setCurrentRow(self.list.count() - 1)
        self._enable()

    def _enable(self) -> None:
        self._remove.setEnabled(self.list.currentRow() >= 0)

    def _ask(self) -> None:
        start = self._context.settings.get(settings.LAST_FOLDER)
        folder = QFileDialog.getExistingDirectory(self, self._context.text("watch.add"), start)
        if folder:
            self.add(Path(folder))

    def add(self, folder: Path) -> None:
        """Watch one more folder."""
        watching.watch(self._context.library, folder)
        self._fill()

    def remove(self) -> None:
        """Watch the chosen folder no longer."""
        item = self.list.currentItem()
        if item is not None:
            watching.forget(self._context.library, Path(item.text()))
            self._fill()
