"""A sentence across the window that stays until it is closed: errors, and how an import went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from bulletin_desktop.ui import icons

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin_desktop.ui.context import Context


class Notice(QWidget):
    """One sentence with at most one thing to do about it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = QPushButton()
        self._act.clicked.connect(self._do)
        self._todo: Callable[[], object] | None = None
        self._close = QToolButton()
        self._close.setToolTip(context.text("notice.close"))
        self._close.setAccessibleName(context.text("notice.close"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 6, 10, 6)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._act)
        layout.addWidget(self._close)
        context.restyled.connect(self._draw)
        self._draw()
        self.hide()

    def _draw(self) -> None:
        self._close.setIcon(icons.icon("close", self._context.tokens.colour("muted")))

    def show_words(
        self, words: str, act: str = "", todo: Callable[[], object] | None = None,
        *, good: bool = False,
    ) -> None:  # fmt: skip
        """Show a sentence, with a button where there is something to do; ``good`` is no trouble."""
        self.setProperty("good", good)
        self.style().unpolish(self)
        self.style().polish(self)
        self._words.setText(words)
        self._act.setText(act)
        self._act.setVisible(todo is not None)
        self._todo = todo
        self.show()

    def _do(self) -> None:
        if self._todo is not None:
            self._todo()

    @property
    def words(self) -> str:
        """What is shown."""
        return self._words.text() if self.isVisible() else ""
