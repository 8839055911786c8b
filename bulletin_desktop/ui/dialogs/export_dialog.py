"""Choosing what goes into the document, in which order, and where it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.services.exporting import GroupBy
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.asking import may_replace

if TYPE_CHECKING:
    from PySide6.QtWidgets import (
        QWidget,
    )

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


class ExportDialog(QDialog):
    """Title, articles, grouping, notes and file, in one small form."""

    def __init__(self, context: Context, choices: list[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._choices = choices
        self._settings = context.settings
        self.setWindowTitle(context.text("export.window"))
        self._articles = QComboBox()
        self._articles.addItems([choice.name for choice in choices])
        self._title = QLineEdit()
        self._group = QComboBox()
        for group in get_args(GroupBy):
            self._group.addItem(context.text(f"export.by_{group}"), group)
        self._notes = QCheckBox(context.text("export.with_notes"))
        self._file = QLineEdit()
        self._suggested = ""
        self._browse = QPushButton(context.text("export.browse"))
        self._write = QPushButton(context.text("export.write"))
        self._cancel = QPushButton(context.text("export.cancel"))
        self._lay_out()
        self._remember()
        self._connect()
        self._on_choice()

    def _lay_out(self) -> None:
        text = self._context.text
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(12)
        form.addRow(text("export.articles"), self._articles)
        form.addRow(text("export.document_title"), self._title)
        form.addRow(text("export.group"), self._group)
        form.addRow("", self._notes)
        file = QHBoxLayout()
        file.setSpacing(8)
        file.addWidget(self._file, 1)
        file.addWidget(self._browse)
        form.addRow(text("export.file"), file)
        self._file.setAccessibleName(text("export.file"))
        self._write.setObjectName("primary")
        self._write.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._write)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(20)
        layout.addLayout(form)
        layout.addLayout(buttons)
        self.setMinimumWidth(560)

    def _remember(self) -> None:
        group = self._settings.get(settings.EXPORT_GROUP)
        self._group.setCurrentIndex(max(0, self._group.findData(group)))
        self._notes.setChecked(self._settings.get(settings.EXPORT_NOTES))

    def _connect(self) -> None:
        self._articles.currentIndexChanged.connect(self._on_choice)
        self._browse.clicked.connect(self._choose_file)
        self._write.clicked.connect(self._confirm)
        self._cancel.clicked.connect(self.reject)
        self._file.textChanged.connect(self._check)
        self._title.textChanged.connect(self._check)
        self._title.textEdited.connect(self._suggest_file)

    def _on_choice(self) -> None:
        choice = self._choices[self._articles.currentIndex()]
        self._title.setText(choice.title)
        if choice.ordered:
            self._group.setCurrentIndex(self._group.findData("none"))
        self._suggest_file()
        self._check()

    def _suggest_file(self) -> None:
        """The file is named after the title until the user names it."""
        if self._file.text() == self._suggested:
            name = f"{file_name(self._title.text())}.docx"
            self._suggested = str(self._folder() / name)
            self._file.setText(self._suggested)

    def _folder(self) -> Path:
        remembered = self._settings.get(settings.EXPORT_FOLDER)
        folder = Path(remembered) if remembered else Path.home()
        return folder if folder.is_dir() else Path.home()

    def _check(self) -> None:
        self._write.setEnabled(bool(self._title.text().strip() and self._file.text().strip()))

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self._context.text("export.window"),
            self._file.text(),
            f"{self._context.text('export.word')} (*.docx)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self._file.setText(chosen if chosen.endswith(".docx") else f"{chosen}.docx")

    def _confirm(self) -> None:
        file = self.order().file
        if not may_replace(self, self._context.catalogue, "export.window", file):
            return
        self._settings.put(settings.EXPORT_GROUP, self._group.currentData())
        self._settings.put(settings.EXPORT_NOTES, self._notes.isChecked())
        self._settings.put(settings.EXPORT_FOLDER, str(file.parent))
        self.accept()

    def order(self) -> ExportOrder:
        """What was asked for."""
        file = Path(self._file.text().strip()).expanduser()
        if file.suffix.lower() != ".docx":
            file = file.with_name(f"{file.name}.docx")
        return ExportOrder(
            self._choices[self._articles.currentIndex()].scope,
            file,
            self._title.text().strip(),
            self._group.currentData(),
            self._notes.isChecked(),
        )


def file_name(title: str) -> str:
    """A title as a file's name: Chinese stays, what file systems refuse becomes a space."""
    return " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", title).split())[:80] or "export"
