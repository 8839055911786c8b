"""The composition root of the window: arguments, language, crash border, library, window."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop import paths
from bulletin_desktop.catalogue import Catalogue, system_language
from bulletin_desktop.cli import WITH_VALUE
from bulletin_desktop.model.errors import KnownError

# When the window stands, and what it needs no earlier is done.
_SETTLED_MILLISECONDS = 250

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.catalogue import Language
    from bulletin_desktop.ui.desk import Desk
    from bulletin_desktop.ui.main_window import MainWindow


class Options(NamedTuple):
    """How the window was asked for."""

    sample: bool = False
    library: Path | None = None
    language: Language | None = None
    theme: str | None = None
    files: tuple[Path, ...] = ()

    @property
    def wanted_library(self) -> Path | None:
        """The library that was named; None means the one used last."""
        if self.library is not None:
            return self.library
        return paths.sample_library() if self.sample else None

    @property
    def joins(self) -> bool:
        """Whether a window of a program that runs already will do: not in other words or colours
        than the user has set.
        """
        return self.language is None and self.theme is None


def read_options(arguments: Sequence[str]) -> Options:
    """The window's options. Raises KnownError("start.usage") for one that is not known."""
    options = Options()
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, _, value = word.partition("=")
        if name in WITH_VALUE and not value:
            value = rest.pop(0) if rest else ""
        if name == "--sample":
            options = options._replace(sample=True)
        elif name == "--library" and value:
            options = options._replace(library=Path(value))
        elif name == "--lang" and value in ("zh", "en"):
            options = options._replace(language="zh" if value == "zh" else "en")
        elif name == "--theme" and value in ("light", "dark", "sepia"):
            options = options._replace(theme=value)
        elif name.startswith("--"):
            raise KnownError("start.usage", word=word)
        else:
            options = options._replace(files=(*options.files, Path(word)))
    return options


def run(arguments: Sequence[str]) -> int:
    """Open the window; gives the process's exit code.

    Where there is no screen, ``--sample`` still makes the sample library and says where it is.
    """
    catalogue = Catalogue(system_language())
    try:
        options = read_options(arguments)
        if options.language is not None:
            catalogue = Catalogue(options.language)
        if not _has_screen():
            return _without_screen(options, catalogue)
        return _window(options)
    except KnownError as error:
        print(catalogue.error(error), file=sys.stderr)  # noqa: T201 - no window to say it in
        return 2 if error.code == "start.usage" else 3


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_screen(options: Options, catalogue: Catalogue) -> int:
    from bulletin_desktop.services import libraries

    if not options.sample:
        raise KnownError("start.needs_screen")
    path = options.wanted_library or paths.sample_library()
    libraries.make_sample(path)
    print(catalogue.text("start.no_screen", path=path))  # noqa: T201 - this is what it is for
    return 0


def _window(options: Options) -> int:
    gc.disable()  # a start makes much and drops little; collecting waits for the background work
    _prepare_input_method()
    from PySide6.QtCore import QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication([sys.argv[0]])
    app.setApplicationName(paths.APP_FOLDER)
    app.setOrganizationName(paths.APP_FOLDER)
    app.setDesktopFileName(paths.APP_FOLDER)
    app.setQuitOnLastWindowClosed(False)  # the desk says which window is the last
    if (portable := paths.portable()) is not None:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.IniFormat, scope, str(portable))

    from bulletin_desktop.ui.desk import Desk
    from bulletin_desktop.ui.errors import CrashBorder, end_watching
    from bulletin_desktop.ui.instance import FileOpener, Instance, request_of
    from bulletin_desktop.ui.settings import Settings

    instance = Instance()
    request = request_of(options.wanted_library, options.files)
    if options.joins and not instance.claim() and instance.hand_over(request):
        return 0
    desk = Desk(Settings(), options.language, options.theme)
    border = CrashBorder(desk.catalogue)
    border.install()
    desk.translated.connect(border.speak)
    desk.emptied.connect(app.quit)
    instance.received.connect(desk.receive)
    # After the first paint; but also while a question stands in the place of a window.
    QTimer.singleShot(_SETTLED_MILLISECONDS, instance.listen)
    # Another start may have opened a window meanwhile.
    if _open_window(options, desk) is None and not desk.windows:
        instance.close()
        return 3
    if sys.platform == "darwin":
        opener = FileOpener()
        opener.wanted.connect(desk.receive)
        app.installEventFilter(opener)
    if instance.is_first:
        QTimer.singleShot(_SETTLED_MILLISECONDS, desk.watch_for_faults)
    code = app.exec()
    if instance.is_first:
        end_watching()
    instance.close()
    return code


def _open_window(options: Options, desk: Desk) -> MainWindow | None:
    """The window on the library that was asked for; None where the user gave up.

    Where that library cannot be used, the user is told why and asked for a way on.
    """
    from bulletin_desktop.services import libraries

    given, texts = libraries.parted(options.files)
    path = options.wanted_library or (given.pop(0) if given else desk.last_library())
    window = desk.open_first(path)
    if window is None:
        return None
    for other in given:
        desk.deeds.open_or_ask(other, window)
    if options.sample:
        desk.fill_sample(window)
    window.deeds.import_paths(texts, opening=True)
    return window


def _prepare_input_method() -> None:
    """Let Qt fall back to ibus where it has no plug-in for the wanted input method.

    Its wheel ships none for fcitx; fcitx5 answers ibus's protocol, so Chinese can still be typed.
    """
    wanted = os.environ.get("QT_IM_MODULES") or os.environ.get("QT_IM_MODULE", "")
    if sys.platform == "linux" and "fcitx" in wanted and "ibus" not in wanted:
        os.environ["QT_IM_MODULES"] = f"{wanted};ibus"
