"""How far two annotators agree, theme by theme."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
)

from bulletin_desktop.services import agreement, annotators
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.asking import may_replace
from bulletin_desktop.ui.dialogs.write_dialog import export_folder
from bulletin_desktop.ui.models.agreement_model import AgreementModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.agreement import Table
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(820, 520)
_FRAME = QSize(40, 60)  # what the desktop wants around a dialog
_NUMBER = 88  # the least width of a column of figures
_TOPICS = frozenset(("tags", "themes", "documents"))


class _Found(NamedTuple):
    names: list[str]
    table: Table | None


class AgreementDialog(QDialog):
    """Two annotators to choose, and the table of their agreement."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._table: Table | None = None
        self.setWindowTitle(context.text("action.agreement").rstrip("…"))
        self.first, self.second = QComboBox(), QComboBox()
        self.rows = AgreementModel(context, self)
        self.table = QTreeView()
        self.count, self.hint, self.empty = QLabel(), QLabel(), QLabel()
        self.copy_button = QPushButton(context.text("agreement.copy"), autoDefault=False)
        self.save_button = QPushButton(context.text("agreement.save"), autoDefault=False)
        self.close_button = QPushButton(context.text("notice.close"), autoDefault=False)
        self._lay_out()
        self._connect()
        self._show(_Found([], None))
        self.reload()

    def _lay_out(self) -> None:
        text = self._context.text
        self.table.setModel(self.rows)
        self.table.setObjectName("unitTable")
        self.table.setAccessibleName(self.windowTitle())
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.hint.setText(text("agreement.hint"))
        self.empty.setText(text("agreement.empty"))
        for label in (self.hint, self.empty):
            label.setWordWrap(True)
        for label in (self.hint, self.count):
            label.setObjectName("hint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top = QHBoxLayout()
        top.setSpacing(8)
        for code, box in (("agreement.first", self.first), ("agreement.second", self.second)):
            label = QLabel(text(code))
            label.setBuddy(box)
            box.setAccessibleName(text(code))
            box.setMinimumWidth(140)
            top.addWidget(label)
            top.addWidget(box)
            top.addSpacing(12)
        top.addStretch(1)
        top.addWidget(self.count)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.hint)
        layout.addLayout(row)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def _connect(self) -> None:
        for box in (self.first, self.second):
            box.activated.connect(self.reload)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(lambda _: self._context.runner.stop_reading("agreement"))
        self._context.changed.connect(self._on_change)

    def _on_change(self, change: Change) -> None:
        if self.isVisible() and change.topics & _TOPICS:
            self.reload()

    def reload(self) -> None:
        """Reckon the table of the two that are chosen, off the GUI thread."""
        chosen = (self.first.currentData(), self.second.currentData())
        self._context.runner.read(
            "agreement", partial(_find, chosen=chosen), self._show, self._context.failed.emit
        )

    def _show(self, found: _Found) -> None:
        self._table = table = found.table
        for box, name in (
            (self.first, table.first if table else None),
            (self.second, table.second if table else None),
        ):
            box.clear()
            for each in found.names:
                box.addItem(each or self._context.text("agreement.nobody"), each)
            box.setCurrentIndex(box.findData(name))
        self.rows.show_table(table)
        self._fit_columns()
        articles = table.articles if table else 0
        self.count.setText(self._context.text("agreement.counted", n=articles) if table else "")
        for widget in (self.table, self.hint):
            widget.setVisible(table is not None)
        self.empty.setVisible(table is None)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(table is not None)

    def _fit_columns(self) -> None:
        header = self.table.header()
        header.setStretchLastSection(False)
        for column in range(self.rows.columnCount()):
            fixed, rest = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, fixed if column else rest)
            if column:
                header.resizeSection(column, max(_NUMBER, header.sectionSizeHint(column)))

    # Taking it along

    def copy(self) -> None:
        """Put the table into the clipboard, as spreadsheets take it."""
        lines = [self.rows.heads, *self.rows.lines]
        QApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))
        self._context.said.emit(self._context.text("agreement.copied"))

    def save(self) -> None:
        """Ask for a file and write the table as CSV."""
        table, text, kept = self._table, self._context.text, self._context.settings
        if table is None:
            return
        suggested = export_folder(self._context) / f"{self.windowTitle()}.csv"
        chosen, _ = QFileDialog.getSaveFileName(
            self, text("agreement.save").rstrip("…"), str(suggested), "CSV (*.csv)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if not chosen:
            return
        file = Path(chosen if chosen.endswith(".csv") else f"{chosen}.csv")
        if may_replace(self, self._context.catalogue, "action.agreement", file):
            kept.put(settings.EXPORT_FOLDER, str(file.parent))
            self._write(table, file)

    def _write(self, table: Table, file: Path) -> None:
        def done(written: Path) -> None:
            self._context.said.emit(self._context.text("agreement.saved", file=str(written)))

        catalogue = self._context.catalogue
        self._context.runner.think(
            "", lambda _: agreement.write_csv(table, file, catalogue), done,
            self._context.failed.emit,
        )  # fmt: skip


def _find(library: Library, chosen: tuple[str | None, str | None]) -> _Found:
    """All annotators, and the table of the two that were chosen, or of the first two."""
    names = annotators.known(library)
    if len(names) < 2:
        return _Found(names, None)
    first = chosen[0] if chosen[0] in names else names[0]
    second = chosen[1] if chosen[1] in names else names[1]
    return _Found(names, agreement.table(library, str(first), str(second)))
