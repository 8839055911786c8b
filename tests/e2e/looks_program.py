"""Takes the window through all its states and tells what has no room, each as a line of JSON:
``looks_program.py WAY LIBRARY LANGUAGE LOOK [PICTURES]``.

A process of its own, since the scale of the screen holds for a whole process.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from room import faults, wait_for_paint
from window_driver import Driver, close
from window_states import EMPTY_STATES, STATES, prepare, visit

from bulletin_desktop import paths
from bulletin_desktop.ui import settings, theme
from bulletin_desktop.ui.desk import Desk
from bulletin_desktop.ui.main_window import MainWindow
from bulletin_desktop.ui.settings import Settings

# A picture is looked at in so many columns.
_COLUMNS = 160
LOOKS = ("light", "dark", "sepia")


def tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


class Album:
    """Looks at a state: what has no room, and a picture, kept where there is a folder for it."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def look(self, name: str, shown: QWidget) -> None:
        wrong = faults(shown)
        picture = shown.grab().toImage()
        if self._folder is not None:
            assert picture.save(str(self._folder / f"{name}.png"), "PNG", 80)
        tell(state=name, faults=wrong, **_seen(picture))


def _seen(picture: QImage) -> dict[str, Any]:
    """How many colours a picture has, and a mark that tells it from others."""
    small = picture.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(
        _COLUMNS, Qt.TransformationMode.SmoothTransformation
    )
    dots = bytes(small.constBits())
    colours = {dots[at : at + 4] for at in range(0, len(dots), 4)}
    return {"colours": len(colours), "mark": hashlib.sha256(dots).hexdigest()}


def opened(desk: Desk, file: Path, *, create: bool = False) -> Driver:
    window: MainWindow = desk.open(file, create=create)
    window.resize(window.size().boundedTo(window.screen().availableSize()))
    driver = Driver(window)
    window.activateWindow()
    driver.until(window.isActiveWindow)
    wait_for_paint()
    return driver


def all_states(desk: Desk, file: Path, album: Album) -> None:
    driver = opened(desk, file)
    prepare(driver)
    for name, state in STATES.items():
        visit(driver, state, lambda shown, name=name: album.look(name, shown))
    new = opened(desk, file.with_name("new.bdlib"), create=True)
    for name, state in EMPTY_STATES.items():
        visit(new, state, lambda shown, name=name: album.look(name, shown))
    close(new.window)
    close(driver.window)


def all_colours(desk: Desk, file: Path, album: Album) -> None:
    """Each look from the window's start, then changed to while window and settings stand open."""
    for look in LOOKS:
        desk.settings.put(settings.THEME, look)
        close(_shown_twice(desk, file, album, "began").window)
    driver = _shown_twice(desk, file, album, "changed")
    for look in LOOKS:
        desk.settings.put(settings.THEME, look)
        _look_twice(driver, album, "changed")
    desk.settings.put(settings.THEME, "system")
    for look in LOOKS[:2]:
        theme.system_theme = lambda look=look: look
        QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
        _look_twice(driver, album, "followed")
    close(driver.window)


def _shown_twice(desk: Desk, file: Path, album: Album, how: str) -> Driver:
    driver = opened(desk, file)
    driver.until(lambda: driver.suggestions() and not driver.reader.article.unread)
    driver.window.companions.show_settings("reading")
    _look_twice(driver, album, how)
    return driver


def _look_twice(driver: Driver, album: Album, how: str) -> None:
    """At the window and at the settings beside it."""
    wait_for_paint()
    for place in ("window", "dialog"):
        shown = driver.window if place == "window" else driver.window.companions._settings
        album.look(f"{how} {driver.context.tokens.name} {place}", shown)


WAYS = {"states": all_states, "colours": all_colours}


def main(way: str, file: str, language: Any, look: str, folder: str | None = None) -> None:
    app = QApplication([sys.argv[0]])
    app.setApplicationName(paths.APP_FOLDER)
    app.setOrganizationName(paths.APP_FOLDER)
    app.setQuitOnLastWindowClosed(False)
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(file).parent)
    )
    desk = Desk(Settings(), language, look)
    WAYS[way](desk, Path(file), Album(Path(folder) if folder else None))


if __name__ == "__main__":
    main(*sys.argv[1:])
