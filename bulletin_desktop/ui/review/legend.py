"""Below the text: what is done most, and the roles with their colours, to be given to a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.review.commands import hint, with_key
from bulletin_desktop.ui.review.cutting import ROLES
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from bulletin_desktop.ui.context import Context

_SWATCH = 12
_HEIGHT = 26
_SETTABLE = ("section", "kicker", "title", "subtitle", "author", "body", "source")


class Legend(QWidget):
    """Clicking a role gives it to the line at hand."""

    def __init__(self, context: Context, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._context = context
        self._swatches: dict[str, QToolButton | QLabel] = {}
        flow = FlowLayout(self, 6)
        for act in (Act.SPLIT, Act.JOIN, Act.DISCARD):
            flow.addWidget(self._button(actions[act.code], actions[act.code].text()))
        for role in _SETTABLE:
            words = context.text(f"role.{role}")
            self._swatches[role] = self._button(actions[f"action.as_{role}"], words)
            flow.addWidget(self._swatches[role])
        for role in ROLES:
            if role not in _SETTABLE:
                flow.addWidget(self._label(role))
        context.restyled.connect(self.restyle)
        self.restyle()

    def _button(self, action: QAction, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("legend")
        button.setFixedHeight(_HEIGHT)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(with_key(words, action, self._context))
        button.setToolTip(hint(action, self._context))
        button.setAccessibleName(action.text())
        button.setIconSize(QSize(_SWATCH, _SWATCH))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        return button

    def _label(self, role: str) -> QWidget:
        """A role that the program alone gives."""
        whole = QWidget()
        whole.setFixedHeight(_HEIGHT)
        row = QHBoxLayout(whole)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(5)
        swatch = QLabel()
        words = QLabel(self._context.text(f"role.{role}"))
        words.setObjectName("crumbs")
        row.addWidget(swatch)
        row.addWidget(words)
        self._swatches[role] = swatch
        return whole

    def restyle(self) -> None:
        """Draw the swatches in the colours that hold now."""
        for role, place in self._swatches.items():
            drawn = self._swatch(role)
            if isinstance(place, QLabel):
                place.setPixmap(drawn)
            else:
                place.setIcon(QIcon(drawn))

    def _swatch(self, role: str) -> QPixmap:
        tokens = self._context.tokens
        canvas = QPixmap(3 * _SWATCH, 3 * _SWATCH)
        canvas.setDevicePixelRatio(3)
        canvas.fill(tokens.colour("paper" if role == "body" else f"role_{role}"))
        painter = QPainter(canvas)
        box = QRectF(0, 0, _SWATCH, _SWATCH)
        if role == "remainder":
            painter.fillRect(box, QBrush(tokens.colour("scroll"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(tokens.colour("scroll"))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        return canvas
