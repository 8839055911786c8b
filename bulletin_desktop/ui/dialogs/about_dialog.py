"""What program this is, in words that can be copied into a report."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from bulletin_desktop import __version__, paths
from bulletin_desktop.ui import icons
from bulletin_desktop.ui.opening import open_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context

_SEAL = 56
_WIDTH = 460


class AboutDialog(QDialog):
    """Name, version, licence, the library's file, and where the log is."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(context.text("about.title"))
        name = QLabel(context.text("window.name"))
        name.setObjectName("aboutName")
        purpose = QLabel(context.text("about.text"))
        purpose.setWordWrap(True)
        self._facts = QLabel(facts(context))
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.setWordWrap(True)
        self._facts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._facts.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        seal = QLabel()
        seal.setPixmap(icons.seal(3 * _SEAL).pixmap(_SEAL, _SEAL))
        words = QVBoxLayout()
        words.setSpacing(10)
        for label in (name, purpose, self._facts):
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(seal, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 16)
        layout.setSpacing(20)
        layout.addLayout(head)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(_WIDTH)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for code, slot in (("about.log", self._open_log), ("about.copy", self._copy)):
            button = QPushButton(self._context.text(code), autoDefault=False)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        close = QPushButton(self._context.text("settings.close"), self, default=True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        close.setFocus()
        return row

    def _open_log(self) -> None:
        folder = paths.log_file().parent
        folder.mkdir(parents=True, exist_ok=True)
        open_file(folder)

    def _copy(self) -> None:
        name = self._context.text("window.name")
        QGuiApplication.clipboard().setText(f"{name}\n{self._facts.text()}")


def facts(context: Context) -> str:
    """Version, licence, what it runs on, and the library's file, a line each."""
    text = context.text
    return "\n".join(
        (
            text("about.version", version=__version__),
            text("about.licence", name="MIT"),
            text("about.system", qt=qVersion(), python=platform.python_version()),
            text("about.library", path=context.library.path),
        )
    )
