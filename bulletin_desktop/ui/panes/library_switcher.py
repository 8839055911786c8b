"""The button that says which library the window shows, and its menu of libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from bulletin_desktop import paths
from bulletin_desktop.ui import actions, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.ui.actions import Act
    from bulletin_desktop.ui.context import Context

_WIDEST = 200


class LibrarySwitcher(QToolButton):
    """Names the library; its menu holds the libraries used lately and what is done with one."""

    chosen = Signal(object)  # Path

    def __init__(self, context: Context, acts: Mapping[Act, QAction]) -> None:
        super().__init__()
        self._context = context
        self._acts = acts
        self.setObjectName("switcher")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._name = library_name(context.library.path, context.catalogue)
        self.setAccessibleName(context.text("library.switcher", name=self._name))
        self.setToolTip(str(context.library.path))
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self._fit()

    def _fit(self) -> None:
        room = max(24, self.width() - 40)
        mode = Qt.TextElideMode.ElideMiddle
        self.setText(f"{self.fontMetrics().elidedText(self._name, mode, room)}  ▾")

    def sizeHint(self) -> QSize:
        """Room for the name, up to a limit."""
        wanted = self.fontMetrics().horizontalAdvance(f"{self._name}  ▾") + 30
        return QSize(min(wanted, _WIDEST), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A narrow window shortens the name."""
        return QSize(64, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Fit the name to the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fill(self) -> None:
        """Libraries come and go while the program runs, so the list is made when it is wanted."""
        menu = self.menu()
        menu.clear()
        menu.setToolTipsVisible(True)
        here = self._context.library.path
        for path in [here, *(p for p in recent(self._context) if p != here)]:
            entry = menu.addAction(self._words(path))
            entry.setCheckable(True)
            entry.setChecked(path == here)
            entry.setToolTip(str(path))
            entry.triggered.connect(self._chooser(path))
        menu.addSeparator()
        actions.fill_menu(menu, self._acts, "library")

    def _chooser(self, path: Path) -> Callable[[], None]:
        return lambda: self.chosen.emit(path)

    def _words(self, path: Path) -> str:
        name = library_name(path, self._context.catalogue).replace("&", "&&")
        return name if path.exists() else self._context.text("library.gone", name=name)


def recent(context: Context) -> list[Path]:
    """The libraries used lately, the latest first."""
    return [Path(path) for path in context.settings.get(settings.RECENT)]


def library_name(path: Path, catalogue: Catalogue) -> str:
    """What a library is called: the program's own two by a word, others by their file."""
    words = {paths.default_library(): "window.own", paths.sample_library(): "window.sample"}
    return catalogue.text(words[path]) if path in words else path.stem
