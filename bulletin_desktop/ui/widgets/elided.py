"""Words that end in … where the room does not suffice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent


class ElidedLabel(QLabel):
    """A label that can be narrower than its words."""

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(20, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), self.alignment().value, shown)
        painter.end()


class ElidedButton(QPushButton):
    """A button whose words give way; the whole words are its tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._form = "{}"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str, form: str) -> None:
        """Show words in a form with one place for them."""
        self._words, self._form = words, form
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """The room for the whole words."""
        whole = self.fontMetrics().horizontalAdvance(self._form.format(self._words))
        return QSize(whole + 14, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        frame = self.fontMetrics().horizontalAdvance(self._form.format("")) + 12
        shown = self.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, self.width() - frame
        )
        self.setText(self._form.format(shown) if self._words else "")
