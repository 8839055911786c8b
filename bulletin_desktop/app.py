"""The composition root of the window: arguments, language, crash border, library, window."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop import paths
from bulletin_desktop.catalogue import Catalogue, system_language
from bulletin_desktop.cli import WITH_VALUE
from bulletin_desktop.model.errors import KnownError

# The first paint comes first; then dictionaries are loaded.
_BACKGROUND_MILLISECONDS = 400

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

    from bulletin_desktop.catalogue import Language
    from bulletin_desktop.ui.main_window import MainWindow
    from bulletin_desktop.ui.theme import Tokens


@dataclass(slots=True)
class Options:
    """How the window was asked for."""

    sample: bool = False
    library: Path | None = None
    language: Language | None = None
    theme: str | None = None
    files: list[Path] = field(default_factory=list)


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
            options.sample = True
        elif name == "--library" and value:
            options.library = Path(value)
        elif name == "--lang" and value in ("zh", "en"):
            options.language = "zh" if value == "zh" else "en"
        elif name == "--theme" and value in ("light", "dark"):
            options.theme = value
        elif name.startswith("--"):
            raise KnownError("start.usage", word=word)
        else:
            options.files.append(Path(word))
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
        return _window(options, catalogue)
    except KnownError as error:
        print(catalogue.error(error), file=sys.stderr)  # noqa: T201 - no window to say it in
        return 2 if error.code == "start.usage" else 3


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _library_path(options: Options) -> Path:
    if options.library is not None:
        return options.library
    return paths.sample_library() if options.sample else paths.default_library()


def _without_screen(options: Options, catalogue: Catalogue) -> int:
    from bulletin_desktop.services import libraries

    if not options.sample:
        raise KnownError("start.needs_screen")
    path = _library_path(options)
    libraries.make_sample(path)
    print(catalogue.text("start.no_screen", path=path))  # noqa: T201 - this is what it is for
    return 0


def _window(options: Options, catalogue: Catalogue) -> int:
    gc.disable()  # a start makes much and drops little; collecting waits for the background work
    _prepare_input_method()
    from PySide6.QtCore import QLocale, QTimer
    from PySide6.QtWidgets import QApplication

    from bulletin_desktop.ui import theme
    from bulletin_desktop.ui.errors import CrashBorder

    QLocale.setDefault(QLocale("zh_CN" if catalogue.language == "zh" else "en"))
    app = QApplication([sys.argv[0]])
    app.setApplicationName(paths.APP_FOLDER)
    app.setOrganizationName(paths.APP_FOLDER)
    app.setDesktopFileName(paths.APP_FOLDER)
    _translate_qt(app, catalogue.language)
    border = CrashBorder(catalogue)
    border.install()
    tokens = theme.Tokens(options.theme or theme.system_theme())
    theme.apply(tokens)
    window = _open_window(options, catalogue, tokens)
    border.guard(window)
    if options.theme is None:
        app.styleHints().colorSchemeChanged.connect(window.follow_system_theme)
    window.show()
    QTimer.singleShot(_BACKGROUND_MILLISECONDS, window.start_background_work)
    return app.exec()


def _open_window(options: Options, catalogue: Catalogue, tokens: Tokens) -> MainWindow:
    """The window on the library that was asked for.

    Raises KnownError where the library cannot be used, after saying so in a box of its own.
    """
    from PySide6.QtWidgets import QMessageBox

    from bulletin_desktop.services import libraries
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.main_window import MainWindow

    path = _library_path(options)
    try:
        library = libraries.open_library(path, create=options.library is None)
    except KnownError as error:
        words = catalogue.error(error)
        hint = "" if options.library else catalogue.text("start.own_failed")
        QMessageBox.critical(None, catalogue.text("window.name"), f"{words}\n{hint}".strip())
        raise
    window = MainWindow(Context(library, catalogue, tokens))
    if options.sample and window.is_empty:
        window.jobs.import_sample(starter=True)
    if options.files:
        window.deeds.import_paths(options.files)
    return window


def _translate_qt(app: QApplication, language: Language) -> None:
    """Qt's own words (file dialogs, Yes and No, context menus) in the same language."""
    if language != "zh":
        return
    from PySide6.QtCore import QLibraryInfo, QTranslator

    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def _prepare_input_method() -> None:
    """Fall back to ibus where the wanted input method has no plugin in Qt's wheel.

    The wheel ships none for fcitx; fcitx5 answers ibus's protocol, so Chinese can still be typed.
    """
    wanted = os.environ.get("QT_IM_MODULE", "")
    if sys.platform != "linux" or wanted not in ("fcitx", "fcitx5"):
        return
    import PySide6

    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    if not any(plugins.glob("libfcitx*")):
        os.environ["QT_IM_MODULE"] = "ibus"
