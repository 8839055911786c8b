"""The menu beside the search box: which ways of writing are the same, and what others add."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.settings import Setting

WAYS = (settings.YEARS, settings.SPACES)


class SearchMenu(QMenu):
    """Two ways of writing to tick, then the actions of others."""

    spelled = Signal(object, bool)  # Setting, and whether the two ways are the same

    def __init__(self, context: Context, parent: QWidget, others: Sequence[QAction]) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._ways: dict[Setting, QAction] = {}
        for setting in WAYS:
            action = self.addAction(context.text(f"setting.{setting.key}"))
            action.setToolTip(context.text(f"setting.{setting.key}.help"))
            action.setCheckable(True)
            action.triggered.connect(partial(self._tell, setting))
            self._ways[setting] = action
        self.addSeparator()
        self.addActions(list(others))

    def _tell(self, setting: Setting) -> None:
        self.spelled.emit(setting, self._ways[setting].isChecked())

    def tick(self, setting: Setting, *, same: bool) -> None:
        """Show whether two ways of writing are the same."""
        self._ways[setting].setChecked(same)
