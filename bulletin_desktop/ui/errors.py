"""The crash border: what no code expected is logged with its trace and shown once, with the log."""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler

from bulletin_desktop import paths
from bulletin_desktop.ui.opening import open_file

if TYPE_CHECKING:
    from bulletin_desktop.catalogue import Catalogue

Trace = TracebackType | None


class CrashBorder(QObject):
    """Takes uncaught exceptions of any thread to the GUI thread and shows one dialog for all."""

    _crashed = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._shown = False
        self._crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the process's exception hook and Qt's message handler."""
        import threading

        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )
        qInstallMessageHandler(_on_qt_message)

    def speak(self, catalogue: Catalogue) -> None:
        """Take the dialog's words from another catalogue."""
        self._catalogue = catalogue

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: Trace) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        log(text)
        self._crashed.emit(text)

    @Slot(str)
    def _show(self, text: str) -> None:
        """One dialog at a time: a fault in painting may come back many times a second."""
        if self._shown:
            return
        # Deferred: most runs never show it.
        from PySide6.QtWidgets import QApplication, QMessageBox

        self._shown = True
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self._catalogue.text("crash.title"))
        box.setText(self._catalogue.text("crash.text"))
        box.setDetailedText(text)
        opening = box.addButton(
            self._catalogue.text("crash.open_log"), QMessageBox.ButtonRole.ActionRole
        )
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is opening:
            open_log()
        self._shown = False


def watch_for_faults() -> bool:
    """Let a fault inside Qt or Python leave its trace; says whether the last run ended with one.

    That trace goes into the log. Of a program that runs more than once, the first run alone asks.
    """
    import faulthandler

    place = paths.fault_file()
    try:
        before = place.read_text("utf-8", "replace") if place.exists() else ""
        trace = place.open("w", encoding="utf-8")
    except OSError:
        return False
    faulthandler.enable(trace)
    if before:
        log(before)
    return bool(before)


def end_watching() -> None:
    """The program ends well: nothing that was noted meanwhile was a fault that ended it."""
    import faulthandler

    if faulthandler.is_enabled():
        faulthandler.disable()
        with suppress(OSError):
            paths.fault_file().unlink(missing_ok=True)


def open_log() -> None:
    """Show the log in the desktop's program for text."""
    open_file(paths.log_file())


def log(text: str) -> None:
    """Write to the log file and to stderr; a log that cannot be written must not hide the fault."""
    import logging

    logger = logging.getLogger("bulletin_desktop")
    if not logger.handlers:
        try:
            paths.log_file().parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = logging.FileHandler(paths.log_file(), encoding="utf-8")
        except OSError:
            handler = logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
    logger.error(text.rstrip())
    print(text, file=sys.stderr)  # noqa: T201 - a terminal is where a developer looks first


def _on_qt_message(kind: QtMsgType, _: object, text: str) -> None:
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg, QtMsgType.QtWarningMsg):
        log(f"Qt: {text}")
