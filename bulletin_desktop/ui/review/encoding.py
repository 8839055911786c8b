"""The encoding of a document: which it is, what others would make of it, and reading it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from bulletin_desktop.services import correcting

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services.files import Preview
    from bulletin_desktop.ui.context import Context

_LINES = 6
_LINE = 60


class EncodingBox(QComboBox):
    """All encodings, of which one holds."""

    wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName(context.text("encoding.name"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._now = ""
        self.activated.connect(self._on_choice)

    def show_encoding(self, now: str) -> None:
        """Offer all encodings, with the one that holds chosen."""
        blocker = QSignalBlocker(self)
        self._now = now
        self.clear()
        for encoding in dict.fromkeys((now, *correcting.ENCODINGS)):
            self.addItem(encoding.upper(), encoding)
        self.setCurrentIndex(0)
        blocker.unblock()

    def put_back(self) -> None:
        """Choose the one that holds again."""
        self.setCurrentIndex(max(0, self.findData(self._now)))

    def _on_choice(self) -> None:
        self.wanted.emit(self.currentData() if self.currentData() != self._now else "")


class EncodingPreview(QFrame):
    """The first lines as another encoding reads them, before that is done."""

    chosen = Signal(str)
    declined = Signal()
    turned = Signal(bool)  # it opened or closed

    def __init__(self, context: Context, words: str) -> None:
        """``words`` is the code of the words on the button."""
        super().__init__()
        self.setObjectName("encodingPreview")
        self._context = context
        self._encoding = ""
        self.lines = QLabel()
        self.lines.setObjectName("previewLines")
        self.take = QPushButton(context.text(words), autoDefault=False)
        self.take.setObjectName("primary")
        self.leave = QPushButton(context.text("export.cancel"), autoDefault=False)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self.decline)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(8)
        layout.addWidget(self.lines)
        layout.addLayout(row)
        self.hide()

    def show_preview(self, path: str, encoding: str) -> None:
        """Read the beginning of a file in an encoding, off the GUI thread."""
        self._encoding = encoding
        self._context.runner.read(
            "encoding", lambda _: preview_of(path, encoding), self._show, self._fail
        )

    def _show(self, preview: Preview) -> None:
        if preview.lines:
            self._say("\n".join(line[:_LINE] for line in preview.lines), able=True)
        else:
            self._say(self._context.text("encoding.unfit"), able=False)

    def _fail(self, error: KnownError) -> None:
        self._say(self._context.explain(error), able=False)

    def _say(self, words: str, *, able: bool) -> None:
        self.lines.setText(words)
        self.lines.setWordWrap(not able)
        self.take.setEnabled(able)
        self.show()
        (self.take if able else self.leave).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it opened."""
        super().showEvent(event)
        self.turned.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it closed."""
        super().hideEvent(event)
        self.turned.emit(False)

    def _take(self) -> None:
        self.hide()
        self.chosen.emit(self._encoding)

    def decline(self) -> None:
        """Leave the encoding as it is."""
        self.hide()
        self.declined.emit()


def preview_of(path: str, encoding: str) -> Preview:
    """The first lines of a file in an encoding. Raises KnownError (file.*)."""
    from bulletin_desktop.services import files

    return files.preview(path, files.input_at(path).read(), encoding, _LINES)
