"""The line under the page: the articles before and after, and between them the hit at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bulletin_desktop.ui.widgets.elided import ElidedButton

if TYPE_CHECKING:
    from bulletin_desktop.ui.models.nodes import Node


class ReaderFoot(QWidget):
    """Names the neighbours and leads to them."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("readerFoot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(38)
        self.previous = ElidedButton()
        self.following = ElidedButton()
        self.hits: QLabel | None = None
        self.previous.clicked.connect(self._step_back)
        self.following.clicked.connect(self._step_on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(12)
        for button in (self.previous, self.following):
            button.setObjectName("neighbour")
            layout.addWidget(button)
        layout.insertStretch(1)

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_on(self) -> None:
        self.stepped.emit(1)

    def show_hits(self, words: str, tip: str) -> None:
        """Say where among the hits one is; of none nothing is said."""
        if self.hits is None:
            if not words:
                return
            self.hits = self._add_hits()
        self.hits.setText(words)
        self.hits.setToolTip(tip)
        self.hits.setVisible(bool(words))

    def _add_hits(self) -> QLabel:
        made = QLabel()
        made.setObjectName("crumbs")
        made.setTextFormat(Qt.TextFormat.PlainText)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(2, made)
        layout.insertStretch(3)
        return made

    def show_neighbours(self, previous: Node | None, following: Node | None) -> None:
        """Name the articles before and after."""
        for button, node, form in (
            (self.previous, previous, "◀  {}"),
            (self.following, following, "{}  ▶"),
        ):
            button.setEnabled(node is not None)
            button.set_words(node.label if node else "", form)
