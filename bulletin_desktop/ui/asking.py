"""Asking the user for a yes or a no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.ui.context import Context


def sure(parent: QWidget, title: str, question: str) -> bool:
    """Whether the user says yes; closing the box is a no."""
    from PySide6.QtWidgets import QMessageBox

    answer = QMessageBox.question(parent, title, question)
    return answer == QMessageBox.StandardButton.Yes


def may_leave(window: QWidget, context: Context, *, unsaved: bool) -> bool:
    """Whether a window may close: nothing goes with it that is nowhere else, or the user says yes.

    That is the library, where its file has gone, and notes that are ``unsaved``.
    """
    text = context.text
    lost = context.library.vanished()
    return (not lost or sure(window, text("window.name"), text("library.give_up"))) and (
        not unsaved or sure(window, text("note.title"), text("note.give_up"))
    )


def may_replace(parent: QWidget, catalogue: Catalogue, title: str, file: Path) -> bool:
    """Whether a file may be written: there is none yet, or the user lets it be replaced.

    ``title`` is the code of the words over the question.
    """
    question = catalogue.text("export.replace", name=file.name)
    return not file.exists() or sure(parent, catalogue.text(title), question)
