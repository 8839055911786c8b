"""What the small forms share that end in a file and in the button that writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.asking import may_replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_dialog import Choice


def export_folder(context: Context) -> Path:
    """Where the last file was written; the user's own folder where that is gone."""
    folder = Path(context.settings.get(settings.EXPORT_FOLDER) or Path.home())
    return folder if folder.is_dir() else Path.home()


class WriteDialog(QDialog):
    """Which articles, what those who come after it ask besides, and which file."""

    title: ClassVar[str]  # the code of the words over the form
    kind: ClassVar[str]  # the code of the words for such files
    ending: ClassVar[str]  # what their names end in
    suffix: ClassVar[str]  # the last part of that, which suffices

    def __init__(self, context: Context, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._choices = choices
        self.setWindowTitle(context.text(self.title).rstrip("…"))
        self._articles = QComboBox()
        self._articles.addItems([choice.name for choice in choices])
        self._file = QLineEdit()
        self._browse = QPushButton(context.text("export.browse"))
        self._write = QPushButton(context.text("export.write"))
        self._cancel = QPushButton(context.text("export.cancel"))
        self._browse.clicked.connect(self._choose_file)
        self._write.clicked.connect(self._confirm)
        self._cancel.clicked.connect(self.reject)
        self._file.textChanged.connect(self._check)

    def _lay_out(self, *rows: tuple[str, QWidget], hint: str = "") -> None:
        """Put ``rows`` between articles and file: the code of their words, and a field."""
        text = self._context.text
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(12)
        for code, field in (("export.articles", self._articles), *rows):
            form.addRow(text(code) if code else "", field)
        file = QHBoxLayout()
        file.setSpacing(8)
        file.addWidget(self._file, 1)
        file.addWidget(self._browse)
        form.addRow(text("export.file"), file)
        self._file.setAccessibleName(text("export.file"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(16 if hint else 20)
        layout.addLayout(form)
        if hint:
            said = QLabel(hint)
            said.setObjectName("hint")
            said.setWordWrap(True)
            layout.addWidget(said)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(560)

    def _buttons(self) -> QHBoxLayout:
        self._write.setObjectName("primary")
        self._write.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._write)
        return buttons

    @property
    def _chosen(self) -> Choice:
        return self._choices[self._articles.currentIndex()]

    def _typed(self) -> Path:
        """The file as it is written; a name alone is one in the folder of exports."""
        return export_folder(self._context) / Path(self._file.text().strip()).expanduser()

    def _path(self) -> Path:
        """The file that is asked for, with the ending of its kind."""
        file = self._typed()
        known = file.suffix.lower() == self.suffix
        return file if known else file.with_name(f"{file.name}{self.ending}")

    def _is_complete(self) -> bool:
        return bool(self._file.text().strip())

    def _check(self) -> None:
        self._write.setEnabled(self._is_complete())

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self._file.text(),
            f"{self._context.text(self.kind)} (*{self.suffix})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            self._file.setText(chosen)
            self._file.setText(str(self._path()))

    def _confirm(self) -> None:
        file = self._path()
        if may_replace(self, self._context.catalogue, self.title, file):
            self._keep()
            self._context.settings.put(settings.EXPORT_FOLDER, str(file.parent))
            self.accept()

    def _keep(self) -> None:
        """Keep what was chosen for the next time, besides the folder."""
