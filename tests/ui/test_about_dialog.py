"""What the program says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from window_driver import Driver, sweep

from bulletin_desktop import __version__, paths
from bulletin_desktop.ui.dialogs.about_dialog import AboutDialog


def button(dialog: AboutDialog, words: str) -> QPushButton:
    return next(found for found in dialog.findChildren(QPushButton) if found.text() == words)


def test_what_a_report_needs_can_be_copied(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog = AboutDialog(driver.context, driver.window)
    dialog.show()
    button(dialog, driver.context.text("about.copy")).click()
    copied = QGuiApplication.clipboard().text()
    assert __version__ in copied
    assert str(driver.library.path) in copied
    assert "MIT" in copied
    button(dialog, driver.context.text("about.log")).click()
    assert [Path(folder) for folder in opened] == [paths.log_file().parent]
    assert paths.log_file().parent.is_dir()
    dialog.close()
    dialog.deleteLater()
    sweep()
