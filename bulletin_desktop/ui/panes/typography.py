"""The page's own settings in a small panel; they take effect while one moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.panes.popover import Popover
from bulletin_desktop.ui.widgets.setting_editors import editor, name_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context

_READING = tuple(setting for setting in settings.ASKED if setting.page == "reading")


class Typography(Popover):
    """An editor for each setting of the page, and the way back to the defaults."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = context.settings
        self.setAccessibleName(context.text("action.typography").rstrip("…"))
        defaults = QPushButton(context.text("reader.defaults"))
        defaults.setObjectName("link")
        defaults.clicked.connect(self._forget)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, setting in enumerate(_READING):
            field = editor(context, setting)
            grid.addWidget(name_label(context, setting, field), row, 0)
            grid.addWidget(field, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(defaults, 0, Qt.AlignmentFlag.AlignRight)

    def _forget(self) -> None:
        for setting in _READING:
            self._settings.forget(setting)
