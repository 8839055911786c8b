"""The themes that were applied last in a library, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context

_MOST = 12


class RecentThemes:
    """Kept in the settings, for each library apart."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def _scope(self) -> str:
        return str(self._context.library.path)

    def ids(self) -> list[int]:
        """Those that there are still."""
        known = self._context.themes()
        kept = self._context.settings.get(settings.RECENT_THEMES, self._scope)
        return [theme for theme in kept if theme in known]

    def add(self, theme: int) -> None:
        """A theme was applied."""
        kept = (theme, *(other for other in self.ids() if other != theme))
        self._context.settings.put(settings.RECENT_THEMES, kept[:_MOST], self._scope)
