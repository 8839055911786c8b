"""A small panel that opens under a button and closes when one clicks elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame

from bulletin_desktop.ui.widgets.placing import on_screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_GAP = 4


class Popover(QFrame):
    """Made when it is wanted, gone when it closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._over = parent
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_under(self, button: QWidget) -> None:
        """Open under a button, or in the upper right corner where that is not seen."""
        self.adjustSize()
        if button.isVisible():
            corner = button.mapToGlobal(QPoint(button.width(), button.height() + _GAP))
        else:
            corner = self._over.mapToGlobal(QPoint(self._over.width() - 4 * _GAP, 4 * _GAP))
        place = QRect(corner - QPoint(self.width(), 0), self.size())
        self.move(on_screen(place, self._over))
        self.show()
        if self.focusWidget() is None:  # without the keyboard Escape would not come here
            self.setFocus(Qt.FocusReason.PopupFocusReason)
            self.focusNextChild()
