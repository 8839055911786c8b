"""Choosing what goes into a document, how it looks, and where it is written, with its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services import exporting
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.dialogs.export_form import ExportForm
from bulletin_desktop.ui.dialogs.export_preview import ExportPreview
from bulletin_desktop.ui.dialogs.write_dialog import WriteDialog, export_folder
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from bulletin_desktop.model.scope import Scope
    from bulletin_desktop.services.exporting import Choices
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_print import PagePrinter

_SIZE = QSize(1120, 760)
_ROOMY = 800  # pixels; narrower, the preview folds away
_FORM_WIDTH = 400


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
    choices: Choices
    format: str
    template: str


class ExportDialog(WriteDialog):
    """The form at the left, the pages that come of it at the right, the file below."""

    title = "export.window"

    def __init__(self, context: Context, choices: list[Choice], parent: QWidget) -> None:
        super().__init__(context, choices, parent)
        self._suggested = ""
        self._form = ExportForm(context, self._articles)
        self._title = self._form.title
        self._preview = ExportPreview(context)
        self._print = QPushButton(context.text("export.print"), autoDefault=False)
        self._printer: PagePrinter | None = None
        self._lay_out_beside()
        self._articles.currentIndexChanged.connect(self._on_choice)
        self._title.textEdited.connect(self._suggest_file)
        self._form.format_changed.connect(self._on_format)
        self._form.changed.connect(self._on_change)
        self._print.clicked.connect(self._on_print)
        self._on_choice()

    # What it looks like

    def _lay_out_beside(self) -> None:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._form)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keyboard
        scroll.setMinimumWidth(_FORM_WIDTH)
        middle = QHBoxLayout()
        middle.setSpacing(18)
        middle.addWidget(scroll, 2)
        middle.addWidget(self._preview, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(middle, 1)
        layout.addLayout(self._file_row())
        layout.addLayout(self._buttons())
        tab_through([self._form.masthead.distribution, self._file, self._browse, self._print])
        tab_through([self._print, self._cancel, self._write])
        kept = self._context.settings.get(settings.EXPORT_GEOMETRY)
        if not self.restoreGeometry(kept):
            self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(40, 60)))

    def _file_row(self) -> QHBoxLayout:
        words = self._context.text("export.file")
        self._file.setAccessibleName(words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(words))
        row.addWidget(self._file, 1)
        row.addWidget(self._browse)
        return row

    def _buttons(self) -> QHBoxLayout:
        buttons = super()._buttons()
        buttons.insertWidget(0, self._print)
        return buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the form has all of it."""
        self._preview.setVisible(self.width() >= _ROOMY)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes back may have changed a template."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._form.template.follow()

    # What is chosen

    def _on_choice(self) -> None:
        self._form.show_choice(self._chosen)
        self._suggest_file()
        self._on_change()

    def _on_format(self) -> None:
        """The file's ending follows the format."""
        if self._file.text() == self._suggested:
            self._suggest_file()
            return
        file = Path(self._file.text().strip())
        known = exporting.format_of(file)
        if known is not None:
            stem = file.name[: -len(exporting.ending_of(known))]
            self._file.setText(str(file.with_name(f"{stem}{self._ending}")))

    def _on_change(self) -> None:
        self._check()
        form = exporting.BY_NAME.get(self._form.format_name)
        self._print.setVisible(form is not None and form.kind == "pages")
        self._preview.want(self.order())

    @property
    def _ending(self) -> str:
        return exporting.ending_of(self._form.format_name)

    def _suggest_file(self) -> None:
        """The file is named after the title until the user names it."""
        if self._file.text() == self._suggested:
            name = f"{file_name(self._title.text())}{self._ending}"
            self._suggested = str(export_folder(self._context) / name)
            self._file.setText(self._suggested)

    def _path(self) -> Path:
        file = self._typed()
        last = f".{self._ending.rpartition('.')[2]}"  # suffices, of .csl.json and .bundle.zip too
        known = file.suffix.lower() == last or exporting.format_of(file) == self._form.format_name
        if known or not file.name:
            return file
        return file.with_name(f"{file.name}{self._ending}")

    def _is_complete(self) -> bool:
        return self._form.is_complete() and super()._is_complete()

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self._file.text(),
            f"{self._form.format.currentText()} (*{self._ending})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            self._file.setText(chosen)
            self._file.setText(str(self._path()))

    def _keep(self) -> None:
        self._form.keep(self._chosen)

    def order(self) -> ExportOrder:
        """What was asked for."""
        form = self._form
        return ExportOrder(
            self._chosen.scope, self._path(), form.choices(), form.format_name, form.template_name
        )

    def done(self, result: int) -> None:
        """Close, with what is under way for the preview or the printer."""
        self._context.settings.put(settings.EXPORT_GEOMETRY, self.saveGeometry())
        self._preview.stop()
        if self._printer is not None:
            self._printer.stop()
        super().done(result)

    # Printing

    def _on_print(self) -> None:
        """Print the pages, or stop printing them."""
        from bulletin_desktop.ui.dialogs.export_print import PagePrinter

        if self._printer is not None:
            self._printer.stop()
            return
        self._printer = PagePrinter(self._context, self.order(), self)
        self._printer.told.connect(self._preview.tell)
        self._printer.ended.connect(self._on_printed)
        self._set_printing(on=True)
        self._printer.start()

    def _on_printed(self) -> None:
        self._printer = None
        self._set_printing(on=False)

    def _set_printing(self, *, on: bool) -> None:
        for part in (self._form, self._write, self._file, self._browse):
            part.setEnabled(not on)
        code = "export.print_stop" if on else "export.print"
        self._print.setText(self._context.text(code))
        if not on:
            self._check()


def file_name(title: str) -> str:
    """A title as a file's name: Chinese stays, what file systems refuse becomes a space."""
    return " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", title).split())[:80] or "export"
