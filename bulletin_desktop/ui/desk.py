"""The open windows, one for each library, and what they share: settings, language, colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from bulletin_desktop import paths
from bulletin_desktop.catalogue import Catalogue, system_language
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import libraries
from bulletin_desktop.ui import settings, theme
from bulletin_desktop.ui.composing import Composing
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator

    from bulletin_desktop.catalogue import Language
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.instance import Request
    from bulletin_desktop.ui.library_deeds import LibraryDeeds
    from bulletin_desktop.ui.settings import Setting, Settings

_MOST_RECENT = 12
# The first paint comes first; then dictionaries are loaded.
_BACKGROUND_MILLISECONDS = 400
# How often it is looked whether a question was answered.
_ASKED_MILLISECONDS = 200


def is_own(path: Path) -> bool:
    """Whether a library is one of the program's own two, which are made where they are missing."""
    return path in (paths.default_library(), paths.sample_library())


class Desk(QObject):
    """Opens and closes windows, and gives them other words and colours while they are open."""

    emptied = Signal()  # the last window was closed
    translated = Signal(object)  # Catalogue

    def __init__(
        self, kept: Settings, language: Language | None = None, look: str | None = None
    ) -> None:
        """``language`` and ``look`` hold for this run, whatever the settings say."""
        super().__init__()
        self.settings = kept
        self.windows: list[MainWindow] = []
        self._language = language
        self._look = look
        self._translator: QTranslator | None = None
        self._deeds: LibraryDeeds | None = None
        self._holding = False  # a window closes, and its library opens again at once
        self._used: MainWindow | None = None
        self.moving: tuple[Path, ...] = ()  # the old and the new path of a library under way
        self.catalogue = self._speak()
        self.tokens = theme.Tokens(self._theme_name())
        theme.apply(self.tokens)
        Composing(self)
        kept.changed.connect(self._on_setting)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def deeds(self) -> LibraryDeeds:
        """What is asked and done about libraries, made when it is first wanted."""
        if self._deeds is None:
            from bulletin_desktop.ui.library_deeds import LibraryDeeds

            self._deeds = LibraryDeeds(self)
        return self._deeds

    # Windows

    def open(self, path: Path, *, create: bool = False) -> MainWindow:
        """The window on a library; a new one unless it is open already.

        The program's own two libraries are made where they are missing.
        Raises KnownError where the library cannot be used, or is just being moved.
        """
        path = path.absolute()
        if path in self.moving:
            raise KnownError("library.locked", path=str(path))
        window = self.window_on(path)
        if window is None:
            window = self._add(libraries.open_library(path, create=create or is_own(path)))
        self._remember(path)
        return window

    def open_first(self, path: Path) -> MainWindow | None:
        """The first window; None where its library cannot be used and the user gave up."""
        try:
            return self.open(path)
        except KnownError as error:
            return self.deeds.go_on_from(error, path, None)

    def last_library(self) -> Path:
        """The library that was used last, the sample apart; the user's own at first.

        A portable program may have been carried elsewhere with all that stood beside it.
        """
        used = (Path(path) for path in self.settings.get(settings.RECENT))
        found = (p for p in used if paths.portable() is None or p.exists())
        return next((p for p in found if p != paths.sample_library()), paths.default_library())

    def window_on(self, path: Path) -> MainWindow | None:
        """The window that shows a library, whatever way its path is written."""
        wanted = path.resolve()
        return next((w for w in self.windows if w.library_path.resolve() == wanted), None)

    def _add(self, library: Library) -> MainWindow:
        context = Context(library, self.catalogue, self.tokens, self.settings)
        window = MainWindow(context)
        if self.windows:
            window.step_aside(self.windows[-1])
        self.windows.append(window)
        window.closed.connect(self._on_closed)
        window.used.connect(self._on_used)
        window.asked.connect(self._on_asked)
        window.library_wanted.connect(self._on_wanted)
        window.show()
        QTimer.singleShot(_BACKGROUND_MILLISECONDS, window, window.start_background_work)
        return window

    def _on_closed(self) -> None:
        window = cast(MainWindow, self.sender())
        self.windows.remove(window)
        self._used = None if self._used is window else self._used
        window.deleteLater()
        if not self._holding:
            self.end_if_empty()

    def end_if_empty(self) -> None:
        """The program ends with its last window."""
        if not self.windows and not self.moving:
            self.emptied.emit()

    def close_for_now(self, window: MainWindow) -> bool:
        """Close a window whose library opens again at once; says whether it did close."""
        self._holding = True
        closed = window.close()
        self._holding = False
        return closed

    def close_all(self) -> None:
        """Close all windows; one that has something unsaved may stay."""
        for window in list(self.windows):
            if not window.close():
                return

    def active(self) -> MainWindow | None:
        """The window that was used last, also while another program is in front."""
        last = self.windows[-1] if self.windows else None
        return self._used or last

    def _on_used(self) -> None:
        self._used = cast(MainWindow, self.sender())

    def _on_asked(self, act: Any) -> None:
        self.deeds.do(act, cast(MainWindow, self.sender()))

    def _on_wanted(self, path: Path) -> None:
        self.deeds.go_to(path, cast(MainWindow, self.sender()))

    def receive(self, request: Request) -> None:
        """Do what another start of the program was asked for, and come to the front."""
        opened, texts = libraries.parted(Path(file) for file in request.files)
        if request.library:
            opened.insert(0, Path(request.library))
        window = self.active()
        if window is None and not opened:  # the first start is still asking what to open
            opened = [paths.default_library()]
        for path in opened:
            window = self.deeds.open_or_ask(path, window) or window
        if window is not None:
            window.come_forward(request.token)
            if request.library == str(paths.sample_library()):
                self.fill_sample(window)
            window.deeds.import_paths(texts, opening=True)

    def fill_sample(self, window: MainWindow) -> None:
        """Bring the sample bulletins into a library that has no article yet."""
        if window.is_empty and not window.jobs.is_running:
            window.jobs.import_sample(starter=True)

    def watch_for_faults(self) -> None:
        """From now on a fault leaves its trace; one of the last run is told of."""
        from bulletin_desktop.ui import errors

        window = self.active()
        if errors.watch_for_faults() and window is not None:
            text = self.catalogue.text
            window.notice.show_words(text("crash.last"), text("crash.open_log"), errors.open_log)

    # Recent libraries

    def _remember(self, path: Path) -> None:
        before = self.settings.get(settings.RECENT)
        used = (str(path), *(old for old in before if old != str(path)))
        self.settings.put(settings.RECENT, used[:_MOST_RECENT])

    def forget(self, path: Path) -> None:
        """Take a library from the list of recent ones."""
        rest = tuple(old for old in self.settings.get(settings.RECENT) if old != str(path))
        self.settings.put(settings.RECENT, rest)

    # Language and colours

    def _on_setting(self, setting: Setting) -> None:
        if setting is settings.THEME:
            self._look = None
            self._restyle()
        elif setting is settings.LANGUAGE:
            self._language = None
            self._translate()
        elif setting is settings.PAPER:
            for window in self.windows:
                window.restyle(self.tokens)

    def _translate(self) -> None:
        catalogue = self._speak()
        if catalogue.language == self.catalogue.language:
            return
        self.catalogue = catalogue
        theme.set_font()
        self.translated.emit(catalogue)
        # A control of an old window is still at work on what changed the language.
        QTimer.singleShot(0, self, self._translate_windows)

    def _theme_name(self) -> str:
        wanted = self._look or self.settings.get(settings.THEME)
        return theme.system_theme() if wanted == "system" else wanted

    def _follow_system(self) -> None:
        if not self._look and self.settings.get(settings.THEME) == "system":
            self._restyle()

    def _restyle(self) -> None:
        self.tokens = theme.Tokens(self._theme_name())
        theme.apply(self.tokens)
        for window in self.windows:
            window.restyle(self.tokens)

    def _speak(self) -> Catalogue:
        """The catalogue of the language that holds; Qt's own words and figures follow it."""
        wanted = self._language or self.settings.get(settings.LANGUAGE)
        catalogue = Catalogue(system_language() if wanted == "system" else wanted)
        QLocale.setDefault(QLocale("zh_CN" if catalogue.language == "zh" else "en"))
        self._translate_qt(catalogue.language)
        return catalogue

    def _translate_qt(self, language: Language) -> None:
        """Qt's own words (file dialogs, Yes and No, context menus) in the same language."""
        app = cast(QApplication, QApplication.instance())
        if self._translator is not None:
            app.removeTranslator(self._translator)
            self._translator = None
        if language != "zh":
            return
        from PySide6.QtCore import QLibraryInfo, QTranslator

        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._translator = QTranslator(self)
        if self._translator.load("qtbase_zh_CN", folder):
            app.installTranslator(self._translator)

    def _translate_windows(self) -> None:
        """Make every window anew; one that works on something, as soon as it is done.

        One whose file has gone stays: it would not open again.
        """
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            # Who asked or opened a menu goes on with the window afterwards.
            QTimer.singleShot(_ASKED_MILLISECONDS, self, self._translate_windows)
            return
        for window in list(self.windows):
            if window.speaks(self.catalogue) or window.has_lost_file:
                continue
            if window.jobs.is_running:
                later = Qt.ConnectionType.QueuedConnection
                window.jobs.ended.connect(self._translate_windows, later)
            else:
                self._make_anew(window)

    def _make_anew(self, old: MainWindow) -> None:
        path, page = old.library_path, old.companions.settings_page
        if not self.close_for_now(old):
            return
        window = self.open_first(path)
        if window is None:
            self.end_if_empty()
            return
        window.restoreGeometry(self.settings.get(settings.GEOMETRY))  # not aside, as a further one
        if page is not None:
            window.companions.show_settings(page, settings.LANGUAGE)
