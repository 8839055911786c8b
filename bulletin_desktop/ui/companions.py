"""What a window shows beside its panes: settings, list of keys, palette, watched folders, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.actions import Act
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.settings_dialog import SettingsDialog
    from bulletin_desktop.ui.settings import Setting
    from bulletin_desktop.ui.widgets.palette import More, Palette


class Companions(QObject):
    """Made when they are first wanted."""

    def __init__(self, context: Context, acts: Mapping[Act, QAction], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._acts = acts
        self._window = window
        self._settings: SettingsDialog | None = None
        self._palette: Palette | None = None

    @property
    def settings_page(self) -> str | None:
        """The page of the settings that stands open."""
        shown = self._settings is not None and self._settings.isVisible()
        return self._settings.page if self._settings is not None and shown else None

    def show_settings(self, page: str = "appearance", at: Setting | None = None) -> None:
        """Open the settings at a page, with the keyboard in the control of a setting on it."""
        from bulletin_desktop.ui.dialogs.settings_dialog import SettingsDialog

        if self._settings is not None:
            self._settings.close()
            self._settings.deleteLater()
        self._settings = SettingsDialog(self._context, self._window, page)
        self._settings.show()
        if at is not None:
            self._settings.focus_on(at)

    def show_keys(self) -> None:
        """Open the list of the keys in force."""
        from bulletin_desktop.ui.dialogs.key_list_dialog import KeyListDialog

        dialog = KeyListDialog(self._context, self._acts, self._window)
        dialog.change_wanted.connect(self._change_keys)
        dialog.exec()
        dialog.deleteLater()

    def _change_keys(self) -> None:
        self.show_settings("keys")

    def show_palette(self, more: Callable[[], More]) -> None:
        """Open the command palette; ``more`` gives what it offers besides the actions."""
        if self._palette is None:
            from bulletin_desktop.ui.widgets.palette import Palette

            self._palette = Palette(self._context, self._window, self._acts, more())
        self._palette.open()

    def show_watched(self, look: Callable[[], object]) -> None:
        """Ask which folders are to be watched, and ``look`` through them."""
        from bulletin_desktop.ui.dialogs.watch_dialog import WatchDialog

        dialog = WatchDialog(self._context, self._window)
        dialog.exec()
        dialog.deleteLater()
        look()

    def show_about(self) -> None:
        """Say what program this is."""
        from bulletin_desktop.ui.dialogs.about_dialog import AboutDialog

        dialog = AboutDialog(self._context, self._window)
        dialog.exec()
        dialog.deleteLater()
