"""Choosing what goes into the document, in which order, and where it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from bulletin_desktop.services.exporting import GroupBy
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.dialogs.write_dialog import WriteDialog, export_folder

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.scope import Scope
    from bulletin_desktop.ui.context import Context


@dataclass(frozen=True, slots=True)
class Choice:
    """A set of articles that can be exported: its name, what it holds, the title it suggests."""

    name: str
    scope: Scope
    title: str
    articles: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What the user asked for."""

    scope: Scope
    file: Path
    title: str
    group_by: GroupBy
    with_notes: bool


class ExportDialog(WriteDialog):
    """Title, articles, grouping, notes and file, in one small form."""

    title, kind = "export.window", "export.word"
    ending = suffix = ".docx"

    def __init__(self, context: Context, choices: list[Choice], parent: QWidget) -> None:
        super().__init__(context, choices, parent)
        self._settings = context.settings
        self._title = QLineEdit()
        self._group = QComboBox()
        for group in get_args(GroupBy):
            self._group.addItem(context.text(f"export.by_{group}"), group)
        self._notes = QCheckBox(context.text("export.with_notes"))
        self._suggested = ""
        self._lay_out(
            ("export.document_title", self._title),
            ("export.group", self._group),
            ("", self._notes),
        )
        self._remember()
        self._articles.currentIndexChanged.connect(self._on_choice)
        self._title.textChanged.connect(self._check)
        self._title.textEdited.connect(self._suggest_file)
        self._on_choice()

    def _remember(self) -> None:
        group = self._settings.get(settings.EXPORT_GROUP)
        self._group.setCurrentIndex(max(0, self._group.findData(group)))
        self._notes.setChecked(self._settings.get(settings.EXPORT_NOTES))

    def _on_choice(self) -> None:
        choice = self._chosen
        self._title.setText(choice.title)
        if choice.ordered:
            self._group.setCurrentIndex(self._group.findData("none"))
        self._suggest_file()
        self._check()

    def _suggest_file(self) -> None:
        """The file is named after the title until the user names it."""
        if self._file.text() == self._suggested:
            name = f"{file_name(self._title.text())}{self.ending}"
            self._suggested = str(export_folder(self._context) / name)
            self._file.setText(self._suggested)

    def _is_complete(self) -> bool:
        return bool(self._title.text().strip()) and super()._is_complete()

    def _keep(self) -> None:
        """Grouping and notes."""
        self._settings.put(settings.EXPORT_GROUP, self._group.currentData())
        self._settings.put(settings.EXPORT_NOTES, self._notes.isChecked())

    def order(self) -> ExportOrder:
        """What was asked for."""
        return ExportOrder(
            self._chosen.scope,
            self._path(),
            self._title.text().strip(),
            self._group.currentData(),
            self._notes.isChecked(),
        )


def file_name(title: str) -> str:
    """A title as a file's name: Chinese stays, what file systems refuse becomes a space."""
    return " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", title).split())[:80] or "export"
