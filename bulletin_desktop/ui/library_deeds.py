"""What is asked and done about libraries: new, open, rename, move, copy, ways out of trouble."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread

from bulletin_desktop import paths
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import copying
from bulletin_desktop.services.files import LIBRARY_SUFFIX
from bulletin_desktop.ui import icons, settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.asking import may_replace
from bulletin_desktop.ui.opening import open_file
from bulletin_desktop.ui.panes.library_switcher import library_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractButton, QWidget

    from bulletin_desktop.ui.desk import Desk
    from bulletin_desktop.ui.main_window import MainWindow

# What is kept for each library under its path.
_SCOPED = (settings.LAST_ARTICLE, settings.VISITED)


class _Mover(QThread):
    """Moves a library file; from one disk to another that takes its time."""

    def __init__(self, path: Path, target: Path) -> None:
        super().__init__()
        self._path = path
        self._target = target
        self.error: KnownError | None = None

    def run(self) -> None:
        try:
            copying.move_library(self._path, self._target)
        except KnownError as error:
            self.error = error


class LibraryDeeds(QObject):
    """Turns the library actions of any window into deeds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._deeds: dict[Act, Callable[[MainWindow], object]] = {
            Act.NEW_LIBRARY: self.new,
            Act.OPEN_LIBRARY: self.open,
            Act.RENAME_LIBRARY: self.rename,
            Act.MOVE_LIBRARY: self.move,
            Act.COPY_LIBRARY: self.copy,
            Act.SHOW_LIBRARY: self.show,
        }

    def do(self, act: Act, window: MainWindow) -> None:
        """Do what a window was asked for."""
        if act is Act.QUIT:
            self._desk.close_all()
        else:
            self._deeds[act](window)

    def _text(self, code: str, **params: object) -> str:
        return self._desk.catalogue.text(code, **params)

    def _folder(self) -> Path:
        """Where libraries are offered to stand."""
        kept = self._desk.settings.get(settings.LIBRARY_FOLDER)
        return Path(kept) if kept and Path(kept).is_dir() else paths.portable() or Path.home()

    def _ask_file(self, window: QWidget | None, code: str, suggested: Path) -> Path | None:
        """Ask for a file to be made."""
        from PySide6.QtWidgets import QFileDialog

        if not suggested.parent.is_dir():  # perhaps its disk was taken away
            suggested = self._folder() / suggested.name
        chosen, _ = QFileDialog.getSaveFileName(
            window, self._text(code), str(suggested), self._filter(),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if not chosen:
            return None
        path = Path(chosen)
        self._desk.settings.put(settings.LIBRARY_FOLDER, str(path.parent))
        return path if path.suffix == LIBRARY_SUFFIX else path.with_name(path.name + LIBRARY_SUFFIX)

    def _filter(self) -> str:
        kinds = (("library.files", f"*{LIBRARY_SUFFIX}"), ("import.all_files", "*"))
        return ";;".join(f"{self._text(code)} ({pattern})" for code, pattern in kinds)

    # New and open

    def new(self, window: QWidget | None) -> MainWindow | None:
        """Ask for a file and open a new library there."""
        suggested = self._folder() / f"{self._text('library.new_name')}{LIBRARY_SUFFIX}"
        path = self._ask_file(window, "library.new", suggested)
        if path is None:
            return None
        if path.exists():
            return self.open_or_ask(path, window)  # it is there: it opens, and nothing is replaced
        return self.open_or_ask(path, window, create=True)

    def open(self, window: QWidget | None) -> MainWindow | None:
        """Ask for a library and open it."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(
            window, self._text("library.open"), str(self._folder()), self._filter()
        )
        if not chosen:
            return None
        self._desk.settings.put(settings.LIBRARY_FOLDER, str(Path(chosen).parent))
        return self.open_or_ask(Path(chosen), window)

    def go_to(self, path: Path, window: MainWindow) -> None:
        """Bring a library's window to the front."""
        opened = self.open_or_ask(path, window)
        if opened is not None:
            opened.come_forward()

    def open_or_ask(
        self, path: Path, parent: QWidget | None, *, create: bool = False
    ) -> MainWindow | None:
        """Open a library; where it cannot be used, say why and go on as the user wants.

        None where the user gave up.
        """
        try:
            return self._desk.open(path, create=create)
        except KnownError as error:
            return self.go_on_from(error, path, parent, create=create)

    def go_on_from(
        self, error: KnownError, path: Path, parent: QWidget | None, *, create: bool = False
    ) -> MainWindow | None:
        """Say why a library could not be used, and go on as the user wants; else as above."""
        way = self._ask_way_on(error, path, parent)
        if way == "again":
            return self.open_or_ask(path, parent, create=create)
        if way == "own":
            return self.open_or_ask(paths.default_library(), parent, create=create)
        if way == "forget":
            self._desk.forget(path)
        found = {"open": self.open, "new": self.new}.get(way)
        return found(parent) if found is not None else None

    def _ask_way_on(self, error: KnownError, path: Path, parent: QWidget | None) -> str:
        """Say what is wrong with a library, and ask what to do; "" is to give up."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowIcon(icons.seal())  # at the start no window has one yet
        box.setWindowTitle(self._text("window.name"))
        box.setText(self._desk.catalogue.error(error))
        ways = ["again", "open", "new"]
        if parent is None and path != paths.default_library():
            ways.insert(1, "own")
        if parent is not None and str(path) in self._desk.settings.get(settings.RECENT):
            ways.append("forget")
        role = QMessageBox.ButtonRole.ActionRole
        buttons: dict[QAbstractButton, str] = {
            box.addButton(self._text(f"library.way_{way}"), role): way for way in ways
        }
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return buttons.get(box.clickedButton(), "")

    # Rename, move, copy

    def rename(self, window: MainWindow) -> None:
        """Ask for another name for the window's library."""
        from PySide6.QtWidgets import QInputDialog, QLineEdit

        from bulletin_desktop.ui.dialogs.export_dialog import file_name

        path = window.library_path
        name, accepted = QInputDialog.getText(
            window, self._text("library.rename"), self._text("menu.name"),
            QLineEdit.EchoMode.Normal, library_name(path, self._desk.catalogue),
        )  # fmt: skip
        if accepted and name.strip() and name != library_name(path, self._desk.catalogue):
            self._move(window, path.with_name(file_name(name) + LIBRARY_SUFFIX))

    def move(self, window: MainWindow) -> None:
        """Ask for another place for the window's library."""
        path = self._ask_file(window, "library.move", window.library_path)
        if path is not None:
            self._move(window, path)

    def _move(self, window: MainWindow, target: Path) -> None:
        """Close the window, move the file off the GUI thread, and open it where it is then."""
        from PySide6.QtCore import QEventLoop

        path = window.library_path
        mover = _Mover(path, target)
        if target == path or not self._desk.close_for_now(window):
            return
        loop = QEventLoop()
        mover.finished.connect(loop.quit)
        self._desk.moving = (path, target)
        mover.start()
        loop.exec()
        mover.wait()
        self._desk.moving = ()
        if mover.error is None:
            self._carry_over(path, target)
            self._desk.forget(path)
        opened = self.open_or_ask(path if mover.error else target, None)
        if opened is None:
            self._desk.end_if_empty()
        elif mover.error is not None:
            opened.jobs.show_error(mover.error)

    def _carry_over(self, path: Path, target: Path) -> None:
        kept = self._desk.settings
        for setting in _SCOPED:
            kept.put(setting, kept.get(setting, str(path)), str(target))
            kept.forget(setting, str(path))

    def copy(self, window: MainWindow) -> None:
        """Ask for a file and write a copy of the library there, as it is now."""
        path = window.library_path
        suggested = path.with_name(self._text("library.copy_name", name=path.stem) + LIBRARY_SUFFIX)
        target = self._ask_file(window, "library.copy", suggested)
        if target is None:
            return
        if may_replace(window, self._desk.catalogue, "library.copy", target):
            window.jobs.copy_library(target)

    def show(self, window: MainWindow) -> None:
        """Open the folder in which the library stands."""
        open_file(window.library_path.parent)
