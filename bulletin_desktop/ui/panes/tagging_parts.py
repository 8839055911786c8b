"""What the sections of the tagging pane are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget


def label(text: str, name: str) -> QLabel:
    """Words in one of the looks of the style sheet."""
    made = QLabel(text)
    made.setObjectName(name)
    return made


class Head(QWidget):
    """A section's name, and at the right edge a key, a count, or controls before it."""

    def __init__(self, words: str, right: str = "") -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.right = label(right, "heading")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(label(words, "heading"))
        self._layout.addStretch(1)
        self._layout.addWidget(self.right)

    def add(self, control: QWidget) -> None:
        """A control before what stands at the right edge."""
        self._layout.insertWidget(self._layout.count() - 1, control)


class Section(QWidget):
    """A head with something below it; stands a little apart from what is above."""

    def __init__(self, words: str, right: str = "") -> None:
        super().__init__()
        self.head = Head(words, right)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 6, 0, 0)
        self.body.setSpacing(8)
        self.body.addWidget(self.head)
