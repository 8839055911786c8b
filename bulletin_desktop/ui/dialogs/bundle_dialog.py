"""Choosing which articles' annotations go into an exchange bundle, and where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.dialogs.export_dialog import file_name
from bulletin_desktop.ui.dialogs.write_dialog import WriteDialog, export_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.scope import Scope
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_dialog import Choice


class BundleOrder(NamedTuple):
    """What the user asked for."""

    scope: Scope
    file: Path


class BundleDialog(WriteDialog):
    """Articles and file, in one small form."""

    title, kind = "action.export_bundle", "bundle.files"
    ending, suffix = ".bundle.zip", ".zip"

    def __init__(self, context: Context, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(context, choices, parent)
        self._lay_out(hint=context.text("bundle.hint"))
        self._file.setText(str(self._suggested()))

    def _suggested(self) -> Path:
        who = self._context.settings.get(settings.ANNOTATOR) or self._context.library.path.stem
        name = file_name(self._context.text("bundle.file_name", name=who))
        return export_folder(self._context) / f"{name}{self.ending}"

    def order(self) -> BundleOrder:
        """What was asked for."""
        return BundleOrder(self._chosen.scope, self._path())
