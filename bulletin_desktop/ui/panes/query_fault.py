"""What is wrong with a query, as a sentence under the search box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WIDTH = 460
_LEAST_WIDTH = 260


class QueryFault(QLabel):
    """A child of the window; it stands over what is below the box and moves nothing."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box.window())
        self._box = box
        self.setObjectName("queryFault")
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence; a screen reader says it with the box."""
        self._box.setAccessibleDescription(sentence)
        self.setVisible(bool(sentence))
        if not sentence:
            return
        self.setText(sentence)
        width = max(_LEAST_WIDTH, min(self._box.width(), _WIDTH))
        corner = self._box.mapTo(self.window(), QPoint(0, self._box.height() + 4))
        left = min(corner.x(), self.window().width() - width - 8)
        self.setGeometry(left, corner.y(), width, self.heightForWidth(width))
        self.raise_()
